import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { extractorContract } from '../../../../testing/extractor-contract.ts';
import { gapRecorder, mergedView, openFile } from '../../../../testing/open-file.ts';
import type { Settled } from '../../types.ts';
import { dpkg } from './index.ts';

const ADMIN = fileURLToPath(new URL('testdata/admin/', import.meta.url));
const SAMPLE = readFileSync(`${ADMIN}status`, 'utf8');
const STATUS = 'var/lib/dpkg/status';
const DISTROLESS = 'Package: tzdata\nVersion: 2024a-0+deb12u1\nArchitecture: all\nMaintainer: GNU Libc Maintainers <a@lists.debian.org>\n';
const COPYRIGHT =
  'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\nFiles: *\nLicense: GPL-2+ or Artistic\n\nLicense: MIT\n Permission\n\nLicense: GPL-2+ or Artistic\n';

extractorContract(dpkg, import.meta.url, [
  { path: STATUS, content: SAMPLE },
  { path: 'var/lib/dpkg/status.d/tzdata', content: DISTROLESS },
  { path: 'var/lib/dpkg/status.d/tzdata.md5sums', content: `${'0'.repeat(32)}  usr/share/zoneinfo/UTC\n`, empty: true },
  { path: 'var/lib/dpkg/info/plain.list', content: '/.\n/usr\n/usr/bin\n/usr/bin/plain\n', empty: true },
  { path: 'usr/share/doc/plain/copyright', content: COPYRIGHT, empty: true },
]);

interface Placed {
  readonly path: string;
  readonly content: string;
  readonly layer?: number;
}

async function settle(files: readonly Placed[], options: Parameters<typeof mergedView>[1] = {}): Promise<Settled & { noticed: unknown[] }> {
  const ctx = gapRecorder();
  const partials = [];
  for (const { path, content, layer = 0 } of files) {
    const partial = await dpkg.extract(openFile(path, content), ctx);
    if (partial) partials.push({ path, layer, partial });
  }
  return { ...dpkg.settle(mergedView(partials, options)), noticed: ctx.gaps };
}

function stanza(name: string, version: string, more = ''): string {
  return `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\n${more}\n`;
}

describe('status', () => {
  const fields = ['Package', 'Version', 'Architecture', 'source:Package', 'source:Version', 'Origin', 'db:Status-Status'];
  const format = `${fields.map((field) => `$\{${field}}`).join('|')}\n`;
  const oracle = spawnSync('dpkg-query', [`--admindir=${ADMIN}`, '--show', `--showformat=${format}`], { encoding: 'utf8' });

  it.skipIf(oracle.status !== 0)('lists what dpkg-query lists, but for packages that are gone (needs dpkg-query)', async () => {
    const { packages } = await settle([{ path: STATUS, content: SAMPLE }]);
    const ours = packages.map(({ name, version, arch, source, origin, evidence }) =>
      [name, version, arch, source?.name, source?.version, origin ?? '', evidence.detail?.split(': ')[1] ?? 'installed'].join('|'),
    );
    const theirs = oracle.stdout.split('\n').filter((line) => line !== '' && !line.endsWith('|config-files'));
    expect(ours.sort()).toEqual(theirs.sort());
  });

  it('gives source, maintainer, origin and purl', async () => {
    const { packages } = await settle([{ path: STATUS, content: SAMPLE }]);
    expect(packages.find(({ name }) => name === 'rebuilt')).toMatchObject({
      type: 'deb',
      version: '2:3.4-5+b1',
      source: { name: 'rebuilt-source', version: '2:3.4-5' },
      maintainer: 'Some Body <somebody@example.org>',
      purl: 'pkg:deb/rebuilt@2:3.4-5%2Bb1?arch=amd64',
      evidence: { kind: 'package-database', confidence: 'high' },
      path: STATUS,
      layer: 0,
    });
    expect(packages.find(({ name }) => name === 'half-way')?.evidence.confidence).toBe('medium');
  });

  it('reports a stanza without version, and goes on', async () => {
    const { packages, noticed } = await settle([
      { path: STATUS, content: `Package: broken\nStatus: install ok installed\n\n${stanza('a', '1')}` },
    ]);
    expect(packages.map(({ name }) => name)).toEqual(['a']);
    expect(noticed).toMatchObject([{ code: 'malformed', incomplete: true }]);
  });

  it('reports an end in the middle of a line', async () => {
    const { noticed } = await settle([{ path: STATUS, content: stanza('a', '1.23').slice(0, -3) }]);
    expect(noticed).toMatchObject([{ code: 'truncated', incomplete: true }]);
  });

  it('stops with a gap at a number of packages that nobody has, and reads no endless value', async () => {
    const many = await settle([{ path: STATUS, content: 'Package: a\nVersion: 1\n\n'.repeat(200_002) }]);
    expect(many.noticed).toMatchObject([{ code: 'too-large', incomplete: true }]);
    const long = await settle([{ path: STATUS, content: stanza('a', '1'.repeat(10_000)) }]);
    expect(long.packages).toEqual([]);
    expect(long.noticed).toMatchObject([{ code: 'malformed', incomplete: true }]);
  });

  it('refuses a file beyond the limit with a gap', async () => {
    const ctx = gapRecorder();
    const huge = { ...openFile(STATUS, SAMPLE), size: 1 << 30 };
    expect(await dpkg.extract(huge, ctx)).toBeUndefined();
    expect(ctx.gaps).toMatchObject([{ code: 'too-large', incomplete: true }]);
  });
});

