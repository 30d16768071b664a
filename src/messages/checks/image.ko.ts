import type { imageChecksEn } from './image.en.ts';
import type { CheckSentences } from './types.ts';

export const imageChecksKo: Readonly<Record<keyof typeof imageChecksEn, CheckSentences>> = {};
