import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { type NvdCve, type NvdServer, startNvd } from '../../../testing/nvd-server.ts';
import { temporary, upstreamContract } from '../../../testing/upstream-contract.ts';
import { createHttp } from '../../util/http/index.ts';
import { type DiskMirror, openMirror } from '../mirror/index.ts';
import { nvdUpstream } from './upstream.ts';

upstreamContract(nvdUpstream, {
  files: { '2.0': readFileSync(new URL('testdata/page.json', import.meta.url)) },
  mirrored: { 'cves-0000000.jsonl.gz': 'nvd' },
  folder: false,
});

const NOW = new Date('2026-11-22T00:00:00Z');
const DAY_MS = 24 * 3600 * 1000;

const servers: NvdServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** So many CVEs that were changed long ago. */
function cvesOf(count: number): readonly NvdCve[] {
  return Array.from({ length: count }, (_, number) => cve(number));
}

function cve(number: number, lastModified = '2024-01-01T00:00:00.000', vulnStatus = 'Analyzed') {
  return { id: `CVE-2020-${String(number).padStart(4, '0')}`, lastModified, published: '2020-01-01T00:00:00.000', vulnStatus };
}

async function nvdWith(count: number): Promise<NvdServer> {
  const server = await startNvd(cvesOf(count), NOW);
  servers.push(server);
  return server;
}

interface Settings {
  readonly folder: string;
  readonly now?: Date;
  readonly key?: string;
  readonly pauses?: number[];
}

function mirrorOf(server: NvdServer, { folder, now = NOW, key, pauses = [] }: Settings): DiskMirror {
  return openMirror({
    folder,
    upstream: nvdUpstream,
    urls: [server.url],
    http: createHttp({ sleep: async () => {} }),
    now,
    ...(key === undefined ? {} : { key }),
    pause: async (milliseconds) => void pauses.push(milliseconds),
  });
}

/** Ids and states of all mirrored CVEs, in the order of the files. */
function held(mirror: DiskMirror): string[] {
  return mirror.names().flatMap((name) =>
    gunzipSync(mirror.read(name))
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as NvdCve & { readonly vulnStatus: string })
      .map(({ id, vulnStatus }) => `${id} ${vulnStatus}`),
  );
}

const all = (count: number) => cvesOf(count).map(({ id }) => `${id} Analyzed`);

describe('the first load', () => {
  it('takes page after page, and asks for what changed meanwhile', async () => {
    const server = await nvdWith(4500);
    const mirror = mirrorOf(server, { folder: temporary() });
    await nvdUpstream.update(mirror);
    expect(mirror.names()).toEqual(['cves-0000000.jsonl.gz', 'cves-0002000.jsonl.gz', 'cves-0004000.jsonl.gz']);
    expect(held(mirror)).toEqual(all(4500));
    expect(server.pages).toEqual([
      '?resultsPerPage=2000&startIndex=0',
      '?resultsPerPage=2000&startIndex=2000',
      '?resultsPerPage=2000&startIndex=4000',
      '?lastModStartDate=2026-11-21T20:00:00.000Z&lastModEndDate=2026-11-22T00:00:00.000Z&resultsPerPage=2000&startIndex=0',
    ]);
  });

  it('goes on where a process was killed, whatever it was doing', async () => {
    const server = await nvdWith(4500);
    for (let step = 1; ; step++) {
      const folder = temporary();
      const before = server.pages.length;
      const killed = await nvdUpstream.update(dying(mirrorOf(server, { folder }), step)).then(
        () => false,
        () => true,
      );
      if (!killed) {
        // Three files, two notes on the way, one at the end of the load and one of the changes.
        expect(step).toBe(8);
        break;
      }
      const mirror = mirrorOf(server, { folder });
      await nvdUpstream.update(mirror);
      expect([step, held(mirror)]).toEqual([step, all(4500)]);
      // At most one page more than without: the one whose number was not noted.
      expect(server.pages.length - before).toBeLessThanOrEqual(6);
    }
  });

  it('begins anew where a mirrored file is gone', async () => {
    const server = await nvdWith(2100);
    const folder = temporary();
    const first = mirrorOf(server, { folder });
    await nvdUpstream.update(first);
    first.save();
    first.remove('cves-0002000.jsonl.gz');
    const state = readFileSync(`${folder}/.mirror.json`, 'utf8');
    expect(state).toContain('cves-0002000');
    const second = mirrorOf(server, { folder });
    await nvdUpstream.update(second);
    expect(held(second)).toEqual(all(2100));
  });
});

