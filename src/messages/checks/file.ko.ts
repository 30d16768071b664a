import type { fileChecksEn } from './file.en.ts';
import type { CheckSentences } from './types.ts';

export const fileChecksKo: Readonly<Record<keyof typeof fileChecksEn, CheckSentences>> = {};
