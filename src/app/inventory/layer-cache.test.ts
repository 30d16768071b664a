import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildImage, dockerArchive } from '../../../testing/image-builder/index.ts';
import { imageOf, layerSource } from '../../../testing/layers.ts';
import { noteExtractor } from '../../../testing/note-extractor.ts';
import { entry, tar } from '../../../testing/odd-tar/index.ts';
import { hardenedImage } from '../../../tools/examples/hardened.ts';
import { npmSkeleton } from '../../../tools/examples/skeletons.ts';
import { vulnerableImage } from '../../../tools/examples/vulnerable.ts';
import { openFolderCache } from '../../cache/index.ts';
import type { Extractor } from '../../extract/types.ts';
import { openTarget } from '../../image/targets/index.ts';
import type { ImageTarget } from '../../image/types.ts';
import type { Digest, Inventory } from '../../model/index.ts';
import { createHttp } from '../../util/http/index.ts';
import { type IndexOptions, indexTarget } from './index-target.ts';

const ROOTS = join(import.meta.dirname, '../../../../shared/data/rootfs');
const archives = existsSync(ROOTS) ? readdirSync(ROOTS).filter((name) => name.endsWith('.tar.gz')) : [];
const notes = [noteExtractor()];
let work: string;
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'plimsoll-layer-cache-'));
});
afterEach(() => rmSync(work, { recursive: true, force: true }));

/** The inventory, and how many layers were opened for it. */
async function index(image: ImageTarget, options: IndexOptions = {}): Promise<{ inventory: Inventory; opened: number }> {
  let opened = 0;
  const layers = image.layers.map((layer) => ({ ...layer, open: () => layer.open().finally(() => opened++) }));
  const cache = openFolderCache({ folder: join(work, 'layers'), limit: 1e9, now: new Date(0) });
  const inventory = await indexTarget({ ...image, layers }, { cache, ...options });
  cache?.finish();
  return { inventory, opened };
}

/** Without a cache, with an empty one, with one that has the layers, and with one that has what they came to: the same. */
async function expectSame(image: ImageTarget, options: IndexOptions = {}): Promise<void> {
  const { inventory } = await index(image, { ...options, cache: undefined });
  const cold = await index(image, options);
  const warm = await index(image, options);
  expect(cold.inventory).toStrictEqual(inventory);
  expect(warm.inventory).toStrictEqual(inventory);
  expect(cold.opened).toBeGreaterThan(0);
  expect(warm.opened).toBe(0);
  const merged = await index(image, options);
  expect(merged.inventory).toStrictEqual(inventory);
  expect(merged.opened).toBe(0);
}

describe('a layer that was read before', () => {
  it.each([
    ['vulnerable', vulnerableImage],
    ['hardened', hardenedImage],
  ] as const)(
    'gives the same inventory: examples/%s',
    async (name, describeImage) => {
      const folder = join(import.meta.dirname, '../../../examples', name);
      const { blobs, layers } = buildImage(describeImage(folder, { files: npmSkeleton(join(folder, 'app')) }));
      const sources = layers.map(({ digest }, i) => {
        const { diffId: _, ...layer } = layerSource(blobs.get(digest) as Buffer, i);
        return layer;
      });
      await expectSame({ ...imageOf(), layers: sources });
    },
    60_000,
  );

  it.skipIf(archives.length === 0).each(archives)(
    'gives the same inventory: %s (needs ../shared/data)',
    async (name) => {
      const stored = readFileSync(join(ROOTS, name));
      await expectSame({ ...imageOf(), layers: [layerSource(stored, 0, gunzipSync(stored))] });
    },
    60_000,
  );

  it('gives the same inventory of any stack of layers', async () => {
    let state = 12_345;
    const random = (n: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return (state >>> 8) % n;
    };
    const part = (): string => ['a', 'b', 'ü', '\u{1f41f}', 'e\xff'][random(5)] as string;
    const path = (): string => Array.from({ length: 1 + random(3) }, part).join('/');
    const piece = (): Buffer => {
      switch (random(7)) {
        case 0:
          return entry({ name: `${path()}/.wh.${part()}` });
        case 1:
          return entry({ name: `${path()}/.wh..wh..opq` });
        case 2:
          return entry({ name: `${path()}.note`, flag: '1', linkName: `${path()}.note` });
        case 3:
          return entry({ name: `${path()}/`, flag: '5', mode: 0o755 });
        case 4:
          return entry({ name: random(2) ? path() : `../${path()}`, flag: random(2) ? '2' : '0', linkName: path() });
        default:
          return entry({ name: `${path()}.note` }, `v${random(99)}`);
      }
    };
    for (let round = 0; round < 40; round++) {
      const stack = Array.from({ length: 1 + random(5) }, (_, layer) =>
        tar(entry({ name: `layer-${round}-${layer}` }), ...Array.from({ length: random(12) }, piece)),
      );
      await expectSame(imageOf(...stack), { extractors: notes });
    }
  }, 60_000);

  it('is known wherever in an image it lies', async () => {
    const upper = tar(entry({ name: 'a', flag: '2', linkName: 'x' }), entry({ name: 'y.note' }, '2'));
    await index(imageOf(upper), { extractors: notes });
    const image = imageOf(tar(entry({ name: 'a/x.note' }, '1'), entry({ name: 'y.note' }, '1')), upper);
    const { inventory, opened } = await index(image, { extractors: notes });
    expect(opened).toBe(1);
    expect(inventory).toStrictEqual((await index(image, { extractors: notes, cache: undefined })).inventory);
    expect(inventory.packages.map((one) => `${one.path}=${one.version}`)).toEqual(['y.note=2']);
  });

  it('is told to who watches', async () => {
    const image = imageOf(tar(entry({ name: 'x.note' })), tar(entry({ name: 'y.note' })));
    await index(image, { extractors: notes });
    const seen: unknown[] = [];
    await index(image, {
      extractors: notes,
      onProgress: ({ cached, bytesDone, bytesTotal }) => seen.push([cached, bytesDone === bytesTotal]),
    });
    expect(seen).toEqual([
      [1, false],
      [2, true],
    ]);
  });
});

