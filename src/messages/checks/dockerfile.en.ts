import { dockerfileBuildEn } from './dockerfile-build.en.ts';
import { dockerfileCommandsEn } from './dockerfile-commands.en.ts';
import { dockerfilePackagesEn } from './dockerfile-packages.en.ts';
import { dockerfileSafetyEn } from './dockerfile-safety.en.ts';
import type { CheckSentences } from './types.ts';

export const dockerfileChecksEn = {
  ...dockerfileBuildEn,
  ...dockerfilePackagesEn,
  ...dockerfileCommandsEn,
  ...dockerfileSafetyEn,
} as const satisfies Readonly<Record<string, CheckSentences>>;
