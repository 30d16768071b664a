/** A number, a qualifier, or what follows a hyphen or a change between digits and letters. */
export type Item = number | bigint | string | ListItem;
export type ListItem = readonly Item[];

/**
 * `1.0-rc2` as nested lists: `[1, ['rc', [2]]]`. Qualifiers are lower case and without aliases, parts that mean nothing
 * (`0`, `ga`, empty) are trimmed from the end of each list.
 */
export function parseMaven(text: string): ListItem {
  const version = text.toLowerCase();
  const root: Item[] = [];
  const stack = [root];
  let list = root;
  let start = 0;
  let digits = false;

  for (let i = 0; i < version.length; i++) {
    const code = version.charCodeAt(i);
    if (code === DOT || code === HYPHEN) {
      list.push(i === start ? 0 : item(digits, version.slice(start, i)));
      start = i + 1;
      if (code === HYPHEN) nest();
    } else if (code >= ZERO && code <= NINE) {
      if (!digits && i > start) {
        // `.rc1` is read as `-rc1`.
        if (list.length > 0) nest();
        list.push(qualifier(version.slice(start, i), true));
        start = i;
        nest();
      }
      digits = true;
    } else {
      if (digits && i > start) {
        list.push(item(true, version.slice(start, i)));
        start = i;
        nest();
      }
      digits = false;
    }
  }
  if (version.length > start) {
    if (!digits && list.length > 0) nest();
    list.push(item(digits, version.slice(start)));
  }
  for (const each of stack.reverse()) {
    trim(each);
    if (each !== root) unwrap(each);
  }
  return root;

  function nest(): void {
    const inner: Item[] = [];
    list.push(inner);
    stack.push(inner);
    list = inner;
  }
}

const DOT = 0x2e;
const HYPHEN = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;

function item(digits: boolean, text: string): Item {
  if (!digits) return qualifier(text, false);
  return text.length <= 15 ? Number(text) : BigInt(text);
}

function qualifier(text: string, beforeDigit: boolean): string {
  if (beforeDigit && text === 'a') return 'alpha';
  if (beforeDigit && text === 'b') return 'beta';
  if (beforeDigit && text === 'm') return 'milestone';
  if (text === 'ga' || text === 'final' || text === 'release') return '';
  return text === 'cr' ? 'rc' : text;
}

/** Drops null parts from the end, looking past lists. */
function trim(list: Item[]): void {
  for (let i = list.length - 1; i >= 0; i--) {
    const last = list[i];
    if (isNull(last)) list.splice(i, 1);
    else if (!Array.isArray(last)) break;
  }
}

/** A list left as the only part of a list takes its place: `1-ga-1` is `1-1` (specification, the last of its trimming rules). */
function unwrap(list: Item[]): void {
  const only = list[0];
  if (list.length === 1 && Array.isArray(only)) list.splice(0, 1, ...only);
}

function isNull(part: Item | undefined): boolean {
  return part === 0 || part === '' || part === 0n || (Array.isArray(part) && part.length === 0);
}

/** Known qualifiers in order; the release itself is ''. All unknown ones follow `sp`, alphabetically. */
const QUALIFIERS = ['alpha', 'beta', 'milestone', 'rc', 'snapshot', '', 'sp'];
const RELEASE = QUALIFIERS.indexOf('');

/** Negative, zero or positive. A missing part counts as 0, '' or an empty list. */
export function compareItems(a: Item | undefined, b: Item | undefined): number {
  if (a === undefined) return b === undefined ? 0 : -compareItems(b, a);
  if (Array.isArray(a)) return compareList(a, b);
  if (typeof a === 'string') return compareQualifier(a, b);
  if (b === undefined) return isNull(a) ? 0 : 1;
  if (typeof b === 'number' || typeof b === 'bigint') return a < (b as Item) ? -1 : a > (b as Item) ? 1 : 0;
  return 1;
}

function compareList(a: ListItem, b: Item | undefined): number {
  if (typeof b === 'string') return 1;
  if (typeof b === 'number' || typeof b === 'bigint') return -1;
  const other = (b ?? []) as ListItem;
  for (let i = 0; i < Math.max(a.length, other.length); i++) {
    const order = compareItems(a[i], other[i]);
    if (order !== 0) return order;
  }
  return 0;
}

function compareQualifier(a: string, b: Item | undefined): number {
  const rank = QUALIFIERS.indexOf(a);
  if (b === undefined) return (rank < 0 ? QUALIFIERS.length : rank) - RELEASE;
  if (typeof b !== 'string') return -1;
  const otherRank = QUALIFIERS.indexOf(b);
  if (rank < 0 && otherRank < 0) return a < b ? -1 : a > b ? 1 : 0;
  return (rank < 0 ? QUALIFIERS.length : rank) - (otherRank < 0 ? QUALIFIERS.length : otherRank);
}
