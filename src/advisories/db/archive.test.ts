import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeTar } from '../../../testing/image-builder/tar-writer.ts';
import { writeZip } from '../../../testing/image-builder/zip-writer.ts';
import { PlimsollError } from '../../util/errors.ts';
import { archiveSlices } from './archive.ts';
import { buildDatabase } from './build.ts';

const NOW = new Date('2026-03-04T05:06:07Z');
const record = (id: string, ecosystem: string, fixed: string) =>
  JSON.stringify({
    id,
    modified: '2026-01-01T00:00:00Z',
    affected: [{ package: { ecosystem, name: 'acme' }, ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }] }],
  });

/** Two feeds in one folder, and what belongs to neither. */
const ENTRIES: Readonly<Record<string, string>> = {
  'top/ghsa/2026/GHSA-aaaa-aaaa-aaaa.json': record('GHSA-aaaa-aaaa-aaaa', 'npm', '1.1.0'),
  'top/ghsa/2026/GHSA-bbbb-bbbb-bbbb.json': record('GHSA-bbbb-bbbb-bbbb', 'npm', '1.2.0'),
  'top/pypa/PYSEC-2026-1.json': record('PYSEC-2026-1', 'PyPI', '1.3'),
  'top/README.md': '# Nothing to read here',
};

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'plimsoll-archive-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(name: string, content: string | Buffer): void {
  mkdirSync(dirname(join(root, 'in', name)), { recursive: true });
  writeFileSync(join(root, 'in', name), content);
}

const build = (out = 'out', workers = 0) =>
  buildDatabase({ from: join(root, 'in'), out: join(root, out), now: NOW, workers, threadsFrom: 0 });

async function failure(): Promise<string> {
  const error = await build().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof PlimsollError ? `${error.code}: ${error.params.detail ?? ''}` : String(error);
}

const tar = writeTar(Object.entries(ENTRIES).map(([path, content]) => ({ path, content })));
const zipOf = (entries: Readonly<Record<string, string>>) =>
  writeZip(Object.fromEntries(Object.entries(entries).map(([name, text]) => [name, Buffer.from(text)])));
const FORMS: Readonly<Record<string, Buffer>> = {
  'x.zip': zipOf(ENTRIES),
  'x.tar': tar,
  'x.tgz': gzipSync(tar),
  'x.tar.gz': gzipSync(tar),
  'x.tar.zst': zstdCompressSync(tar),
};

describe('an archive among the inputs', () => {
  it.each(Object.entries(FORMS))('is read as the folder that it is: %s', async (name, bytes) => {
    for (const [entry, text] of Object.entries(ENTRIES)) put(entry, text);
    const asFolder = await build('folder');
    rmSync(join(root, 'in'), { recursive: true });
    put(name, bytes);
    const built = await build('archive', name === 'x.zip' ? 2 : 0);
    expect(built.manifest.digest).toBe(asFolder.manifest.digest);
    expect(built.manifest.feeds.map(({ id, records }) => [id, records])).toEqual([
      ['ghsa', 2],
      ['pypa', 1],
    ]);
    expect(built.files.map((file) => file.name)).toEqual([name, name]);
  });

  it('gives way to a newer file beside it that is called as its entry', async () => {
    put('ghsa/all.zip', zipOf({ 'GHSA-a.json': record('GHSA-a', 'npm', '1.0.0'), 'GHSA-b.json': record('GHSA-b', 'npm', '1.0.0') }));
    put('ghsa/GHSA-a.json', record('GHSA-a', 'npm', '1.5.0'));
    const both = await build('both');
    rmSync(join(root, 'in'), { recursive: true });
    put('ghsa/GHSA-a.json', record('GHSA-a', 'npm', '1.5.0'));
    put('ghsa/GHSA-b.json', record('GHSA-b', 'npm', '1.0.0'));
    expect(both.manifest.digest).toBe((await build('loose')).manifest.digest);
    expect(both.manifest.feeds).toMatchObject([{ id: 'ghsa', records: 2 }]);
  });

  it('may name its entries as it likes: nothing is written', async () => {
    const name = '../../../ghsa/GHSA-evil.json';
    put('a/ghsa.zip', zipOf({ [name]: record('GHSA-a', 'npm', '1.0.0') }));
    expect((await build()).manifest.feeds).toMatchObject([{ id: 'ghsa', records: 1 }]);
    expect(existsSync(join(root, 'ghsa'))).toBe(false);
    expect(readdirSync(root).sort()).toEqual(['in', 'out']);
  });

  it('that holds nothing for any feed is named as unread', async () => {
    put('ghsa/GHSA-a.json', record('GHSA-a', 'npm', '1.0.0'));
    put('misc/docs.zip', zipOf({ 'README.md': 'x' }));
    expect((await build()).unread).toEqual(['misc/docs.zip']);
    rmSync(join(root, 'in', 'ghsa'), { recursive: true });
    expect(await failure()).toMatch(/^database-no-feeds/);
  });

  it.each([
    ['x.zip', FORMS['x.zip']!.subarray(0, 300)],
    ['x.zip', Buffer.from('no archive')],
    ['x.tar', tar.subarray(0, 700)],
    ['x.tar.gz', FORMS['x.tgz']!.subarray(0, 200)],
    ['x.tar.gz', gzipSync('no archive')],
    ['x.tar.zst', FORMS['x.tar.zst']!.subarray(0, 150)],
  ])('that is cut off or none fails with its name, and no database is made: %s', async (name, bytes) => {
    put(`sub/${name}`, bytes);
    expect(await failure()).toContain(`database-input: sub/${name}`);
    expect(readdirSync(join(root, 'out'))).toEqual([]);
  });

  it('is read in parts where it has many entries', async () => {
    const entries = Object.fromEntries(
      Array.from({ length: 30_001 }, (_, i) => [`ghsa/GHSA-${i}.json`, record(`GHSA-${i}`, 'npm', '1.0.0')]),
    );
    put('x.zip', zipOf(entries));
    const slices = await archiveSlices(join(root, 'in', 'x.zip'));
    expect(slices.map(({ from }) => from)).toEqual([0, 25_000]);
    expect((await build('threads', 2)).manifest.feeds).toMatchObject([{ id: 'ghsa', records: 30_001 }]);
  });
});
