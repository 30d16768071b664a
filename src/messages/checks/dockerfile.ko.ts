import type { dockerfileChecksEn } from './dockerfile.en.ts';
import type { CheckSentences } from './types.ts';

export const dockerfileChecksKo: Readonly<Record<keyof typeof dockerfileChecksEn, CheckSentences>> = {};
