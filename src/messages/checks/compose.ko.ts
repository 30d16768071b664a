import type { composeChecksEn } from './compose.en.ts';
import type { CheckSentences } from './types.ts';

export const composeChecksKo: Readonly<Record<keyof typeof composeChecksEn, CheckSentences>> = {};
