import type { runChecksEn } from './run.en.ts';
import type { CheckSentences } from './types.ts';

export const runChecksKo: Readonly<Record<keyof typeof runChecksEn, CheckSentences>> = {};
