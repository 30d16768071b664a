import type { CheckSentences } from './types.ts';

export const runChecksEn = {} as const satisfies Readonly<Record<string, CheckSentences>>;
