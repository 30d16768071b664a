import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeTar } from '../../../testing/image-builder/index.ts';
import { imageOf, layerSource } from '../../../testing/layers.ts';
import { noteExtractor } from '../../../testing/note-extractor.ts';
import { entry, tar } from '../../../testing/odd-tar/index.ts';
import type { Extractor, OpenFile } from '../../extract/types.ts';
import type { ImageTarget, TreeTarget } from '../../image/types.ts';
import { PlimsollError } from '../../util/errors.ts';
import { type IndexOptions, type IndexProgress, indexTarget } from './index-target.ts';

const notes = { extractors: [noteExtractor()] };
const archive = writeTar(Array.from({ length: 300 }, (_, i) => ({ path: `d${i % 9}/f${i}.note`, content: 'v'.repeat(i * 10) })));

const imageWith = (stored: Buffer, unpacked: Buffer): ImageTarget => ({ ...imageOf(), layers: [layerSource(stored, 0, unpacked)] });
const codeOf = (image: ImageTarget, options: IndexOptions = notes): Promise<string> =>
  indexTarget(image, options).then(
    (inventory) => `${inventory.packages.length} packages`,
    (error: unknown) => (error instanceof PlimsollError ? error.code : Promise.reject(error)),
  );

describe('layers as stored', () => {
  it.each([
    ['plain', archive],
    ['gzip', gzipSync(archive)],
    ['zstd', zstdCompressSync(archive)],
  ])('%s', async (_, stored) => {
    expect(await codeOf(imageWith(stored, archive))).toBe('300 packages');
  });

  it('must unpack to what the configuration claims', async () => {
    const other = writeTar([{ path: 'x.note' }]);
    expect(await codeOf(imageWith(gzipSync(other), archive))).toBe('digest-mismatch');
    expect(await codeOf(imageWith(gzipSync(Buffer.concat([archive, Buffer.alloc(512)])), archive))).toBe('digest-mismatch');
  });

  it.each([
    ['a tar that is cut off', 'tar-truncated', archive.subarray(0, 5000)],
    ['a tar that is none', 'tar-malformed', Buffer.alloc(5000, 0x41)],
    ['a stream that is cut off', 'decompression-failed', gzipSync(archive).subarray(0, 500)],
    ['a compression that nobody reads', 'compression-unsupported', Buffer.from('fd377a585a0000045a5a', 'hex')],
  ])('%s ends the scan with the code %s', async (_, code, stored) => {
    expect(await codeOf(imageWith(stored, archive))).toBe(code);
  });

  it('that expand without end are refused', async () => {
    const zeros = tar(entry({ name: 'zeros' }, Buffer.alloc(3_000_000)));
    const limits = { expansion: { output: 1e9, ratio: 100, ratioFrom: 1_000_000 } };
    expect(await codeOf(imageWith(gzipSync(zeros), zeros), { ...notes, limits })).toBe('decompression-bomb');
    expect(await codeOf(imageWith(archive, archive), { ...notes, limits: { tar: { entries: 100, pathBytes: 100 } } })).toBe('tar-limit');
  });

  it('give an inventory or a coded error, however they are damaged', async () => {
    const stored = gzipSync(archive);
    for (let i = 0; i < 100; i++) {
      const copy = Buffer.from(i % 2 === 0 ? stored : archive);
      const at = (i * 104_729) % copy.length;
      copy[at] = (copy[at] as number) ^ (1 << (i % 8));
      const { diffId: _, ...layer } = layerSource(copy);
      expect(await codeOf({ ...imageOf(), layers: [layer] })).toMatch(/^(\d+ packages|tar-\w+|decompression-failed)$/);
    }
  });

  it('a path that leaves the root is a gap', async () => {
    const { gaps, packages } = await indexTarget(imageOf(tar(entry({ name: '../../x.note' }, 'v'))), notes);
    expect(packages).toEqual([]);
    expect(gaps).toMatchObject([{ code: 'unsupported', path: '../../x.note', incomplete: true, stage: 'image/walk' }]);
  });
});

describe('extractors', () => {
  const throwing = (error: Error): Extractor => ({
    ...noteExtractor(),
    extract: async (file) => (file.path === 'bad.note' ? Promise.reject(error) : file.path),
  });
  const image = imageOf(writeTar([{ path: 'bad.note' }, { path: 'good.note' }]));

  it.each([
    ['a coded error', new PlimsollError('file-too-large', { what: 'x', limit: 1 }), 'too-large'],
    ['any other error', new TypeError('x is undefined'), 'unreadable'],
  ])('that throw %s leave a gap and stop nobody else', async (_, error, code) => {
    const { packages, gaps } = await indexTarget(image, { extractors: [throwing(error)] });
    expect(packages.map((one) => one.path)).toEqual(['good.note']);
    expect(gaps).toMatchObject([{ code, path: 'bad.note', stage: 'lang/note', incomplete: true, layer: image.layers[0]?.info.digest }]);
  });

  it('get large files from disk, small ones from memory, and the same bytes from either', async () => {
    const seen = new Map<string, string>();
    const look = async (file: OpenFile): Promise<void> => {
      const random = await file.random();
      let streamed = 0;
      for await (const chunk of file.stream()) streamed += chunk.length;
      const middle = await random.read(file.size - 4, 100);
      const head = await file.head(3);
      const whole = await file.bytes(2 ** 25);
      const limited = await file.bytes(10).catch((error: PlimsollError) => error.code);
      seen.set(file.path, `${head} ${middle} ${random.size} ${streamed} ${whole.length} ${limited}`);
    };
    const watching: Extractor = { ...noteExtractor(), extract: look, settle: () => ({ packages: [] }) };
    const big = Buffer.alloc(17 * 2 ** 20);
    big.write('big', 0);
    big.write('tail', big.length - 4);
    const temp = mkdtempSync(join(tmpdir(), 'test-spill-'));
    await indexTarget(imageOf(writeTar([{ path: 'a.note', content: big }, { path: 'b.note', content: 'small tail' }])), { extractors: [watching], tempDir: temp }); // biome-ignore format: short
    rmSync(temp, { recursive: true });
    expect(seen.get('a.note')).toBe(`big tail ${big.length} ${big.length} ${big.length} file-too-large`);
    expect(seen.get('b.note')).toBe('sma tail 10 10 10 small tail');
  });
});

