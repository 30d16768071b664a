import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cacheKey, sampleEntry } from '../../testing/cache-entries.ts';
import { type CacheEntry, type LocalCache, openFolderCache } from './index.ts';

const WRITER = join(import.meta.dirname, '../../testing/cache-writer.ts');
const isRoot = process.getuid?.() === 0;
const any = () => true;
let work: string;
let folder: string;
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'plimsoll-cache-'));
  folder = join(work, 'deep/layers');
});
afterEach(() => rmSync(work, { recursive: true, force: true }));

function open(limit = 1e9, second = 0): LocalCache {
  const cache = openFolderCache({ folder, limit, now: new Date(1_700_000_000_000 + second * 1000) });
  if (!cache) throw new Error('refused');
  return cache;
}
const read = (cache: LocalCache, n: number): CacheEntry | undefined => cache.read(cacheKey(n), ['results', 'paths'], any);
const entries = (): string[] => readdirSync(folder).filter((name) => name.startsWith('sha256-'));

describe('an entry', () => {
  it('is what was written, block by block, for whoever asks for its very key', async () => {
    const cache = open();
    expect(read(cache, 1)).toBeUndefined();
    await cache.write(cacheKey(1), sampleEntry(1));
    expect(read(cache, 1)).toEqual(sampleEntry(1));
    expect(cache.read(cacheKey(1), ['results'], any)?.blocks).toEqual({ results: Buffer.from('entry 1') });
    expect(cache.read(cacheKey(1), ['absent'], any)).toBeUndefined();
    expect(cache.read(cacheKey(1), ['results'], ({ size }) => size === 2)).toBeUndefined();
    for (const other of [{ version: 'bb' }, { family: 'secrets' }, { digest: cacheKey(2).digest }]) {
      expect(cache.read({ ...cacheKey(1), ...other }, ['results'], any)).toBeUndefined();
    }
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, entries()[0] as string)).mode & 0o777).toBe(0o600);
  });

  it('with empty blocks comes back', async () => {
    const empty = { facts: {}, blocks: { results: Buffer.alloc(0) } };
    await open().write(cacheKey(1), empty);
    expect(open().read(cacheKey(1), ['results'], any)).toEqual(empty);
  });

  it('under another’s name is not taken', async () => {
    await open().write(cacheKey(1), sampleEntry(1));
    const [name] = entries() as [string];
    renameSync(join(folder, name), join(folder, name.replace(/[0-9a-f]{64}/, cacheKey(2).digest.slice(7))));
    expect(read(open(), 2)).toBeUndefined();
  });

  it('whose key makes no file name is not kept', async () => {
    const odd = { ...cacheKey(1), digest: 'sha256:../../x' as const };
    await open().write(odd, sampleEntry(1));
    expect(open().read(odd, ['results'], any)).toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('that is damaged anywhere is absent, and written anew', async () => {
    const cache = open();
    await cache.write(cacheKey(1), sampleEntry(1));
    const path = join(folder, entries()[0] as string);
    const good = readFileSync(path);
    // Magic, length, checksum, head, both blocks, and their ends.
    const places = [
      0,
      7,
      8,
      11,
      12,
      43,
      44,
      100,
      300,
      ...Array.from({ length: 60 }, (_, i) => Math.floor((i * good.length) / 60)),
      good.length - 1,
    ];
    for (const at of places) {
      const bad = Buffer.from(good);
      bad[at] = (bad[at] as number) ^ 0x10;
      writeFileSync(path, bad);
      expect(read(cache, 1), `byte ${at}`).toBeUndefined();
    }
    for (const length of [0, 1, 8, 12, 43, 44, 60, 200, 5000, good.length - 1]) {
      writeFileSync(path, good.subarray(0, length));
      expect(read(cache, 1), `${length} bytes`).toBeUndefined();
    }
    writeFileSync(path, Buffer.from(`GARBAGE1${'x'.repeat(200)}`));
    expect(read(cache, 1)).toBeUndefined();
    await cache.write(cacheKey(1), sampleEntry(1));
    expect(read(cache, 1)).toEqual(sampleEntry(1));
  });
});

