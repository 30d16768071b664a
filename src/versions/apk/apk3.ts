/**
 * The order of apk-tools 3 (Alpine 3.23 and later): `digits{.digits}{letter}{_suffix{digits}}{~hash}{-r digits}`, each part
 * only in this order.
 */

/** Kinds of parts; of two versions that part, the one that goes on with the earlier kind is the higher. */
const FIRST_NUMBER = 0;
const NUMBER = 1;
const LETTER = 2;
const SUFFIX = 3;
const SUFFIX_NUMBER = 4;
const HASH = 5;
const REVISION = 6;
const END = 7;
const INVALID = 8;

interface Part {
  readonly kind: number;
  readonly text: string;
}

/** In order; those before the empty name come before the release. */
const SUFFIXES = ['alpha', 'beta', 'pre', 'rc', '', 'cvs', 'svn', 'git', 'hg', 'p'];
const RELEASE = SUFFIXES.indexOf('');

/** True where the text is a version to apk-tools 3. */
export function acceptedByApk3(text: string): boolean {
  return split(text).at(-1)?.kind === END;
}

/** -1, 0, 1 as `apk version -t a b` prints `<`, `=`, `>`; invalid texts have an order too. */
export function compareApk3(a: string, b: string): number {
  const left = split(a);
  const right = split(b);
  for (let i = 0; ; i++) {
    const x = left[i] as Part;
    const y = right[i] as Part;
    if (x.kind !== y.kind) return compareKinds(x, y);
    if (x.kind >= END) return 0;
    const order = compareParts(x, y);
    if (order !== 0) return order;
  }
}

function compareKinds(x: Part, y: Part): number {
  if (x.kind === SUFFIX && SUFFIXES.indexOf(x.text) < RELEASE) return -1;
  if (y.kind === SUFFIX && SUFFIXES.indexOf(y.text) < RELEASE) return 1;
  return x.kind > y.kind ? -1 : 1;
}

function compareParts(x: Part, y: Part): number {
  switch (x.kind) {
    case NUMBER:
      // A leading zero on either side makes it a comparison of texts.
      return x.text.startsWith('0') || y.text.startsWith('0') ? order(x.text, y.text) : order(BigInt(x.text), BigInt(y.text));
    case FIRST_NUMBER:
    case SUFFIX_NUMBER:
    case REVISION:
      return order(BigInt(x.text), BigInt(y.text));
    case SUFFIX:
      return order(SUFFIXES.indexOf(x.text), SUFFIXES.indexOf(y.text));
    default:
      return order(x.text, y.text);
  }
}

function order<T extends string | number | bigint>(x: T, y: T): number {
  return x < y ? -1 : x > y ? 1 : 0;
}

/** The parts, with END or INVALID as the last. */
function split(text: string): Part[] {
  const parts: Part[] = [];
  let kind = FIRST_NUMBER;
  let at = 0;
  const first = /^[0-9]+/.exec(text)?.[0];
  if (first === undefined) return [{ kind: INVALID, text: '' }];
  parts.push({ kind, text: first });
  at = first.length;
  while (at < text.length) {
    const found = partAt(text, at, kind);
    if (found === undefined) return [...parts, { kind: INVALID, text: '' }];
    parts.push(found.part);
    kind = found.part.kind;
    at = found.end;
  }
  return [...parts, { kind: END, text: '' }];
}

const SYNTAX: readonly { readonly kind: number; readonly pattern: RegExp; follows(kind: number): boolean }[] = [
  { kind: LETTER, pattern: /([a-z])/y, follows: (kind) => kind <= NUMBER },
  { kind: NUMBER, pattern: /\.([0-9]+)/y, follows: (kind) => kind <= NUMBER },
  { kind: SUFFIX_NUMBER, pattern: /([0-9]+)/y, follows: (kind) => kind === SUFFIX },
  { kind: SUFFIX, pattern: /_([a-z]+)/y, follows: (kind) => kind <= SUFFIX_NUMBER },
  { kind: HASH, pattern: /~([0-9a-f]+)/y, follows: (kind) => kind < HASH },
  { kind: REVISION, pattern: /-r([0-9]+)/y, follows: (kind) => kind < REVISION },
];

function partAt(text: string, at: number, previous: number): { readonly part: Part; readonly end: number } | undefined {
  for (const { kind, pattern, follows } of SYNTAX) {
    pattern.lastIndex = at;
    const content = pattern.exec(text)?.[1];
    if (content === undefined) continue;
    const known = kind !== SUFFIX || SUFFIXES.includes(content);
    return follows(previous) && known ? { part: { kind, text: content }, end: pattern.lastIndex } : undefined;
  }
  return undefined;
}
