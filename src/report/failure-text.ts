import { fill } from '../messages/fill.ts';
import { catalogues } from '../messages/index.ts';
import type { FailedPlatform, Rendering } from './types.ts';

/** Why a platform could not be scanned, with the error's code. */
export function failureText({ error }: FailedPlatform, { language }: Rendering): string {
  return `${fill(catalogues(language).errors[error.code].what, error.params)} [${error.code}]`;
}