describe('what others may have written', () => {
  it('is no entry: a link, a folder, a file that all may write to', async () => {
    await open().write(cacheKey(1), sampleEntry(1));
    const path = join(folder, entries()[0] as string);
    chmodSync(path, 0o666);
    expect(read(open(), 1)).toBeUndefined();
    chmodSync(path, 0o600);
    renameSync(path, join(work, 'elsewhere'));
    symlinkSync(join(work, 'elsewhere'), path);
    expect(read(open(), 1)).toBeUndefined();
    rmSync(path);
    mkdirSync(path);
    expect(read(open(), 1)).toBeUndefined();
  });

  it('is no cache: a folder that all may write to, a link, a file', () => {
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o777);
    expect(openFolderCache({ folder, limit: 1, now: new Date(0) })).toBeUndefined();
    chmodSync(folder, 0o700);
    symlinkSync(folder, join(work, 'link'));
    expect(openFolderCache({ folder: join(work, 'link'), limit: 1, now: new Date(0) })).toBeUndefined();
    writeFileSync(join(work, 'file'), '');
    expect(openFolderCache({ folder: join(work, 'file/below'), limit: 1, now: new Date(0) })).toBeUndefined();
  });

  it('is no entry and no cache where another user owns it', async () => {
    // Only root can give files away; to anybody else root's are another user's.
    if (!isRoot) return expect(openFolderCache({ folder: '/usr', limit: 1, now: new Date(0) })).toBeUndefined();
    await open().write(cacheKey(1), sampleEntry(1));
    chownSync(join(folder, entries()[0] as string), 12_345, 12_345);
    expect(read(open(), 1)).toBeUndefined();
    chownSync(folder, 12_345, 12_345);
    expect(openFolderCache({ folder, limit: 1, now: new Date(0) })).toBeUndefined();
  });
});

describe('the size', () => {
  const SIZE = 65_000;

  it('is bounded, and what was not used for longest goes first', async () => {
    for (let n = 0; n < 10; n++) {
      const cache = open(1e9, n);
      await cache.write(cacheKey(n), sampleEntry(n));
      cache.finish();
    }
    expect(read(open(1e9, 20), 0)).toBeDefined();
    const cache = open(5.6 * SIZE, 21);
    await cache.write(cacheKey(10), sampleEntry(10));
    cache.finish();
    const kept = Array.from({ length: 11 }, (_, n) => n).filter((n) => read(open(), n));
    expect(kept).toEqual([0, 7, 8, 9, 10]);
    expect(entries()).toHaveLength(5);
  });

  it('is counted only when the ledger says that there is too much, or cannot be read', async () => {
    const add = async (n: number, limit = 4.5 * SIZE): Promise<number> => {
      const cache = open(limit, n);
      await cache.write(cacheKey(n), sampleEntry(n));
      cache.finish();
      return entries().length;
    };
    expect([await add(0), await add(1), await add(2)]).toEqual([1, 2, 3]);
    expect(readFileSync(join(folder, 'used'), 'utf8').trim().split('\n')).toHaveLength(3);
    writeFileSync(join(folder, 'used'), '5\n');
    expect(await add(3)).toBe(4);
    expect(await add(4)).toBe(5);
    writeFileSync(join(folder, 'used'), 'nonsense');
    expect(await add(5)).toBe(4);
    expect(await add(6)).toBe(4);
  });

  it('has no room for an entry larger than all of it', async () => {
    await open(1000).write(cacheKey(1), sampleEntry(1));
    expect(readdirSync(folder)).toEqual([]);
  });

  it('does not count what killed writers left: it goes after an hour', async () => {
    const cache = open(1e9, 7200);
    for (const [name, second] of [
      ['old.tmp', 0],
      ['young.tmp', 7000],
    ] as const) {
      writeFileSync(join(folder, name), 'x');
      utimesSync(join(folder, name), 1_700_000_000 + second, 1_700_000_000 + second);
    }
    await cache.write(cacheKey(1), sampleEntry(1));
    cache.finish();
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual(['young.tmp']);
  });
});

describe('processes at the same time', () => {
  const COUNT = 8;
  const samples = Array.from({ length: COUNT }, (_, n) => sampleEntry(n));
  const start = (limit = 1e9): ChildProcess =>
    spawn(process.execPath, [WRITER, folder, String(COUNT), String(limit)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const started = (child: ChildProcess): Promise<void> => new Promise((resolve) => child.stdout?.once('data', () => resolve()));
  const kill = (child: ChildProcess): Promise<void> =>
    new Promise((resolve) => {
      child.once('exit', () => resolve());
      child.kill('SIGKILL');
    });
  /** Entries that are there; each must be what was written. */
  const whole = (): number => {
    const found = Array.from({ length: COUNT }, (_, n) => [n, read(open(), n)] as const).filter(([, entry]) => entry);
    const torn = found.filter(([n, entry]) => !entry?.blocks.paths?.equals(samples[n]?.blocks.paths as Buffer));
    expect(torn).toEqual([]);
    return found.length;
  };

  it('write, evict and read: an entry is whole or absent', async () => {
    const writers = [start(), start(300_000), start(300_000)];
    await Promise.all(writers.map(started));
    for (let i = 0; i < 60; i++) {
      whole();
      await setTimeout(2);
    }
    await Promise.all(writers.map(kill));
    expect(whole()).toBeGreaterThan(0);
  }, 60_000);

  it('killed at twenty points leave a working cache', async () => {
    for (let i = 0; i < 20; i++) {
      const writer = start(400_000);
      await started(writer);
      await setTimeout((i * 7919) % 23);
      await kill(writer);
      whole();
    }
    const cache = open(1e9, 1e6);
    for (let n = 0; n < COUNT; n++) await cache.write(cacheKey(n), sampleEntry(n));
    cache.finish();
    expect(whole()).toBe(COUNT);
  }, 60_000);
});
