/** `[epoch:]upstream[-revision]`; the epoch is 0 and the revision empty where the text has none. */
export interface DpkgVersion {
  readonly epoch: number;
  readonly upstream: string;
  readonly revision: string;
}

/** dpkg keeps the epoch in a C int. */
const MAX_EPOCH = 2147483647;
const MAX_LENGTH = 4096;
const TILDE = 0x7e;

/**
 * Undefined for what `dpkg --compare-versions` refuses: nothing, embedded blanks, an epoch that is no number or too big,
 * an empty upstream version or revision. What it only warns of (an upstream version without leading digit, odd
 * characters) is a version.
 */
export function parseDpkg(text: string): DpkgVersion | undefined {
  const trimmed = text.replace(/^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$/g, '');
  if (trimmed === '' || trimmed.length > MAX_LENGTH || /[ \t\n\v\f\r\0]/.test(trimmed)) return undefined;
  const colon = trimmed.indexOf(':');
  const epoch = colon < 0 ? 0 : parseEpoch(trimmed.slice(0, colon));
  if (epoch === undefined) return undefined;
  const rest = trimmed.slice(colon + 1);
  const hyphen = rest.lastIndexOf('-');
  const upstream = hyphen < 0 ? rest : rest.slice(0, hyphen);
  const revision = hyphen < 0 ? '' : rest.slice(hyphen + 1);
  if (upstream === '' || (hyphen >= 0 && revision === '')) return undefined;
  return { epoch, upstream, revision };
}

function parseEpoch(text: string): number | undefined {
  if (!/^[+-]?[0-9]+$/.test(text)) return undefined;
  const epoch = Number(text);
  return epoch < 0 || epoch > MAX_EPOCH ? undefined : Math.abs(epoch);
}

/** Undefined only where a byte beyond ASCII would decide: dpkg's answer then depends on the machine's signedness of `char`. */
export function compareDpkg(a: DpkgVersion, b: DpkgVersion): number | undefined {
  if (a.epoch !== b.epoch) return a.epoch - b.epoch;
  const upstream = comparePart(a.upstream, b.upstream);
  return upstream === 0 ? comparePart(a.revision, b.revision) : upstream;
}

/** Runs of non-digits and of digits in turn. Source: deb-version(7), "Sorting algorithm". */
function comparePart(a: string, b: string): number | undefined {
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    while ((i < a.length && !isDigit(a.charCodeAt(i))) || (j < b.length && !isDigit(b.charCodeAt(j)))) {
      const left = weight(a, i);
      const right = weight(b, j);
      if (left !== right) return a.charCodeAt(i) > 127 || b.charCodeAt(j) > 127 ? undefined : left - right;
      i++;
      j++;
    }
    while (a.charCodeAt(i) === 0x30) i++;
    while (b.charCodeAt(j) === 0x30) j++;
    const startA = i;
    const startB = j;
    while (isDigit(a.charCodeAt(i))) i++;
    while (isDigit(b.charCodeAt(j))) j++;
    const lengths = i - startA - (j - startB);
    if (lengths !== 0) return lengths;
    const digitsA = a.slice(startA, i);
    const digitsB = b.slice(startB, j);
    if (digitsA !== digitsB) return digitsA < digitsB ? -1 : 1;
  }
  return 0;
}

/** `~` before the end, the end (and any digit) before letters, letters before everything else. */
function weight(text: string, index: number): number {
  if (index >= text.length) return 0;
  const code = text.charCodeAt(index);
  if (isDigit(code)) return 0;
  if (code === TILDE) return -1;
  return isLetter(code) ? code : code + 256;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isLetter(code: number): boolean {
  return (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}
