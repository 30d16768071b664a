import { type Node, parseRe2 } from '../../src/secrets/custom/re2-parse.ts';

/** Numbers in [0, 1), the same in every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A text that a pattern in RE2's syntax matches, by chance; repetitions without end are of ten at most. */
export function sample(pattern: string, random: () => number): string {
  const pick = (count: number) => Math.floor(random() * count);
  const make = (node: Node): string => {
    switch (node.kind) {
      case 'set': {
        const printable = node.ranges
          .flatMap(([low, high]) => Array.from({ length: high - low + 1 }, (_, i) => low + i))
          .filter((byte) => byte >= 0x20 && byte < 0x7f);
        return String.fromCharCode(printable[pick(printable.length)] ?? 0x0a);
      }
      case 'assert':
        return '';
      case 'sequence':
        return node.items.map(make).join('');
      case 'either':
        return make(node.items[pick(node.items.length)]!);
      case 'group':
        return make(node.item);
      case 'repeat': {
        const max = Math.min(node.max, node.min + 10);
        return Array.from({ length: node.min + pick(max - node.min + 1) }, () => make(node.item)).join('');
      }
    }
  };
  return make(parseRe2(pattern));
}
