import type { CheckSentences } from './types.ts';

export const imageChecksEn = {} as const satisfies Readonly<Record<string, CheckSentences>>;
