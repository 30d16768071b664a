import type { Bytes } from '../../util/bytes.ts';

/** Called at the last byte of every keyword that is met; `keyword` is its place in the list. `end` is the offset behind it. */
export type OnKeyword = (keyword: number, end: number) => void;

/** All keywords looked for at once, in one step a byte (Aho and Corasick 1975), letters of ASCII without case. */
export interface KeywordSearch {
  /** Reads `bytes[from, to)` on from `state` (0 at a file's start) and gives the state to go on with. */
  run(bytes: Bytes, from: number, to: number, state: number, on: OnKeyword): number;
}

/**
 * Builds the automaton. Its table is dense over classes of bytes (those that occur in keywords, and the rest), states stand for the
 * offset of their row, and those in which a keyword ends come last: the loop is one look-up and one comparison a byte.
 */
export function searchKeywords(keywords: readonly string[]): KeywordSearch {
  const { classes, width } = byteClasses(keywords);
  const trie = buildTrie(keywords, classes);
  const { table, firstMatch, ends } = link(trie, width);

  return {
    run(bytes, from, to, state, on) {
      let at = state;
      for (let i = from; i < to; i++) {
        at = table[at + classes[bytes[i]!]!]!;
        if (at >= firstMatch) for (const keyword of ends[(at - firstMatch) / width]!) on(keyword, i + 1);
      }
      return at;
    },
  };
}

function fold(code: number): number {
  return code >= 0x41 && code <= 0x5a ? code + 0x20 : code;
}

function byteClasses(keywords: readonly string[]): { classes: Uint8Array; width: number } {
  const used = new Set<number>();
  for (const keyword of keywords) for (let i = 0; i < keyword.length; i++) used.add(fold(keyword.charCodeAt(i)));
  const order = [...used].sort((a, b) => a - b);
  const classes = new Uint8Array(256);
  for (let byte = 0; byte < 256; byte++) classes[byte] = order.indexOf(fold(byte)) + 1;
  return { classes, width: order.length + 1 };
}

interface Trie {
  /** The children of each node, with the class of byte that leads to each; a child comes after its parent. */
  readonly children: readonly (readonly { readonly cls: number; readonly node: number }[])[];
  readonly ends: readonly number[][];
}

function buildTrie(keywords: readonly string[], classes: Uint8Array): Trie {
  const children: { readonly cls: number; readonly node: number }[][] = [[]];
  const ends: number[][] = [[]];
  keywords.forEach((keyword, index) => {
    let at = 0;
    for (let i = 0; i < keyword.length; i++) {
      const cls = classes[keyword.charCodeAt(i)]!;
      const known = children[at]!.find((child) => child.cls === cls)?.node;
      const node = known ?? children.length;
      if (known === undefined) {
        children[at]!.push({ cls, node });
        children.push([]);
        ends.push([]);
      }
      at = node;
    }
    ends[at]!.push(index);
  });
  return { children, ends };
}

/** Turns the trie into the automaton: a state's row is that of its longest suffix, but for the children that it has itself. */
function link({ children, ends }: Trie, width: number): { table: Int32Array; firstMatch: number; ends: readonly (readonly number[])[] } {
  const { order, suffix } = suffixes(children);
  for (const node of order) ends[node]!.push(...(node === 0 ? [] : ends[suffix[node]!]!));
  const matching = order.filter((node) => ends[node]!.length > 0);
  const sorted = [...order.filter((node) => ends[node]!.length === 0), ...matching];
  const place = new Int32Array(children.length);
  sorted.forEach((node, index) => {
    place[node] = index * width;
  });
  const table = new Int32Array(children.length * width);
  for (const node of order) {
    const row = place[node]!;
    // A suffix is shorter: its row is done.
    if (node !== 0) table.copyWithin(row, place[suffix[node]!]!, place[suffix[node]!]! + width);
    for (const child of children[node]!) table[row + child.cls] = place[child.node]!;
  }
  return { table, firstMatch: (sorted.length - matching.length) * width, ends: matching.map((node) => ends[node]!) };
}

/** Shorter texts first, and of each node the longest other node whose text it ends with; 0, the empty text, where there is none. */
function suffixes(children: Trie['children']): { readonly order: readonly number[]; readonly suffix: Int32Array } {
  const suffix = new Int32Array(children.length);
  const order = [0];
  const childOf = (node: number, cls: number): number | undefined => children[node]!.find((child) => child.cls === cls)?.node;
  for (const node of order) {
    for (const { cls, node: child } of children[node]!) {
      order.push(child);
      if (node === 0) continue;
      let at = suffix[node]!;
      while (at !== 0 && childOf(at, cls) === undefined) at = suffix[at]!;
      suffix[child] = childOf(at, cls) ?? 0;
    }
  }
  return { order, suffix };
}
