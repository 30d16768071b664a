import { inspect, styleText } from 'node:util';
import type { Language } from '../messages/fill.ts';
import { errorSentences } from '../messages/index.ts';
import { EXIT, type ExitCode, PlimsollError } from '../util/errors.ts';
import { safeText } from '../util/terminal/text.ts';
import { wordsOf } from './words.ts';

export interface ErrorRendering {
  readonly language: Language;
  readonly colour: boolean;
  /** Adds what led to the error. */
  readonly debug: boolean;
  /** Which of several things the error is about. */
  readonly about?: string;
}

/** `error: what happened [code]`, then what to do next, in the reader's language. Ends with a newline. */
export function errorText(error: unknown, how: ErrorRendering): string {
  const words = wordsOf(how.language);
  const known = asPlimsollError(error);
  const { what, next } = errorSentences(known, how.language);
  const title = how.colour ? styleText(['bold', 'red'], `${words('error.title')}:`, { validateStream: false }) : `${words('error.title')}:`;
  const about = how.about === undefined ? '' : `${safeText(how.about)}: `;
  const lines = [`${title} ${about}${safeText(what)} [${known.code}]`, `  ${safeText(next)}`];
  if (how.debug) lines.push(...causes(error, words('error.cause')));
  return `${lines.join('\n')}\n`;
}

/** The exit code that goes with an error. */
export function exitCodeOf(error: unknown): ExitCode {
  return error instanceof PlimsollError ? error.exitCode : EXIT.scanError;
}

function asPlimsollError(error: unknown): PlimsollError {
  if (error instanceof PlimsollError) return error;
  const detail = error instanceof Error ? error.message : String(error);
  if (isSystemError(error))
    return new PlimsollError('system-failed', { path: error.path ?? error.syscall, detail: error.code }, { cause: error });
  return new PlimsollError('internal', { detail }, { cause: error });
}

/** What the system refused, and nobody told in more words. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException & { readonly code: string; readonly syscall: string } {
  const { code, syscall } = (error ?? {}) as NodeJS.ErrnoException;
  return error instanceof Error && typeof code === 'string' && /^E[A-Z]/.test(code) && typeof syscall === 'string';
}

function causes(error: unknown, title: string): string[] {
  const chain: unknown[] = [];
  for (let at: unknown = error; at !== undefined && chain.length < 10; at = at instanceof Error ? at.cause : undefined) chain.push(at);
  return chain.flatMap((each, i) => {
    const stack = each instanceof Error ? (each.stack ?? each.message) : inspect(each);
    const lines = stack.split('\n').map((line) => `    ${safeText(line)}`);
    return i === 0 ? lines : [`  ${title}:`, ...lines];
  });
}