describe('later updates', () => {
  it('replace what changed, add what is new, drop nothing', async () => {
    const server = await nvdWith(2100);
    const folder = temporary();
    await nvdUpstream.update(mirrorOf(server, { folder }));
    server.pages.splice(0);
    server.now = new Date(NOW.getTime() + DAY_MS);
    server.cves[3] = cve(3, '2026-11-22T12:00:00.000', 'Rejected');
    server.cves[2050] = cve(2050, '2026-11-22T12:00:00.000', 'Modified');
    server.cves.push(cve(9000, '2026-11-22T13:00:00.000', 'Received'));
    const mirror = mirrorOf(server, { folder, now: server.now });
    await nvdUpstream.update(mirror);
    const expected = all(2100);
    expected[3] = 'CVE-2020-0003 Rejected';
    expected[2050] = 'CVE-2020-2050 Modified';
    expect(held(mirror)).toEqual([...expected, 'CVE-2020-9000 Received']);
    expect(server.pages).toHaveLength(1);
    expect(mirror.traffic.changed).toBe(3);
  });

  it('put what is new into further files when the last one is full', async () => {
    const server = await nvdWith(2000);
    const folder = temporary();
    await nvdUpstream.update(mirrorOf(server, { folder }));
    server.now = new Date(NOW.getTime() + DAY_MS);
    for (let number = 5000; number < 9100; number++) server.cves.push(cve(number, '2026-11-22T12:00:00.000'));
    const mirror = mirrorOf(server, { folder, now: server.now });
    await nvdUpstream.update(mirror);
    expect(mirror.names().length).toBe(4);
    expect(held(mirror)).toEqual(server.cves.map(({ id }) => `${id} Analyzed`));
  });

  it('change nothing where nothing changed', async () => {
    const server = await nvdWith(10);
    const folder = temporary();
    await nvdUpstream.update(mirrorOf(server, { folder }));
    const mirror = mirrorOf(server, { folder });
    await nvdUpstream.update(mirror);
    expect(mirror.traffic.changed).toBe(0);
  });

  it('ask for months in spans of 120 days', async () => {
    const server = await nvdWith(10);
    const folder = temporary();
    await nvdUpstream.update(mirrorOf(server, { folder }));
    server.pages.splice(0);
    server.cves[0] = cve(0, '2027-06-01T00:00:00.000', 'Modified');
    server.now = new Date(NOW.getTime() + 300 * DAY_MS);
    const mirror = mirrorOf(server, { folder, now: server.now });
    await nvdUpstream.update(mirror);
    expect(server.pages.map((page) => /Start.*?T..(?=.*End)/.exec(page)?.[0])).toEqual([
      'StartDate=2026-11-21T20',
      'StartDate=2027-03-21T20',
      'StartDate=2027-07-19T20',
    ]);
    expect(held(mirror)[0]).toBe('CVE-2020-0000 Modified');
  });

  it('skip nothing where this clock is ahead of the NVD’s', async () => {
    const server = await nvdWith(10);
    const folder = temporary();
    const ahead = new Date(NOW.getTime() + 10 * DAY_MS);
    await nvdUpstream.update(mirrorOf(server, { folder, now: ahead }));
    server.cves[0] = cve(0, '2026-11-23T00:00:00.000', 'Modified');
    const mirror = mirrorOf(server, { folder, now: ahead });
    await nvdUpstream.update(mirror);
    expect(held(mirror)[0]).toBe('CVE-2020-0000 Modified');
  });
});

