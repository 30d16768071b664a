import type { CheckSentences } from './types.ts';

export const dockerfileChecksEn = {} as const satisfies Readonly<Record<string, CheckSentences>>;
