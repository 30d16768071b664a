import { setFlagsFromString } from 'node:v8';
import { type Node, PatternError, parseRe2, type Range } from './re2-parse.ts';

export { PatternError };

/** A pattern of somebody else's, made ready for texts whose bytes are read as Latin-1. */
export interface TranslatedPattern {
  readonly source: string;
  /** Longest match in bytes; Infinity where it has none. */
  readonly longest: number;
}

/** Nodes that a pattern may grow to where its repetitions are written out. */
const MAX_NODES = 4000;

/**
 * A pattern in RE2's syntax as one of V8's, without flags: case is written out. The group `secret` is that of number `chosen` (`first`: the first, if there is one), else the one named
 * `secret`; other groups do not capture. RE2 takes linear time; V8 backtracks, but for patterns without counted repetitions and back references,
 * for which it changes to a linear engine when it has gone back too often. So patterns in which a repetition stands inside another, or of which
 * three have no end, are given that form. Throws PatternError where that is not possible.
 */
export function translateRe2(pattern: string, chosen: number | 'first' = 0): TranslatedPattern {
  const node = parseRe2(pattern);
  const group = chosen !== 'first' ? chosen : hasGroup(node, 1) ? 1 : 0;
  if (group > 0 && !hasGroup(node, group)) throw new PatternError(`it has no group ${group}`);
  const risky = nested(node, false) || endless(node) >= 3;
  if (risky && nodes(node) > MAX_NODES) throw new PatternError('its repetitions inside repetitions could take for ever');
  const source = write(node, { group, written: risky });
  linearWhenSlow();
  return { source, longest: longest(node) };
}

/** As an expression, for allow lists. */
export function re2(pattern: string): RegExp {
  return new RegExp(translateRe2(pattern).source);
}

let asked = false;
/** Holds for expressions that are compiled later; those with look-around, case or positions of groups are not touched by it. */
function linearWhenSlow(): void {
  if (asked) return;
  asked = true;
  setFlagsFromString('--enable-experimental-regexp-engine-on-excessive-backtracks');
}

interface Style {
  readonly group: number;
  readonly written: boolean;
}

const ASSERT = {
  'text-start': '^',
  'text-end': '$',
  'line-start': '(?m:^)',
  'line-end': '(?m:$)',
  'word': '\\b',
  'not-word': '\\B',
} as const;

function write(node: Node, style: Style): string {
  switch (node.kind) {
    case 'set':
      return writeSet(node.ranges);
    case 'assert':
      return ASSERT[node.what];
    case 'sequence':
      return node.items.map((item) => (item.kind === 'either' ? `(?:${write(item, style)})` : write(item, style))).join('');
    case 'either':
      return node.items.map((item) => write(item, style)).join('|');
    case 'group': {
      const secret = style.group > 0 ? node.index === style.group : node.name === 'secret';
      return `(${secret ? '?<secret>' : '?:'}${write(node.item, style)})`;
    }
    case 'repeat':
      return writeRepeat(node, style);
  }
}

function writeRepeat({ item, min, max, lazy }: Extract<Node, { kind: 'repeat' }>, style: Style): string {
  const one = item.kind === 'set' || item.kind === 'group' ? write(item, style) : `(?:${write(item, style)})`;
  const sign = lazy ? '?' : '';
  const open = max === Number.POSITIVE_INFINITY;
  if (open && min <= 1) return `${one}${min === 0 ? '*' : '+'}${sign}`;
  if (max === 1) return min === 0 ? `${one}?${sign}` : one;
  // A group can be written once only.
  if (!style.written || one.includes('(?<secret>')) return `${one}{${min},${open ? '' : max}}${sign}`;
  const must = one.repeat(min);
  if (open) return `${must}${one}*${sign}`;
  return must + `(?:${one}`.repeat(max - min) + `)?${sign}`.repeat(max - min);
}

function writeSet(ranges: readonly Range[]): string {
  const [first] = ranges;
  if (ranges.length === 1 && first![0] === first![1]) return writeByte(first![0]);
  if (ranges.length === 0) return '[]';
  return `[${ranges.map(([low, high]) => (low === high ? writeByte(low) : `${writeByte(low)}-${writeByte(high)}`)).join('')}]`;
}

function writeByte(byte: number): string {
  const char = String.fromCharCode(byte);
  return /[A-Za-z0-9]/.test(char) ? char : `\\x${byte.toString(16).padStart(2, '0')}`;
}

function children(node: Node): readonly Node[] {
  return 'items' in node ? node.items : 'item' in node ? [node.item] : [];
}

function hasGroup(node: Node, index: number): boolean {
  return (node.kind === 'group' && node.index === index) || children(node).some((child) => hasGroup(child, index));
}

/** True where a repetition of changing length stands inside one that is repeated. */
function nested(node: Node, inside: boolean): boolean {
  if (node.kind === 'repeat' && inside && node.min !== node.max && node.max > 1) return true;
  return children(node).some((child) => nested(child, inside || (node.kind === 'repeat' && node.max > 1)));
}

/** Repetitions without an end, or with one so far that it makes no difference. */
function endless(node: Node): number {
  const own = node.kind === 'repeat' && node.max > 200 && node.min !== node.max ? 1 : 0;
  return children(node).reduce((sum, child) => sum + endless(child), own);
}

/** Size of the pattern with all repetitions written out. */
function nodes(node: Node): number {
  const inner = children(node).reduce((sum, child) => sum + nodes(child), 1);
  if (node.kind !== 'repeat') return inner;
  return inner * Math.max(1, node.max === Number.POSITIVE_INFINITY ? node.min + 1 : node.max);
}

function longest(node: Node): number {
  switch (node.kind) {
    case 'set':
      return 1;
    case 'assert':
      return 0;
    case 'either':
      return node.items.reduce((most, item) => Math.max(most, longest(item)), 0);
    case 'sequence':
      return node.items.reduce((sum, item) => sum + longest(item), 0);
    case 'group':
      return longest(node.item);
    case 'repeat': {
      const one = longest(node.item);
      return one === 0 ? 0 : one * node.max;
    }
  }
}
