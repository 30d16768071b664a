import { PlimsollError } from '../errors.ts';

/** Where a tar is being read; for messages. */
export interface TarPosition {
  /** What is read, in words: `layer sha256:...`, `archive image.tar`. */
  readonly what: string;
  /** Offset of the current header in the uncompressed tar. */
  readonly offset: number;
}

/** The error for a tar that breaks its format; `detail` completes "header at byte N: ...". */
export function malformedTar(at: TarPosition, detail: string): PlimsollError {
  return new PlimsollError('tar-malformed', { what: at.what, offset: at.offset, detail });
}
