import type { Bytes } from '../../../util/bytes.ts';

/** More than the copyright file of the Linux kernel or LibreOffice names. */
const MAX_LICENSES = 200;
const FIELD = '\nLicense:';

/** True for copyright files in the machine-readable form, whose first field is `Format`. Source: DEP-5, "Header stanza". */
export function isMachineReadable(head: Bytes): boolean {
  return /^(?:[^\n]*\n){0,3}Format(?:-Specification)?:/i.test(head.toString('latin1', 0, 512));
}

/** Short names after `License:` in the order of their first mention, as written (`GPL-2+ or Artistic`). */
export function licensesOf(bytes: Bytes): string[] {
  const names = new Set<string>();
  for (let at = bytes.indexOf(FIELD); at >= 0 && names.size < MAX_LICENSES; at = bytes.indexOf(FIELD, at)) {
    at += FIELD.length;
    const found = bytes.indexOf(0x0a, at);
    const name = bytes.toString('utf8', at, Math.min(found < 0 ? bytes.length : found, at + 200)).trim();
    if (name !== '') names.add(name);
  }
  return [...names];
}