describe('on the way', () => {
  it('tells how many of the stored bytes are read', async () => {
    const seen: IndexProgress[] = [];
    await indexTarget(imageOf(archive, archive), { ...notes, onProgress: (progress) => seen.push(progress) });
    expect(seen.at(-1)).toMatchObject({ phase: 'layers', bytesDone: 2 * archive.length, bytesTotal: 2 * archive.length });
    expect(seen.map((one) => one.bytesDone)).toEqual(seen.map((one) => one.bytesDone).sort((a, b) => a - b));
  });

  it('stops when told to, before and in between', async () => {
    const early = AbortSignal.abort();
    expect(await codeOf(imageOf(archive), { ...notes, signal: early })).toBe('aborted');
    const controller = new AbortController();
    const options = { ...notes, signal: controller.signal, onProgress: () => controller.abort() };
    expect(await codeOf(imageOf(archive, archive), options)).toBe('aborted');
  });

  it('tells the first error, and reads no other layer on', async () => {
    const image = imageOf(Buffer.alloc(5000, 0x41), archive, archive, archive);
    let opened = 0;
    const layers = image.layers.map((layer) => ({ ...layer, open: () => layer.open().finally(() => opened++) }));
    expect(await codeOf({ ...image, layers }, { ...notes, concurrency: 2 })).toBe('tar-malformed');
    expect(opened).toBeLessThan(4);
  });
});

describe('folders', () => {
  let root: string;
  const target = (): TreeTarget => ({ kind: 'tree', info: { kind: 'rootfs', spec: root, name: root }, root, close: async () => undefined });
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'test-tree-'));
    mkdirSync(join(root, 'tree/a/b'), { recursive: true });
    writeFileSync(join(root, 'outside.note'), 'outside');
    root = join(root, 'tree');
    writeFileSync(join(root, 'a/b/x.note'), 'x');
    writeFileSync(join(root, 'a/y.note'), 'y');
    writeFileSync(join(root, 'z.note'), '');
    writeFileSync(join(root, 'a/other'), 'other');
    symlinkSync('../outside.note', join(root, 'link.note'));
    symlinkSync('..', join(root, 'up'));
    writeFileSync(join(root, 'run'), '#!', { mode: 0o755 });
  });
  afterAll(() => rmSync(join(root, '..'), { recursive: true, force: true }));

  it('are read whole, and no link is followed', async () => {
    const { packages, gaps, layers } = await indexTarget(target(), notes);
    expect(packages.map((one) => `${one.path}=${one.version}`)).toEqual(['a/b/x.note=x', 'a/y.note=y', 'z.note=']);
    expect([gaps, layers]).toEqual([[], []]);
    expect(packages[0]).not.toHaveProperty('layer');
  });

  it('hand out executables by their mode, and ask accept first', async () => {
    const heads: string[] = [];
    const accept = (head: Buffer): boolean => heads.push(String(head)) > 0;
    const { packages } = await indexTarget(target(), { extractors: [noteExtractor({ executable: true, accept })] });
    expect(packages.map((one) => one.path)).toEqual(['run']);
    expect(heads).toEqual(['#!']);
  });

  it.skipIf(process.platform !== 'linux')('have gaps where a file cannot be opened (needs Linux)', async () => {
    // Node cannot open by a name that is not UTF-8; nor could it as another user, which root is not refused.
    const odd = Buffer.concat([Buffer.from(`${root}/a/`), Buffer.from([0xff]), Buffer.from('.note')]);
    writeFileSync(odd, 'odd');
    const { gaps } = await indexTarget(target(), notes).finally(() => rmSync(odd));
    expect(gaps).toMatchObject([{ code: 'unreadable', path: 'a/\ufffd.note', params: { what: 'ENOENT' }, incomplete: true }]);
    expect(JSON.stringify(gaps)).not.toContain(root);
  });

  it('that are not there are an error', async () => {
    await expect(indexTarget({ ...target(), root: join(root, 'none') }, notes)).rejects.toMatchObject({ code: 'target-missing' });
  });

  it('stop when told to', async () => {
    await expect(indexTarget(target(), { ...notes, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });
  });
});
