import { PlimsollError } from '../../util/errors.ts';

/** Linux's limits, 255 bytes a name; the whole is kept well below 4096 so that any cache folder may stand in front. */
const MAX_PART = 255;
const MAX_NAME = 1024;

/**
 * Names of mirrored files come out of what upstreams say (indexes, redirects), so they are untrusted: none may lead out of the
 * mirror's folder (CWE-22), hide a file of the mirror's own (those begin with a dot), or be two files to one system and one to another.
 *
 * @throws PlimsollError feed-name-unsafe
 */
export function checkName(upstream: string, name: string): void {
  const reason = problemOf(name);
  if (reason !== undefined) throw unsafe(upstream, name, reason);
}

export function unsafe(upstream: string, name: string, reason: string): PlimsollError {
  return new PlimsollError('feed-name-unsafe', { upstream, name: name.slice(0, 200), reason });
}

function problemOf(name: string): string | undefined {
  if (name === '') return 'it is empty';
  if (name.startsWith('/') || /^[A-Za-z]:/.test(name)) return 'it is absolute';
  if (/[\u0000-\u001f\u007f\\]/.test(name)) return 'it has a control character or a backslash';
  if (Buffer.byteLength(name) > MAX_NAME) return `it is longer than ${MAX_NAME} bytes`;
  for (const part of name.split('/')) {
    if (part === '') return 'a part of it is empty';
    if (part.startsWith('.')) return 'a part of it begins with a dot';
    if (Buffer.byteLength(part) > MAX_PART) return `a part of it is longer than ${MAX_PART} bytes`;
  }
  return undefined;
}

/** What is one name to a file system that does not tell case, or composed letters, apart. */
export function folded(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