describe('layers', () => {
  it('names the layer since which a version is there without a break', async () => {
    const { packages } = await settle([
      { path: STATUS, layer: 0, content: stanza('old', '1') + stanza('moved', '1') + stanza('back', '1') },
      { path: STATUS, layer: 2, content: stanza('old', '1') + stanza('moved', '2') },
      { path: STATUS, layer: 3, content: stanza('old', '1') + stanza('moved', '2') + stanza('back', '1') + stanza('new', '1') },
    ]);
    expect(Object.fromEntries(packages.map(({ name, layer }) => [name, layer]))).toEqual({ old: 0, moved: 2, back: 3, new: 3 });
  });

  it('reports a database that a later layer deleted', async () => {
    const { packages, gaps } = await settle([{ path: STATUS, content: SAMPLE }], { removed: [STATUS], layers: 2 });
    expect(packages).toEqual([]);
    expect(gaps).toMatchObject([{ code: 'unreadable', path: STATUS, stage: 'os/dpkg', incomplete: true }]);
  });
});

describe('files and licences', () => {
  it('lists owned paths without the folders above them, by architecture where the list has one', async () => {
    const { packages } = await settle([
      { path: STATUS, content: SAMPLE },
      {
        path: 'var/lib/dpkg/info/plain.list',
        content: '/.\n/usr\n/usr/bin\n/usr/bin/plain\n/usr/lib\n/usr/lib/.hidden\n/var\n/var/empty\n',
      },
      { path: 'var/lib/dpkg/info/shared-lib:amd64.list', content: '/usr/lib/x86_64-linux-gnu/libshared.so.5\n' },
      { path: 'var/lib/dpkg/info/shared-lib:i386.list', content: '/usr/lib/i386-linux-gnu/libshared.so.5\n' },
      { path: 'usr/share/doc/plain/copyright', content: COPYRIGHT },
    ]);
    const of = (name: string, arch: string) => packages.find((found) => found.name === name && found.arch === arch);
    expect(of('plain', 'amd64')).toMatchObject({
      files: ['usr/bin/plain', 'usr/lib/.hidden', 'var/empty'],
      licenses: ['GPL-2+ or Artistic', 'MIT'],
    });
    expect(of('shared-lib', 'amd64')?.files).toEqual(['usr/lib/x86_64-linux-gnu/libshared.so.5']);
    expect(of('shared-lib', 'i386')?.files).toEqual(['usr/lib/i386-linux-gnu/libshared.so.5']);
    expect(of('held', 'all')?.files).toEqual([]);
  });

  it('reads the stanzas and checksums of a distroless image', async () => {
    const { packages, noticed } = await settle([
      { path: 'var/lib/dpkg/status.d/tzdata', content: DISTROLESS.trimEnd() },
      {
        path: 'var/lib/dpkg/status.d/tzdata.md5sums',
        content: `${'a'.repeat(32)}  usr/share/zoneinfo/UTC\n${'b'.repeat(32)}  ./usr/share/zoneinfo/GMT\nnot a sum\n`,
      },
    ]);
    expect(noticed).toEqual([]);
    expect(packages).toMatchObject([
      {
        name: 'tzdata',
        version: '2024a-0+deb12u1',
        files: ['usr/share/zoneinfo/UTC', 'usr/share/zoneinfo/GMT'],
        path: 'var/lib/dpkg/status.d/tzdata',
      },
    ]);
  });

  it('leaves copyright files of other forms and places alone', () => {
    const accepts = (path: string, content: string) => dpkg.wants.accept?.(Buffer.from(content), openFile(path, content));
    expect(accepts('usr/share/doc/plain/copyright', COPYRIGHT)).toBe(true);
    expect(accepts('usr/share/doc/plain/copyright', 'This is free software\n')).toBe(false);
    expect(accepts('app/copyright', COPYRIGHT)).toBe(false);
    expect(accepts(STATUS, SAMPLE)).toBe(true);
  });
});
