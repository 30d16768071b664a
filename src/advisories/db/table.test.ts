import { hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Bytes } from '../../util/bytes.ts';
import { memoryRead } from './random-read.ts';
import { BlockCache, entriesOf, Table, TableDamage } from './table.ts';
import { FOOTER_FIELDS, FOOTER_LENGTH } from './table-format.ts';
import { TableWriter } from './table-writer.ts';

/** A small generator of numbers, the same on every run. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Entries with keys of many lengths, some sharing long beginnings, and values from empty to many blocks long. */
function entries(count: number, seed: number): Map<string, string> {
  const next = random(seed);
  const map = new Map<string, string>();
  while (map.size < count) {
    const key = `${'npm\0'.repeat(next(3))}${next(1_000_000).toString(36)}${'é'.repeat(next(2))}`;
    map.set(key, 'x'.repeat(next(20) === 0 ? next(20_000) : next(60)) + key);
  }
  return map;
}

function build(map: ReadonlyMap<string, string>, blockSize?: number, filtered = false) {
  const parts: Bytes[] = [];
  const writer = new TableWriter({ write: (bytes) => parts.push(bytes) }, blockSize);
  if (filtered) writer.filterKeys();
  const sorted = [...map].map(([key, value]) => [Buffer.from(key), Buffer.from(value)] as const).sort(([a], [b]) => Buffer.compare(a, b));
  for (const [key, value] of sorted) writer.add(key, value);
  const summary = writer.finish();
  return { bytes: Buffer.concat(parts), summary };
}

const open = (bytes: Bytes, root?: string) => new Table(memoryRead(bytes), 't', new BlockCache(), root);

/** A table whose reads are told. */
function watched(bytes: Bytes, cache = new BlockCache()) {
  const reads: { readonly offset: number; readonly length: number }[] = [];
  const memory = memoryRead(bytes);
  const read = (offset: number, length: number) => {
    reads.push({ offset, length });
    return memory.read(offset, length);
  };
  const table = new Table({ ...memory, read }, 't', cache);
  reads.length = 0;
  return { table, reads };
}

describe.each([0, 1, 2, 500, 5000].flatMap((count) => [[count, 'no filter', false] as const, [count, 'a filter', true] as const]))(
  'a table of %i entries with %s',
  (count, _, filtered) => {
    const map = entries(count, count + 1);
    const { bytes, summary } = build(map, undefined, filtered);
    const table = open(bytes, summary.root);

    it('finds every key and its value', () => {
      for (const [key, value] of map) expect(table.get(Buffer.from(key))?.toString()).toBe(value);
      expect(table.entries).toBe(count);
    });

    it('finds no key that is not there', () => {
      const near = [...map.keys()].flatMap((key) => [`${key}\0`, key.slice(0, -1), `${key}~`]).filter((key) => !map.has(key));
      for (const key of [...near, '', '\u{10ffff}']) expect(table.get(Buffer.from(key))).toBeUndefined();
    });

    it('walks all entries in byte order', () => {
      const keys = [...table].map(({ key }) => Buffer.from(key));
      expect(keys.map(String).sort()).toEqual([...map.keys()].sort());
      expect(keys.every((key, number) => number === 0 || Buffer.compare(keys[number - 1]!, key) < 0)).toBe(true);
      expect([...table.blocks()].flatMap((block) => [...entriesOf(block)])).toHaveLength(count);
    });
  },
);

describe('loading keys', () => {
  const map = entries(5000, 5);
  const { bytes } = build(map, 512);
  const keys = [...map.keys()].map((key) => Buffer.from(key));

  it('leaves nothing to be read for them, in whatever order they come', () => {
    const { table, reads } = watched(bytes);
    table.load(keys);
    const first = reads.length;
    for (const [key, value] of map) expect(table.get(Buffer.from(key))?.toString()).toBe(value);
    expect(reads).toHaveLength(first);
  });

  it('reads blocks beside each other at once, and none twice', () => {
    const { table, reads } = watched(bytes);
    table.load(keys);
    const ends = reads.map(({ offset, length }) => offset + length);
    expect(reads.length).toBeLessThan(20);
    expect(reads.every(({ offset }, i) => i === 0 || offset >= ends[i - 1]!)).toBe(true);
    table.load(keys.slice(100, 200));
    expect(reads).toHaveLength(ends.length);
  });

  it('reads two blocks that are far apart each by itself', () => {
    const { table, reads } = watched(bytes);
    const sorted = keys.toSorted(Buffer.compare);
    table.load([sorted.at(-1)!, sorted[0]!]);
    expect(reads).toHaveLength(2);
    expect(reads.reduce((sum, { length }) => sum + length, 0)).toBeLessThan(50_000);
  });

  it('answers the same where the cache forgets what was loaded', () => {
    const { table } = watched(bytes, new BlockCache(2000));
    table.load(keys);
    for (const [key, value] of map) expect(table.get(Buffer.from(key))?.toString()).toBe(value);
  });
});

