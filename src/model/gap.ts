import type { Digest } from './digest.ts';

/**
 * Something the engine could not read or understand, reported instead of silently left out.
 * `code` is documented in docs/errors.md; `params` fill its message in the reader's language.
 */
export interface Gap {
  readonly code: GapCode;
  readonly params: Readonly<Record<string, string | number>>;
  /** The extractor or stage that noticed, e.g. `os/dpkg`. */
  readonly stage: string;
  readonly path?: string;
  readonly layer?: Digest;
  /** True where packages may be missing from the inventory because of it: a gate then answers `unknown`, not `allow`. */
  readonly incomplete: boolean;
}

export type GapCode =
  | 'malformed' // params: what
  | 'too-large' // params: what, limit
  | 'truncated' // params: what
  | 'unsupported' // params: what
  | 'unreadable' // params: what
  | 'encrypted' // params: what
  | 'nested-too-deep' // params: what, limit
  | 'no-version' // params: what
  | 'not-here' // params: what
  | 'tool-missing' // params: what, tool
  | 'tool-failed'; // params: what, tool, detail