describe('a layer is read again', () => {
  const image = imageOf(tar(entry({ name: 'x.note' }, '1')), tar(entry({ name: 'y.note' }, '1')));

  it('where an extractor, the list of them or a limit is another', async () => {
    const opened = async (options: IndexOptions): Promise<number> => (await index(image, options)).opened;
    expect(await opened({ extractors: notes })).toBe(2);
    expect(await opened({ extractors: notes })).toBe(0);
    expect(await opened({ extractors: [{ ...noteExtractor(), version: 2 }] })).toBe(2);
    expect(await opened({ extractors: [...notes, { ...noteExtractor(), id: 'lang/other' }] })).toBe(2);
    expect(await opened({ extractors: notes, limits: { tar: { entries: 100, pathBytes: 10_000 } } })).toBe(2);
  });

  it('where its entry is damaged, once', async () => {
    await index(image, { extractors: notes });
    for (const name of readdirSync(join(work, 'layers'))) writeFileSync(join(work, 'layers', name), 'damaged');
    const first = await index(image, { extractors: notes });
    const second = await index(image, { extractors: notes });
    expect([first.opened, second.opened]).toEqual([2, 0]);
    expect(second.inventory).toStrictEqual(first.inventory);
  });

  it('where this machine could not read a file, which another time it may', async () => {
    const failing: Extractor = { ...noteExtractor(), extract: () => Promise.reject(new Error('no space left on device')) };
    expect((await index(image, { extractors: [failing] })).inventory.gaps).toMatchObject([{ code: 'unreadable' }, { code: 'unreadable' }]);
    expect((await index(image, { extractors: notes })).opened).toBe(2);
  });

  it('where reading it failed', async () => {
    const [good, other] = image.layers;
    const bad = { ...imageOf(), layers: [{ ...good!, open: other!.open }] };
    await expect(index(bad, { extractors: notes })).rejects.toMatchObject({ code: 'digest-mismatch' });
    expect((await index(image, { extractors: notes })).opened).toBe(2);
  });
});

