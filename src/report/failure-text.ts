import { errorSentences } from '../messages/index.ts';
import type { FailedPlatform, Rendering } from './types.ts';

/** Why a platform could not be scanned, with the error's code. */
export function failureText({ error }: FailedPlatform, { language }: Rendering): string {
  return `${errorSentences(error, language).what} [${error.code}]`;
}
