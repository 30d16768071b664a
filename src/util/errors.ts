import { saidIn } from '../messages/details/index.ts';
import { type ErrorCode, errorsEn } from '../messages/errors.en.ts';
import { fill, type Params } from '../messages/fill.ts';

/** Exit codes of the command line; documented in docs/cli.md. */
export const EXIT = { pass: 0, gateFailed: 1, usage: 2, scanError: 3, staleData: 4, unknown: 5 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What is wrong here is always what the user wrote: the command line, or a file of settings and rules. */
const USAGE: ReadonlySet<ErrorCode> = new Set([
  'usage',
  'secrets-rules-invalid',
  'secrets-pattern-unsupported',
  'secrets-baseline-unusable',
  'secrets-baseline-other-key',
]);

/**
 * The one error that plimsoll throws on purpose. `message` is English (what happened, what to do next); the command line
 * renders `code` and `params` in the reader's language. `cause` keeps what led to it.
 */
export class PlimsollError extends Error {
  override readonly name = 'PlimsollError';
  readonly code: ErrorCode;
  readonly params: Params;
  readonly exitCode: ExitCode;

  constructor(code: ErrorCode, params: Params = {}, options: { cause?: unknown; exitCode?: ExitCode } = {}) {
    const text = errorsEn[code];
    const said = saidIn('en', params);
    super(`${fill(text.what, said)} ${fill(text.next, said)}`, options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.params = params;
    this.exitCode = options.exitCode ?? (USAGE.has(code) ? EXIT.usage : EXIT.scanError);
  }
}