describe('manners', () => {
  it.each([
    [undefined, [6000, 6000]],
    ['secret', [600, 600]],
  ])('pauses between requests, less with a key: %s', async (key, expected) => {
    const server = await nvdWith(2100);
    const pauses: number[] = [];
    await nvdUpstream.update(mirrorOf(server, { folder: temporary(), pauses, ...(key === undefined ? {} : { key }) }));
    expect(pauses).toEqual(expected);
    expect(new Set(server.keys)).toEqual(new Set([key]));
  });

  it.each([403, 503])('waits the window out when it is told %i', async (status) => {
    const server = await nvdWith(10);
    const pauses: number[] = [];
    // 503 is asked again by every request first.
    server.faults.push(...Array.from({ length: status === 403 ? 2 : 8 }, () => status));
    const mirror = mirrorOf(server, { folder: temporary(), pauses });
    await nvdUpstream.update(mirror);
    expect(held(mirror)).toEqual(all(10));
    expect(pauses.slice(0, 2)).toEqual([30_000, 6000]);
  });

  it.each([403, 429])('gives up after five times %i, and says what to do', async (status) => {
    const server = await nvdWith(10);
    server.faults.push(...Array.from({ length: 100 }, () => status));
    await expect(nvdUpstream.update(mirrorOf(server, { folder: temporary() }))).rejects.toMatchObject({
      code: 'nvd-refused',
      params: { status },
    });
  });

  it('says that the key is unknown', async () => {
    const server = await nvdWith(10);
    server.faults.push(404);
    await expect(nvdUpstream.update(mirrorOf(server, { folder: temporary(), key: 'wrong' }))).rejects.toMatchObject({
      code: 'nvd-refused',
      params: { status: 404 },
    });
  });
});

describe('what is no page of the NVD', () => {
  const page = (rest: object) =>
    JSON.stringify({ totalResults: 1, timestamp: '2026-11-21T00:00:00.000', vulnerabilities: [{ cve: cve(1) }], ...rest });

  it.each([
    ['cut off', page({}).slice(0, -5)],
    ['a page for people', '<html>Service unavailable</html>'],
    ['a list', '[]'],
    ['fewer CVEs than it says', page({ totalResults: 2 })],
    ['more CVEs than it says', page({ totalResults: 0 })],
    ['no CVE at all', page({ totalResults: 0, vulnerabilities: [] })],
    ['a number of CVEs that is none', page({ totalResults: -1 })],
    ['a number of CVEs beyond reason', page({ totalResults: 1e15 })],
    ['no date', page({ timestamp: 'now' })],
  ])('is refused, and what is mirrored stays: %s', async (_, body) => {
    const server = await nvdWith(10);
    const folder = temporary();
    await nvdUpstream.update(mirrorOf(server, { folder }));
    server.faults.push(body);
    if (body.includes('"totalResults":0,') && body.includes('"vulnerabilities":[]')) {
      // Nothing changed: that is how an update ends.
      await nvdUpstream.update(mirrorOf(server, { folder }));
      const anew = temporary();
      server.faults.push(body);
      await expect(nvdUpstream.update(mirrorOf(server, { folder: anew }))).rejects.toMatchObject({ code: 'feed-malformed' });
    } else {
      await expect(nvdUpstream.update(mirrorOf(server, { folder }))).rejects.toMatchObject({ code: 'feed-malformed' });
    }
    expect(held(mirrorOf(server, { folder }))).toEqual(all(10));
  });
});

/** A mirror whose process ends as it is about to write for the `step`th time. */
function dying(mirror: DiskMirror, step: number): DiskMirror {
  let left = step;
  const fatal = new Set<string | symbol>(['write', 'remember']);
  return new Proxy(mirror, {
    get: (target, property) => {
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== 'function') return value;
      return (...values: unknown[]) => {
        if (fatal.has(property) && --left === 0) throw new Error('killed');
        return Reflect.apply(value, target, values);
      };
    },
  });
}
