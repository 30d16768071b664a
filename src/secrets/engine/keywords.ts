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
  const trie = buildTrie(keywords, classes, width);
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
  /** A row a node; -1 where there is no child. */
  readonly children: Int32Array[];
  readonly ends: number[][];
}

function buildTrie(keywords: readonly string[], classes: Uint8Array, width: number): Trie {
  const children = [new Int32Array(width).fill(-1)];
  const ends: number[][] = [[]];
  keywords.forEach((keyword, index) => {
    let node = 0;
    for (let i = 0; i < keyword.length; i++) {
      const cls = classes[keyword.charCodeAt(i)]!;
      if (children[node]![cls] === -1) {
        children[node]![cls] = children.length;
        children.push(new Int32Array(width).fill(-1));
        ends.push([]);
      }
      node = children[node]![cls]!;
    }
    ends[node]!.push(index);
  });
  return { children, ends };
}

/** Turns the trie into the automaton: where a child is missing, the state of the longest suffix goes on. */
function link(trie: Trie, width: number): { table: Int32Array; firstMatch: number; ends: readonly (readonly number[])[] } {
  const { children, ends } = trie;
  const suffix = new Int32Array(children.length);
  const order = [0];
  for (const node of order) {
    for (let cls = 0; cls < width; cls++) {
      const child = children[node]![cls]!;
      const onward = node === 0 ? 0 : children[suffix[node]!]![cls]!;
      if (child === -1) {
        children[node]![cls] = onward;
        continue;
      }
      suffix[child] = onward;
      ends[child]!.push(...ends[onward]!);
      order.push(child);
    }
  }
  const sorted = [...order.filter((node) => ends[node]!.length === 0), ...order.filter((node) => ends[node]!.length > 0)];
  const place = new Int32Array(children.length);
  sorted.forEach((node, index) => {
    place[node] = index * width;
  });
  const table = new Int32Array(children.length * width);
  for (const node of sorted) for (let cls = 0; cls < width; cls++) table[place[node]! + cls] = place[children[node]![cls]!]!;
  const matching = sorted.filter((node) => ends[node]!.length > 0);
  return { table, firstMatch: (sorted.length - matching.length) * width, ends: matching.map((node) => ends[node]!) };
}
