import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isArchive } from '../src/advisories/db/archive.ts';
import { advisorySources } from '../src/advisories/index.ts';
import { type DiskMirror, openMirror } from '../src/advisories/mirror/index.ts';
import type { Upstream } from '../src/advisories/types.ts';
import { createHttp } from '../src/util/http/index.ts';
import { startUpstream, type UpstreamServer, type UpstreamServerSettings } from './upstream-server/index.ts';

export interface UpstreamCase {
  /** The upstream's own layout: what is served, by path below its address. */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  /** Names that the mirror must hold afterwards, and the feed that each belongs to; `''` for archives, whose entries do, and for indexes. */
  readonly mirrored: Readonly<Record<string, string>>;
  /** Entries of mirrored archives and their feeds: `all.zip/GHSA-1.json`. */
  readonly entries?: Readonly<Record<string, string>>;
  /** False for upstreams that speak to an API only and have no form as a folder. */
  readonly folder?: false;
  /** False for upstreams that do not begin with a document that must be there. */
  readonly mustExist?: false;
}

const NOW = new Date('2026-11-22T00:00:00Z');

export interface TestMirrorSettings {
  readonly folder?: string;
  readonly now?: Date;
  readonly timeoutMs?: number;
}

/** A mirror in a new temporary folder, or in `folder`; pauses take no time. */
export function testMirror(
  upstream: Pick<Upstream, 'id' | 'url'>,
  url: string | readonly string[],
  settings: TestMirrorSettings = {},
): DiskMirror {
  const folder = settings.folder ?? temporary();
  const http = createHttp({ sleep: async () => {}, timeoutMs: settings.timeoutMs ?? 5000 });
  const urls = typeof url === 'string' ? [url] : url;
  return openMirror({ folder, upstream, urls, http, now: settings.now ?? NOW, pause: async () => {} });
}

/** A server that is closed when the test ends. */
export async function testUpstream(settings: UpstreamServerSettings): Promise<UpstreamServer> {
  const server = await startUpstream(settings);
  // Not by afterEach: files share this module, and only the first of them would have it.
  onTestFinished(() => server.close());
  return server;
}

/** A folder that is removed when the test ends. */
export function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-upstream-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** What every upstream does, whatever it fetches. Give it the smallest whole layout of its own. */
export function upstreamContract(upstream: Upstream, { files, mirrored, entries = {}, folder, mustExist }: UpstreamCase): void {
  describe(`${upstream.id}, as every upstream`, () => {
    it('is described', () => {
      expect(upstream.id).toMatch(/^[a-z0-9][a-z0-9-]*$/);
      expect(upstream.url).toMatch(/^https:\/\/.*\/$/);
      const known = new Set(advisorySources.map(({ id }) => id));
      expect(upstream.feeds.filter((feed) => !known.has(feed))).toEqual([]);
    });

    it('mirrors what its feeds claim', async () => {
      const server = await testUpstream({ files });
      const mirror = testMirror(upstream, server.url);
      await upstream.update(mirror);
      expect(mirror.names()).toEqual(Object.keys(mirrored).sort());
      for (const [name, feed] of Object.entries({ ...mirrored, ...entries })) {
        if (feed === '' || isArchive(name)) continue;
        const path = `${upstream.id}/${name}`;
        expect([path, advisorySources.find((source) => source.claims(path))?.id]).toEqual([path, feed]);
        expect(upstream.feeds).toContain(feed);
      }
    });

    it('fetches nothing twice', async () => {
      const server = await testUpstream({ files });
      const first = testMirror(upstream, server.url, { folder: temporary() });
      await upstream.update(first);
      first.save();
      const changed = first.traffic.changed;
      await upstream.update(first);
      expect(first.traffic.changed).toBe(changed);
      expect(first.names()).toEqual(Object.keys(mirrored).sort());
    });

    it('goes on after a break and after "too many requests"', async () => {
      const server = await testUpstream({ files });
      server.fail('', { kind: 'cut', after: 3 });
      server.fail('', { kind: 'status', status: 429, retryAfter: 1 });
      const mirror = testMirror(upstream, server.url);
      await upstream.update(mirror);
      expect(mirror.names()).toEqual(Object.keys(mirrored).sort());
    });

    if (mustExist !== false)
      it('fails where upstream is empty, and keeps what it had', async () => {
        const server = await testUpstream({ files });
        const place = temporary();
        const mirror = testMirror(upstream, server.url, { folder: place });
        await upstream.update(mirror);
        mirror.save();
        const empty = await testUpstream({});
        await expect(upstream.update(testMirror(upstream, empty.url, { folder: place }))).rejects.toMatchObject({ name: 'PlimsollError' });
        expect(testMirror(upstream, server.url, { folder: place }).names()).toEqual(Object.keys(mirrored).sort());
      });

    if (folder !== false)
      it('reads a folder in the same layout', async () => {
        const source = temporary();
        for (const [path, content] of Object.entries(files)) {
          mkdirSync(dirname(join(source, path)), { recursive: true });
          writeFileSync(join(source, path), content);
        }
        const mirror = testMirror(upstream, pathToFileURL(`${source}/`).href);
        await upstream.update(mirror);
        expect(mirror.names()).toEqual(Object.keys(mirrored).sort());
      });
  });
}