describe('a claim that is not true is refused, whatever is known of the layer', () => {
  const content = tar(entry({ name: 'x.note' }, '1'));
  const stored = gzipSync(content);

  it('a diff id', async () => {
    const layer = layerSource(stored, 0, content);
    await index({ ...imageOf(), layers: [layer] }, { extractors: notes });
    const lying: Digest = `sha256:${'0'.repeat(64)}`;
    const claim = index({ ...imageOf(), layers: [{ ...layer, diffId: lying }] }, { extractors: notes });
    await expect(claim).rejects.toMatchObject({ code: 'digest-mismatch' });
    expect((await index({ ...imageOf(), layers: [layer] }, { extractors: notes })).opened).toBe(0);
  });

  it('a diff id that was not asked for when the layer was read', async () => {
    const { diffId: _, ...layer } = layerSource(stored, 0, content);
    await index({ ...imageOf(), layers: [layer] }, { extractors: notes });
    const claim = index({ ...imageOf(), layers: [layerSource(stored, 0, tar())] }, { extractors: notes });
    await expect(claim).rejects.toMatchObject({ code: 'digest-mismatch' });
    const counts = [
      await index({ ...imageOf(), layers: [layerSource(stored, 0, content)] }, { extractors: notes }),
      await index({ ...imageOf(), layers: [layer] }, { extractors: notes }),
    ];
    expect(counts.map(({ opened }) => opened)).toEqual([1, 0]);
  });

  it('the digest that the configuration of a docker archive gives to other bytes', async () => {
    const file = (name: string) =>
      buildImage({
        platform: { os: 'linux', architecture: 'amd64' },
        created: '2026-01-01T00:00:00Z',
        steps: [{ createdBy: 'COPY', files: [{ path: name, content: '1' }], compression: 'none' }],
      });
    const honest = dockerArchive(file('good.note'), []);
    const lie = Buffer.from(honest);
    const at = lie.indexOf('good.note');
    // Same length, and a sum of bytes that the header's checksum holds: only the digest can tell.
    lie.write('doog.note', at);
    const scanned = async (bytes: Buffer) => {
      writeFileSync(join(work, 'image.tar'), bytes);
      const target = await openTarget(`docker-archive:${join(work, 'image.tar')}`, {
        platform: 'linux/amd64',
        registry: { http: createHttp({}), credentials: { find: async () => undefined } },
      });
      try {
        return (await index(target as ImageTarget, { extractors: notes })).inventory.packages.map((one) => one.path);
      } finally {
        await target.close();
      }
    };
    expect(await scanned(honest)).toEqual(['good.note']);
    expect(await scanned(honest)).toEqual(['good.note']);
    await expect(scanned(lie)).rejects.toMatchObject({ code: 'digest-mismatch' });
  });
});

describe('what known layers came to', () => {
  const image = imageOf(tar(entry({ name: 'x.note' }, '1')), tar(entry({ name: 'y.note' }, '1')));
  const options = { extractors: notes };
  const kept = (): string[] => readdirSync(join(work, 'layers')).filter((name) => name.includes('-inventory-'));
  /** Reads the image until what it came to is kept; then only that is left. */
  const known = async (of: ImageTarget): Promise<void> => {
    for (let run = 0; run < 2; run++) await index(of, options);
    for (const name of readdirSync(join(work, 'layers'))) if (!kept().includes(name)) rmSync(join(work, 'layers', name));
  };

  it('is kept at the second scan, and then enough', async () => {
    await index(image, options);
    expect(kept()).toEqual([]);
    await known(image);
    expect(kept()).toHaveLength(1);
    const { inventory, opened } = await index(image, options);
    expect(opened).toBe(0);
    expect(inventory).toStrictEqual((await index(image, { ...options, cache: undefined })).inventory);
  });

  it.each([
    [
      'another instruction',
      (layers: ImageTarget['layers']) => layers.map((one) => ({ ...one, info: { ...one.info, createdBy: 'RUN other' } })),
    ],
    [
      'another diff id',
      (layers: ImageTarget['layers']) =>
        layers.map((one) => ({ ...one, info: { ...one.info, diffId: `sha256:${'0'.repeat(64)}` as Digest } })),
    ],
    [
      'another order',
      (layers: ImageTarget['layers']) =>
        layers.map((one, i) => ({ ...(layers[1 - i] ?? one), info: { ...(layers[1 - i] ?? one).info, index: i } })),
    ],
    ['fewer layers', (layers: ImageTarget['layers']) => layers.slice(0, 1)],
    ['a digest that is merely claimed', (layers: ImageTarget['layers']) => layers.map((one) => ({ ...one, digestIsClaimed: true }))],
  ])('is nothing to an image with %s', async (_what, change) => {
    await known(image);
    const other = { ...image, layers: change(image.layers) };
    const { inventory, opened } = await index(other, options);
    expect(opened).toBeGreaterThan(0);
    expect(inventory).toStrictEqual((await index(other, { ...options, cache: undefined })).inventory);
  });

  it('is made anew where it is damaged', async () => {
    await known(image);
    for (const name of kept()) writeFileSync(join(work, 'layers', name), 'damaged');
    expect((await index(image, options)).opened).toBe(2);
  });

  it('leaves the files that packages own out where nobody wants them', async () => {
    const owning: Extractor = {
      ...noteExtractor(),
      settle: (view) => ({
        packages: noteExtractor()
          .settle(view as never)
          .packages.map((one) => ({ ...one, files: ['a', 'b'] })),
      }),
    };
    const files = async (ownedFiles: boolean) =>
      (await index(image, { extractors: [owning], ownedFiles })).inventory.packages.map((one) => one.files);
    for (let run = 0; run < 2; run++) await files(true);
    expect([await files(true), await files(false)]).toEqual([
      [
        ['a', 'b'],
        ['a', 'b'],
      ],
      [undefined, undefined],
    ]);
  });
});
