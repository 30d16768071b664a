import type { CheckSentences } from './types.ts';

export const fileChecksEn = {} as const satisfies Readonly<Record<string, CheckSentences>>;
