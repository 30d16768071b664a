import type { CheckSentences } from './types.ts';

export const composeChecksEn = {} as const satisfies Readonly<Record<string, CheckSentences>>;
