import type { dockerfileChecksEn } from './dockerfile.en.ts';
import { dockerfileBuildKo } from './dockerfile-build.ko.ts';
import { dockerfileCommandsKo } from './dockerfile-commands.ko.ts';
import { dockerfilePackagesKo } from './dockerfile-packages.ko.ts';
import { dockerfileSafetyKo } from './dockerfile-safety.ko.ts';
import type { CheckSentences } from './types.ts';

export const dockerfileChecksKo: Readonly<Record<keyof typeof dockerfileChecksEn, CheckSentences>> = {
  ...dockerfileBuildKo,
  ...dockerfilePackagesKo,
  ...dockerfileCommandsKo,
  ...dockerfileSafetyKo,
};
