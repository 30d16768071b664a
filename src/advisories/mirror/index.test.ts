import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporary, testMirror, testUpstream } from '../../../testing/upstream-contract.ts';
import { PlimsollError } from '../../util/errors.ts';

const UPSTREAM = { id: 'trial', url: 'https://trial.example/feeds/' };
const LONG = Buffer.from(Array.from({ length: 200_000 }, (_, i) => i % 251));

async function code(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof PlimsollError ? error.code : `not coded: ${String(error)}`;
}

describe('a file', () => {
  it('is fetched once, asked for by its tag after that, and fetched again when it is another', async () => {
    const server = await testUpstream({ files: { 'a/one.json': 'first' } });
    const mirror = testMirror(UPSTREAM, server.url);
    expect(await mirror.fetch('a/one.json')).toBe('new');
    expect(await mirror.fetch('a/one.json')).toBe('same');
    server.put('a/one.json', 'second');
    expect(await mirror.fetch('a/one.json')).toBe('new');
    expect(mirror.read('a/one.json').toString()).toBe('second');
    expect(mirror.names()).toEqual(['a/one.json']);
    expect(server.log.map(({ status }) => status)).toEqual([200, 304, 200]);
    expect(mirror.traffic).toEqual({ bytes: 11, changed: 2 });
  });

  it('is known to the next process', async () => {
    const server = await testUpstream({ files: { 'one.json': 'first' } });
    const folder = temporary();
    const first = testMirror(UPSTREAM, server.url, { folder });
    await first.fetch('one.json');
    first.remember('cursor', '7');
    first.save('2026-11-22T00:00:00Z');
    const second = testMirror(UPSTREAM, server.url, { folder });
    expect(second.recall('cursor')).toBe('7');
    expect(await second.fetch('one.json')).toBe('same');
    expect(server.log.map(({ status }) => status)).toEqual([200, 304]);
  });

  it('is asked for by its date where the server has no tags', async () => {
    const server = await testUpstream({ files: { 'one.json': 'first' }, etag: 'none' });
    const mirror = testMirror(UPSTREAM, server.url);
    await mirror.fetch('one.json');
    expect(await mirror.fetch('one.json')).toBe('same');
    expect(server.log.at(-1)).toMatchObject({ status: 304 });
  });

  it('is the same where its bytes are, whatever the server says', async () => {
    const server = await testUpstream({ files: { 'one.json': 'first' }, etag: 'none', lastModified: false });
    const mirror = testMirror(UPSTREAM, server.url);
    await mirror.fetch('one.json');
    expect(await mirror.fetch('one.json')).toBe('same');
    expect(server.log.at(-1)).toMatchObject({ status: 200 });
    expect(mirror.traffic.changed).toBe(1);
  });

  it('that upstream does not have is absent, and what was mirrored stays', async () => {
    const server = await testUpstream({ files: { 'one.json': 'first' } });
    const mirror = testMirror(UPSTREAM, server.url);
    await mirror.fetch('one.json');
    server.delete('one.json');
    expect(await mirror.fetch('one.json')).toBe('absent');
    expect(mirror.read('one.json').toString()).toBe('first');
    expect(await mirror.get('two.json')).toBeUndefined();
  });

  it('that was damaged on disk is fetched in full, and cursors are forgotten', async () => {
    const server = await testUpstream({ files: { 'one.json': 'first' } });
    const folder = temporary();
    const first = testMirror(UPSTREAM, server.url, { folder });
    await first.fetch('one.json');
    first.remember('cursor', '7');
    writeFileSync(join(folder, 'one.json'), 'fi');
    utimesSync(join(folder, 'one.json'), 1, 1);
    const second = testMirror(UPSTREAM, server.url, { folder });
    expect(second.recall('cursor')).toBeUndefined();
    expect(await second.fetch('one.json')).toBe('new');
    expect(second.read('one.json').toString()).toBe('first');
  });

  it('that was replaced just before a process was killed is asked for in full, and cursors hold', async () => {
    const server = await testUpstream({ files: { 'one.json': 'first' } });
    const folder = temporary();
    const first = testMirror(UPSTREAM, server.url, { folder });
    await first.fetch('one.json');
    first.remember('cursor', '7');
    server.put('one.json', 'second!');
    await first.fetch('one.json');
    const second = testMirror(UPSTREAM, server.url, { folder });
    expect(second.recall('cursor')).toBe('7');
    await second.fetch('one.json');
    expect(server.log.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(second.read('one.json').toString()).toBe('second!');
  });

  it.each([['{'], ['{"version":2}'], ['[]'], ['{"version":1,"files":{"one.json":{"size":"5"}},"cursors":{"a":1}}']])(
    'is fetched again where the state is %s',
    async (text) => {
      const server = await testUpstream({ files: { 'one.json': 'first' } });
      const folder = temporary();
      await testMirror(UPSTREAM, server.url, { folder }).fetch('one.json');
      writeFileSync(join(folder, '.mirror.json'), text);
      const mirror = testMirror(UPSTREAM, server.url, { folder });
      expect(mirror.recall('a')).toBeUndefined();
      expect(mirror.names()).toEqual(['one.json']);
      await mirror.fetch('one.json');
      expect(server.log.at(-1)?.status).toBe(200);
    },
  );
});

describe('a break', () => {
  it.each(['strong', 'weak', 'none'] as const)('is gone on after by range (tags: %s)', async (etag) => {
    const server = await testUpstream({ files: { 'long.bin': LONG }, etag });
    server.fail('long.bin', { kind: 'cut', after: 70_000 });
    const mirror = testMirror(UPSTREAM, server.url);
    expect(await mirror.fetch('long.bin')).toBe('new');
    expect(mirror.read('long.bin').equals(LONG)).toBe(true);
    const [first, second] = server.log;
    expect([first?.status, second?.status]).toEqual([200, 206]);
    expect(second?.headers['if-range']).toMatch(etag === 'strong' ? /^"\w+"$/ : /GMT$/);
    expect(second!.bytes).toBeLessThan(LONG.length);
  });

  it('begins anew where the file became another one meanwhile', async () => {
    const server = await testUpstream({ files: { 'long.bin': LONG } });
    const folder = temporary();
    server.fail('long.bin', { kind: 'cut', after: 70_000 }, 1);
    server.fail('long.bin', { kind: 'cut', after: 0 }, 3);
    expect(await code(testMirror(UPSTREAM, server.url, { folder }).fetch('long.bin'))).toBe('network-failed');
    const other = Buffer.from(LONG).reverse();
    server.put('long.bin', other);
    const mirror = testMirror(UPSTREAM, server.url, { folder });
    expect(await mirror.fetch('long.bin')).toBe('new');
    expect(server.log.at(-1)).toMatchObject({ status: 200, headers: { range: 'bytes=70000-' } });
    expect(mirror.read('long.bin').equals(other)).toBe(true);
  });

  it('is gone on after by another process; what is not whole is never seen', async () => {
    const server = await testUpstream({ files: { 'long.bin': LONG } });
    const folder = temporary();
    server.fail('long.bin', { kind: 'cut', after: 50_000 }, 1);
    server.fail('long.bin', { kind: 'cut', after: 0 }, 3);
    const first = testMirror(UPSTREAM, server.url, { folder });
    expect(await code(first.fetch('long.bin'))).toBe('network-failed');
    expect(first.names()).toEqual([]);
    server.log.splice(0);
    const second = testMirror(UPSTREAM, server.url, { folder });
    expect(await second.fetch('long.bin')).toBe('new');
    expect(server.log.map(({ status }) => status)).toEqual([206]);
    expect(second.read('long.bin').equals(LONG)).toBe(true);
    expect(readdirSync(folder).filter((name) => name.startsWith('.partial'))).toEqual([]);
  });

  it('begins anew on a server without ranges', async () => {
    const server = await testUpstream({ files: { 'long.bin': LONG }, ranges: false });
    server.fail('long.bin', { kind: 'cut', after: 70_000 });
    const mirror = testMirror(UPSTREAM, server.url);
    await mirror.fetch('long.bin');
    expect(server.log.map(({ status }) => status)).toEqual([200, 200]);
    expect(mirror.read('long.bin').equals(LONG)).toBe(true);
  });

  it('is found where the server falls silent', async () => {
    const server = await testUpstream({ files: { 'long.bin': LONG } });
    server.fail('long.bin', { kind: 'stall', after: 1000 });
    const mirror = testMirror(UPSTREAM, server.url, { timeoutMs: 200 });
    expect(await mirror.fetch('long.bin')).toBe('new');
    expect(server.log.map(({ status }) => status)).toEqual([200, 206]);
  });

  it('that happens every time is an error, and the old file stays', async () => {
    const server = await testUpstream({ files: { 'one.json': 'first' } });
    const mirror = testMirror(UPSTREAM, server.url);
    await mirror.fetch('one.json');
    server.put('one.json', 'second');
    server.fail('one.json', { kind: 'cut', after: 0 }, 20);
    expect(await code(mirror.fetch('one.json'))).toBe('network-failed');
    expect(mirror.read('one.json').toString()).toBe('first');
  });

  it('is not made of a partial file that is longer than the file', async () => {
    const server = await testUpstream({ files: { 'long.bin': LONG } });
    const folder = temporary();
    server.fail('long.bin', { kind: 'cut', after: 50_000 }, 1);
    server.fail('long.bin', { kind: 'cut', after: 0 }, 3);
    await code(testMirror(UPSTREAM, server.url, { folder }).fetch('long.bin'));
    const partial = readdirSync(folder).find((name) => /^\.partial-\w+$/.test(name))!;
    writeFileSync(join(folder, partial), Buffer.alloc(LONG.length + 5));
    const mirror = testMirror(UPSTREAM, server.url, { folder });
    expect(await mirror.fetch('long.bin')).toBe('new');
    expect(mirror.read('long.bin').equals(LONG)).toBe(true);
  });
});

describe('a busy server', () => {
  it('is asked again after as long as it says', async () => {
    const server = await testUpstream({ files: { 'one.json': 'first' } });
    server.fail('one.json', { kind: 'status', status: 429, retryAfter: 3 }, 2);
    expect(await testMirror(UPSTREAM, server.url).fetch('one.json')).toBe('new');
    expect(server.log.map(({ status }) => status)).toEqual([429, 429, 200]);
  });

  it('is left for the next mirror, and not asked first again', async () => {
    const files = { 'one.json': 'first', 'two.json': 'second' };
    const [busy, next] = [await testUpstream({ files }), await testUpstream({ files })];
    busy.fail('', { kind: 'status', status: 503 }, 100);
    const mirror = testMirror(UPSTREAM, [busy.url, next.url]);
    expect(await mirror.fetch('one.json')).toBe('new');
    const asked = busy.log.length;
    expect(await mirror.fetch('two.json')).toBe('new');
    expect((await mirror.get('two.json'))?.toString()).toBe('second');
    expect(busy.log.length).toBe(asked);
  });

  it('alone is an error', async () => {
    const server = await testUpstream({ files: { 'one.json': 'first' } });
    server.fail('', { kind: 'status', status: 503 }, 100);
    expect(await code(testMirror(UPSTREAM, server.url).fetch('one.json'))).toBe('http-status');
    expect(await code(testMirror(UPSTREAM, server.url).get('one.json'))).toBe('http-status');
  });

  it('that breaks off in the middle of a document is asked again', async () => {
    const server = await testUpstream({ files: { 'one.json': 'first' } });
    server.fail('one.json', { kind: 'cut', after: 2 }, 2);
    expect((await testMirror(UPSTREAM, server.url).get('one.json'))?.toString()).toBe('first');
    server.fail('one.json', { kind: 'cut', after: 2 }, 100);
    expect(await code(testMirror(UPSTREAM, server.url).get('one.json'))).toBe('network-failed');
  });

  it('may lack a file that the next mirror has; absent is what all of them lack', async () => {
    const [poor, rich] = [await testUpstream({ files: {} }), await testUpstream({ files: { 'one.json': 'first' } })];
    const mirror = testMirror(UPSTREAM, [poor.url, rich.url]);
    expect(await mirror.fetch('one.json')).toBe('new');
    expect(await mirror.fetch('two.json')).toBe('absent');
  });
});

it('never takes a web page for a file', async () => {
  const server = await testUpstream({ files: { 'one.json': 'first' } });
  const mirror = testMirror(UPSTREAM, server.url);
  await mirror.fetch('one.json');
  server.put('one.json', 'second');
  server.fail('one.json', { kind: 'page' });
  expect(await code(mirror.fetch('one.json'))).toBe('feed-malformed');
  expect(mirror.read('one.json').toString()).toBe('first');
});

describe('a folder as upstream', () => {
  it('is copied from, and asked for changes by date and size', async () => {
    const source = temporary();
    mkdirSync(join(source, 'a b'));
    writeFileSync(join(source, 'a b', 'one.json'), 'first');
    const mirror = testMirror(UPSTREAM, pathToFileURL(source).href);
    expect(mirror.list('a b/')).toEqual(['one.json']);
    expect(mirror.list('c')).toBeUndefined();
    expect(await mirror.fetch('a b/one.json')).toBe('new');
    expect(await mirror.fetch('a b/one.json')).toBe('same');
    expect(await mirror.fetch('a b/two.json')).toBe('absent');
    expect(await mirror.get('a b/two.json')).toBeUndefined();
    writeFileSync(join(source, 'a b', 'one.json'), 'second!');
    expect(await mirror.fetch('a b/one.json')).toBe('new');
    expect(mirror.read('a b/one.json').toString()).toBe('second!');
  });
});

describe('names', () => {
  it.each([
    '../up.json',
    'a/../../up.json',
    '/etc/passwd',
    'C:/windows',
    'a//b',
    'a\\b',
    'a\u0000b',
    '.mirror.json',
    'a/.git/config',
    '',
    `${'x'.repeat(256)}`,
    `${'x/'.repeat(600)}x`,
  ])('%j is refused before anything is asked', async (name) => {
    const server = await testUpstream({ files: {} });
    const folder = temporary();
    const mirror = testMirror(UPSTREAM, server.url, { folder });
    expect(await code(mirror.fetch('one.json', name))).toBe('feed-name-unsafe');
    expect(() => mirror.write(name, Buffer.from('x'))).toThrow(/cannot be mirrored/);
    expect(server.log).toEqual([]);
    expect(readdirSync(dirname(folder))).not.toContain('up.json');
  });

  it('that differ in case only are refused: some file systems would make one file of them', async () => {
    const mirror = testMirror(UPSTREAM, 'https://trial.example/');
    mirror.write('One.json', Buffer.from('1'));
    expect(() => mirror.write('one.json', Buffer.from('2'))).toThrow(/case only/);
    expect(mirror.read('One.json').toString()).toBe('1');
  });

  it('come from the path of the address, below the base, decoded, without its query', async () => {
    const server = await testUpstream({ files: { 'Red Hat/all.zip': 'x', 'Alpine:v3.20/all.zip': 'y' } });
    const mirror = testMirror(UPSTREAM, server.url);
    await mirror.fetch('Red Hat/all.zip');
    await mirror.fetch('Alpine:v3.20/all.zip?generation=3');
    await mirror.fetch(`${server.url}Red%20Hat/all.zip`);
    expect(mirror.names()).toEqual(['Alpine:v3.20/all.zip', 'Red Hat/all.zip']);
  });

  it.each([
    ['https://trial.example/', 'file:///etc/passwd'],
    ['https://trial.example/', 'http://other.example/x'],
    ['https://trial.example/', 'ftp://other.example/x'],
    ['https://trial.example/a/', '../b'],
    ['file:///tmp/nowhere/', '../b'],
    ['file:///tmp/nowhere/', 'file:///etc/passwd'],
  ])('of addresses: from %s nothing leads to %s', async (base, address) => {
    expect(await code(testMirror(UPSTREAM, base).get(address))).toBe('feed-address-refused');
  });

  it.each(['ftp://a.example/', 'nonsense', 'https://a.example/?key=1'])('of bases: %s is none', (url) => {
    expect(() => testMirror(UPSTREAM, url)).toThrow(PlimsollError);
  });
});

describe('what an upstream writes', () => {
  it('is in place at once, counted where it is other than before, and removed when asked', () => {
    const folder = temporary();
    const mirror = testMirror(UPSTREAM, 'https://trial.example/', { folder });
    mirror.write('a/one.json', Buffer.from('1'));
    mirror.write('a/one.json', Buffer.from('1'));
    expect(mirror.traffic.changed).toBe(1);
    expect(readFileSync(join(folder, 'a/one.json'), 'utf8')).toBe('1');
    mirror.remove('a/one.json');
    mirror.remove('a/one.json');
    expect(mirror.names()).toEqual([]);
    expect(mirror.traffic.changed).toBe(2);
    expect(() => mirror.read('a/one.json')).toThrow(/has no a\/one.json/);
  });

  it('is never kept of a document longer than allowed', async () => {
    const server = await testUpstream({ files: { 'long.bin': LONG } });
    expect(await code(testMirror(UPSTREAM, server.url).get('long.bin', { limit: 1000 }))).toBe('response-too-large');
  });
});
