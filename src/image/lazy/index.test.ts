import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  type IndexedForm,
  type IndexedLayer,
  indexedLayer,
  type TableRecord,
  type TarEntry,
} from '../../../testing/image-builder/index.ts';
import { layerSource } from '../../../testing/layers.ts';
import { mutations, outcomeOf } from '../../../testing/mutations.ts';
import type { Gap } from '../../model/index.ts';
import type { ByteRange } from '../../util/bytes.ts';
import type { LayerSource } from '../types.ts';
import type { FileReceiver, WalkOptions } from '../walk/index.ts';
import { walkLayer } from '../walk/index.ts';
import { NotLazy, walkLazily } from './index.ts';

const FORMS: readonly IndexedForm[] = ['estargz', 'zstd:chunked'];
/** What does not compress: a layer of it is as large as it says. */
const noise = (size: number, seed = 1): Buffer => {
  const bytes = Buffer.alloc(size);
  for (let i = 0, state = seed; i < size; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
};
const FILES: readonly TarEntry[] = [
  { path: 'etc', type: 'directory' },
  { path: 'etc/a.note', content: 'first' },
  { path: 'etc/big', content: noise(300_000) },
  { path: 'etc/b.note', content: noise(10_000, 7) },
  { path: 'etc/empty.note', content: '' },
  { path: 'etc/link.note', type: 'hardlink', target: 'etc/plain' },
  { path: 'etc/plain', content: 'seen through a link only' },
  { path: 'etc/rejected.note', content: `#${noise(90_000, 3)}` },
  { path: 'etc/.wh.gone', content: '' },
  { path: 'var/.wh..wh..opq', content: '' },
  { path: 'etc/soft.note', type: 'symlink', target: 'a.note' },
  { path: 'etc/long-'.padEnd(180, 'x'), content: 'long name' },
];

interface Seen {
  readonly events: string[];
  readonly ranges: ByteRange[];
  readonly gaps: Gap[];
}

/** Notes what it is told; wants `*.note`, and drops those that begin with `#` once it has seen 4096 bytes of them. */
function receiver({ events }: Seen): FileReceiver {
  let parts: Buffer[] = [];
  let path = '';
  const missed = new Set<string>();
  return {
    wants: (name) => name.endsWith('.note'),
    begin: (file) => {
      path = file.path;
      parts = [];
      events.push(`begin ${file.path} ${file.size} ${file.mode.toString(8)}`);
    },
    data: (bytes, offset) => {
      parts.push(Buffer.alloc(Math.max(0, offset - parts.reduce((sum, part) => sum + part.length, 0))), Buffer.from(bytes));
      return !Buffer.concat(parts).subarray(0, 1).equals(Buffer.from('#')) || offset + bytes.length < 4096;
    },
    end: () => events.push(path === 'etc/rejected.note' ? `end ${path}` : `end ${path} ${sha(Buffer.concat(parts))}`),
    link: (file, target) => {
      events.push(`link ${file.path} ${target}`);
      missed.add(target);
    },
    entry: (name, isDirectory) => events.push(`entry ${name} ${isDirectory}`),
    missed: () => missed,
    beginMissed: (file) => {
      path = file.path;
      parts = [];
      missed.delete(file.path);
      events.push(`missed ${file.path} ${file.size}`);
      return true;
    },
    settled: () => undefined,
  };
}

const sha = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex').slice(0, 12);

function source({ stored, tar, annotations }: IndexedLayer, seen: Seen, bytes: Buffer = stored): LayerSource {
  const layer = layerSource(stored, 1, tar);
  return {
    ...layer,
    descriptor: { ...layer.descriptor, annotations },
    readRange: async (range) => {
      seen.ranges.push(range);
      return Buffer.from(bytes.subarray(range.start, range.end));
    },
  };
}

const nothing = (): Seen => ({ events: [], ranges: [], gaps: [] });

async function lazily(layer: IndexedLayer, change: (source: LayerSource) => LayerSource = (one) => one, more: Partial<WalkOptions> = {}) {
  const seen = nothing();
  const walk = await walkLazily(change(source(layer, seen)), receiver(seen), { onGap: (gap) => seen.gaps.push(gap), ...more });
  return { ...seen, ...walk };
}

/** Why it was not read lazily, or the code of the error, or `ok`. */
function reasonOf(work: Promise<unknown>): Promise<string> {
  return outcomeOf(work).catch((error) => (error instanceof NotLazy ? `whole: ${error.reason}` : Promise.reject(error)));
}

/** A layer whose table was changed by `change`, under the digest that it then has. */
const lying = (form: IndexedForm, change: (records: TableRecord[]) => readonly unknown[], files = FILES): IndexedLayer =>
  indexedLayer(form, files, { table: change });

describe.each(FORMS)('%s', (form) => {
  const honest = indexedLayer(form, FILES);

  it('gives what a walk of the whole layer gives, and fetches less', async () => {
    const whole = nothing();
    const shadow = await walkLayer(source(honest, whole), receiver(whole), { onGap: (gap) => whole.gaps.push(gap) });
    const lazy = await lazily(honest);
    const inTable = (event: string): boolean => !event.includes('stargz.index.json');
    expect(lazy.events).toEqual(whole.events.filter(inTable));
    expect(lazy.events).toContain('link etc/link.note etc/plain');
    expect(lazy.events).toContain('missed etc/plain 24');
    expect(lazy.shadow.whiteouts).toEqual(shadow.whiteouts);
    expect(lazy.shadow.whiteouts).toEqual(['etc/gone']);
    expect(lazy.shadow.opaque).toEqual(['var']);
    expect(lazy.gaps).toEqual([]);
    expect(lazy.fetched).toBe(lazy.ranges.reduce((sum, { start, end }) => sum + end - start, 0));
    expect(lazy.fetched).toBeLessThan(honest.stored.length / 3);
  });

  it('fetches no more of a file than its judge looks at', async () => {
    const rejected = indexedLayer(form, [{ path: 'x.note', content: `#${noise(500_000)}` }]);
    expect((await lazily(rejected)).fetched).toBeLessThan(60_000);
  });

  it('leaves runs of zeros to the receiver', async () => {
    const zeros = lying(
      form,
      (records) => records.map((one) => (one.type === 'chunk' && one.chunkOffset === 4096 ? { ...one, chunkType: 'zeros' } : one)),
      [
        { path: 'z.note', content: Buffer.concat([noise(4096), Buffer.alloc(4096), noise(4096, 5)]) },
        { path: 'filler', content: noise(50_000) },
      ],
    );
    const content = Buffer.concat([noise(4096), Buffer.alloc(4096), noise(4096, 5)]);
    expect((await lazily(zeros)).events).toContain(`end z.note ${sha(content)}`);
  });

  it('is read whole where no digest of a table can be relied on, or no range can be had', async () => {
    const without = { ...honest, annotations: {} };
    expect(await reasonOf(lazily(without))).toBe('whole: no-table');
    const odd = { ...honest, annotations: Object.fromEntries(Object.keys(honest.annotations).map((key) => [key, 'sha256:odd'])) };
    expect(await reasonOf(lazily(odd))).toBe('whole: no-table');
    expect(await reasonOf(lazily(honest, ({ readRange: _, ...layer }) => layer))).toBe('whole: no-registry');
    expect(await reasonOf(lazily(honest, (layer) => ({ ...layer, readRange: async () => undefined })))).toBe('whole: no-ranges');
    const wanted = indexedLayer(form, [{ path: 'all.note', content: noise(40_000) }]);
    expect(await reasonOf(lazily(wanted))).toMatch(/^(whole: no-gain|ok)$/);
    expect((await lazily(honest)).fetched).toBeGreaterThan(0);
  });

  it('a table that is not the one of the manifest, and a chunk that is not the one of the table, are refused', async () => {
    const [key] = Object.keys(honest.annotations).filter((one) => /digest|checksum/.test(one));
    const other = { ...honest, annotations: { ...honest.annotations, [String(key)]: `sha256:${'0'.repeat(64)}` } };
    expect(await reasonOf(lazily(other))).toBe('digest-mismatch');
    for (const field of ['digest', 'chunkDigest']) {
      const lie = lying(form, (records) =>
        records.map((one) =>
          one.name === 'etc/a.note' || one.name === 'etc/b.note' ? { ...one, [field]: `sha256:${'1'.repeat(64)}` } : one,
        ),
      );
      // The digest of a whole file counts only where no chunk has one of its own.
      const expected = field === 'digest' && form === 'estargz' ? 'ok' : 'digest-mismatch';
      expect(await reasonOf(lazily(lie))).toBe(expected);
    }
    const damaged = Buffer.from(honest.stored);
    damaged.fill(0xaa, 0, 120_000);
    const seen = nothing();
    const read = walkLazily(source(honest, seen, damaged), receiver(seen), { onGap: () => undefined });
    expect(await reasonOf(read)).toMatch(/^(decompression-failed|compression-unsupported|digest-mismatch)$/);
  });

  it('what a table leaves out is not seen', async () => {
    const left = lying(form, (records) => records.filter(({ name }) => name !== 'etc/a.note'));
    const { events } = await lazily(left);
    expect(events.some((event) => event.includes('etc/a.note'))).toBe(false);
    expect(events.some((event) => event.includes('etc/b.note'))).toBe(true);
  });

  it.each<[string, (records: TableRecord[]) => readonly unknown[], string]>([
    ['an entry that is no object', (records) => [...records, [1]], 'whole: bad-table'],
    ['an entry without a name', () => [{ type: 'reg' }], 'whole: bad-table'],
    ['an endless name', () => [{ name: 'a'.repeat(5000), type: 'dir' }], 'whole: bad-table'],
    ['a negative size', () => [{ name: 'a.note', type: 'reg', size: -1, offset: 1 }], 'whole: bad-table'],
    ['a size that is no number', () => [{ name: 'a.note', type: 'reg', size: '9', offset: 1 }], 'whole: bad-table'],
    [
      'a file of a petabyte',
      () => [{ name: 'a.note', type: 'reg', size: 1e15, offset: 1, digest: `sha256:${'0'.repeat(64)}` }],
      'whole: bad-table',
    ],
    [
      'an offset behind the end',
      (records) => records.map((one) => ({ ...one, ...(one.offset ? { offset: 1e9 } : {}) })),
      'whole: bad-table',
    ],
    ['no digests', (records) => records.map(({ digest: _, chunkDigest: __, ...one }) => one), 'whole: bad-table'],
    [
      'chunks in disorder',
      (records) => records.map((one) => (one.type === 'chunk' ? { ...one, chunkOffset: 1 } : one)),
      'whole: bad-table',
    ],
    [
      'an inner offset that no member has',
      (records) => records.map((one) => (one.offset ? { ...one, innerOffset: 1e12 } : one)),
      'whole: bad-table',
    ],
    [
      'an inner offset behind its member',
      (records) => records.map((one) => (one.offset ? { ...one, innerOffset: 100_000 } : one)),
      'digest-mismatch',
    ],
    [
      'hard links in a circle',
      (records) => [
        ...records,
        { name: 'x.note', type: 'hardlink', linkName: 'y.note' },
        { name: 'y.note', type: 'hardlink', linkName: 'x.note' },
      ],
      'ok',
    ],
    ['types that nobody knows', (records) => [...records, { name: 'odd', type: 'constructor' }], 'ok'],
  ])('hostile: %s', async (_, change, expected) => {
    expect(await reasonOf(lazily(lying(form, change)))).toBe(expected);
  });

  it('hostile: thousands of files of the same bytes are fetched and expanded once', async () => {
    const many = lying(form, (records) =>
      Array.from({ length: 3000 }, (_, i) => ({ ...records.find(({ name }) => name === 'etc/a.note'), name: `${i}.note` })),
    );
    const walked = await lazily(many, undefined, { expansion: { output: 5000, ratio: 1000, ratioFrom: 0 } });
    expect(walked.ranges.length).toBeLessThan(5);
    expect(walked.events.filter((event) => event.startsWith('end'))).toHaveLength(3000);
  });

  it('names that leave the root are gaps', async () => {
    const out = lying(form, (records) => [
      ...records,
      { name: '../../etc/x.note', type: 'reg', size: 0 },
      { name: 'l.note', type: 'hardlink', linkName: '../../x' },
    ]);
    const { gaps, events } = await lazily(out);
    expect(gaps.map(({ params }) => params.what)).toEqual(['a path that leaves the root', 'a hard link to outside of the root']);
    expect(events.some((event) => event.includes('x.note'))).toBe(false);
  });

  it('keeps to the limits of entries and of expansion', async () => {
    const tar = { entries: 3, pathBytes: 4096 };
    expect(await reasonOf(lazily(honest, undefined, { tar }))).toBe('whole: bad-table');
    expect(await reasonOf(lazily(honest, undefined, { expansion: { output: 5000, ratio: 1000, ratioFrom: 0 } }))).toBe(
      'decompression-bomb',
    );
    expect(await reasonOf(lazily(honest, undefined, { signal: AbortSignal.abort() }))).toBe('aborted');
  });

  it('never gives an error without a code, however the stored bytes are damaged', async () => {
    const small = indexedLayer(form, [
      { path: 'a.note', content: 'x' },
      { path: 'filler', content: noise(9000) },
    ]);
    for (const bytes of mutations(small.stored, 60)) {
      if (bytes.length !== small.stored.length) continue;
      const seen = nothing();
      const outcome = await reasonOf(walkLazily(source(small, seen, bytes), receiver(seen), { onGap: () => undefined }));
      expect(outcome).toMatch(/^(ok|digest-mismatch|decompression-failed|compression-unsupported|whole: (bad-table|no-gain))$/);
    }
  });

  it('never gives an error without a code, however the table is damaged', async () => {
    const files = [
      { path: 'a.note', content: 'x' },
      { path: 'b.note', type: 'hardlink', target: 'c' } as const,
      { path: 'c', content: 'y' },
    ];
    let text = '';
    indexedLayer(form, files, {
      table: (records) => {
        text = JSON.stringify({ version: 1, entries: records });
        return records;
      },
    });
    for (const bytes of mutations(Buffer.from(text), 60)) {
      const broken = indexedLayer(form, files, { table: () => bytes.toString('latin1') });
      expect(await reasonOf(lazily(broken))).toMatch(/^(ok|digest-mismatch|decompression-failed|whole: (bad-table|no-gain))$/);
    }
  });
});
