import { isDigit, runEnd } from './text-order.ts';

/** `[epoch:]version[-release]`; the epoch is `0` where the text has none, the release undefined. */
export interface Evr {
  /** Decimal digits, of any number. */
  readonly epoch: string;
  readonly version: string;
  readonly release: string | undefined;
}

const MAX_LENGTH = 4096;

/**
 * The three parts of a version as rpm and pacman split them. Undefined for nothing, and for what no package can have as its
 * version: blanks, control characters. Only digits before a colon are an epoch; other colons are separators. The release
 * follows the last hyphen. Source: rpm-version(7), PKGBUILD(5) "pkgver".
 */
export function parseEvr(text: string): Evr | undefined {
  if (text === '' || text.length > MAX_LENGTH || hasBlank(text)) return undefined;
  const digits = runEnd(text, 0, isDigit);
  const hasEpoch = text[digits] === ':';
  const rest = hasEpoch ? text.slice(digits + 1) : text;
  const hyphen = rest.lastIndexOf('-');
  return {
    epoch: (hasEpoch && text.slice(0, digits)) || '0',
    version: hyphen < 0 ? rest : rest.slice(0, hyphen),
    release: hyphen < 0 ? undefined : rest.slice(hyphen + 1),
  };
}

function hasBlank(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) <= 0x20 || text.charCodeAt(i) === 0x7f) return true;
  return false;
}