describe('a filter', () => {
  it('tells nearly all absent keys without reading', () => {
    const map = entries(5000, 9);
    const { table, reads } = watched(build(map, undefined, true).bytes, new BlockCache(0));
    const absent = Array.from({ length: 5000 }, (_, i) => `npm\0absent-${i}`).filter((key) => !map.has(key));
    for (const key of absent) expect(table.get(Buffer.from(key))).toBeUndefined();
    expect(reads.length).toBeLessThan(absent.length * 0.03);
  });

  it('must hold all keys', () => {
    const writer = new TableWriter({ write: () => {} });
    writer.add(Buffer.from('a'), Buffer.from(''));
    expect(() => writer.filterKeys()).toThrow(RangeError);
  });

  it('cannot be longer than the index that it is in', () => {
    const { bytes } = build(entries(10, 2), undefined, true);
    const footer = bytes.subarray(bytes.length - FOOTER_LENGTH);
    const index = bytes.subarray(footer.readUIntLE(0, 6), bytes.length - FOOTER_LENGTH);
    footer.writeUInt32LE(index.length + 1, 18);
    hash('sha256', Buffer.concat([index, footer.subarray(0, FOOTER_FIELDS)]), 'buffer').copy(footer, FOOTER_FIELDS);
    expect(() => open(bytes)).toThrow(new TableDamage('size of the filter'));
  });
});

describe.each([false, true])('a damaged table (filter: %s)', (filtered) => {
  const map = entries(120, 7);
  const { bytes, summary } = build(map, 512, filtered);
  const readAll = (damaged: Bytes, root?: string) => {
    const table = open(damaged, root);
    for (const [key, value] of map) expect(table.get(Buffer.from(key))?.toString()).toBe(value);
    expect([...table]).toHaveLength(map.size);
  };

  it('is refused whichever byte was flipped: no answer rests on it', () => {
    readAll(bytes);
    for (let at = 0; at < bytes.length; at++) {
      const damaged = Buffer.from(bytes);
      damaged[at]! ^= 1 << (at % 8);
      expect(() => readAll(damaged), `byte ${at}`).toThrow(TableDamage);
    }
  });

  it('is refused whichever byte of a block was flipped when many are read at once', () => {
    const keys = [...map.keys()].map((key) => Buffer.from(key));
    const blocks = bytes.readUIntLE(bytes.length - FOOTER_LENGTH, 6);
    for (let at = 0; at < blocks; at += 7) {
      const damaged = Buffer.from(bytes);
      damaged[at]! ^= 1 << (at % 8);
      expect(() => open(damaged).load(keys), `byte ${at}`).toThrow(TableDamage);
    }
  });

  it('is refused at whatever length it was cut off', () => {
    for (let length = 0; length < bytes.length; length += 3)
      expect(() => readAll(bytes.subarray(0, length)), `${length} bytes`).toThrow(TableDamage);
  });

  it('is refused with anything after its end or before its start', () => {
    expect(() => readAll(Buffer.concat([bytes, Buffer.alloc(1)]))).toThrow(TableDamage);
    expect(() => readAll(Buffer.concat([Buffer.alloc(1), bytes]))).toThrow(TableDamage);
  });

  it('is refused where it is whole but not the one that was promised', () => {
    const other = build(new Map([...map, ['another', 'entry']]), 512);
    expect(() => readAll(other.bytes, summary.root)).toThrow(TableDamage);
  });

  it('is refused where garbage ends like a table', () => {
    const next = random(3);
    for (let round = 0; round < 200; round++) {
      const garbage = Buffer.from(Array.from({ length: 200 }, () => next(256)));
      bytes.copy(garbage, garbage.length - 8, bytes.length - 8);
      expect(() => open(garbage)).toThrow(TableDamage);
    }
  });
});

describe('a table writer', () => {
  it('refuses keys that are out of order or twice the same', () => {
    const writer = new TableWriter({ write: () => {} });
    writer.add(Buffer.from('b'), Buffer.from(''));
    expect(() => writer.add(Buffer.from('a'), Buffer.from(''))).toThrow(RangeError);
    expect(() => writer.add(Buffer.from('b'), Buffer.from(''))).toThrow(RangeError);
  });

  it('refuses a key that the index cannot hold', () => {
    const writer = new TableWriter({ write: () => {} });
    expect(() => writer.add(Buffer.alloc(70_000), Buffer.from(''))).toThrow(RangeError);
  });

  it('writes the same bytes for the same entries', () => {
    const map = entries(300, 11);
    expect(build(map).summary).toEqual(build(new Map([...map].reverse())).summary);
  });
});

describe('the block cache', () => {
  it('forgets what was not read for longest', () => {
    const cache = new BlockCache(100);
    for (const key of ['a', 'b']) cache.put(key, Buffer.alloc(40));
    cache.get('a');
    cache.put('c', Buffer.alloc(40));
    expect(['a', 'b', 'c'].map((key) => cache.get(key) !== undefined)).toEqual([true, false, true]);
  });

  it('keeps one block, however large', () => {
    const cache = new BlockCache(10);
    cache.put('a', Buffer.alloc(100));
    expect(cache.get('a')).toHaveLength(100);
  });
});
