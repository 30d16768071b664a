import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { extractorContract } from '../../../../testing/extractor-contract.ts';
import { gapRecorder, mergedView, openFile } from '../../../../testing/open-file.ts';
import type { Settled } from '../../types.ts';
import { apk } from './index.ts';

const DATABASE = 'lib/apk/db/installed';
const ROOTFS = fileURLToPath(new URL('../../../../../shared/data/rootfs/', import.meta.url));

const SAMPLE = `C:Q1qKcZ+j23xssAXmgQhkOO8dHnbWw=
P:libcurl
V:8.9.0-r0
A:x86_64
S:1
I:2
T:A library
U:https://example.org/
L:curl
o:curl
m:Some Body <somebody@example.org>
t:1721800000
c:0123456789012345678901234567890123456789
F:
R:root-file
F:usr
F:usr/lib
R:libcurl.so.4
a:0:0:777
Z:Q1YWJj
R:libcurl.so.4.8.0

P:.build-deps
V:20240724.101010
A:noarch
S:0
I:0
D:gcc musl-dev

P:pinned
V:1.0-r0
A:x86_64
o:pinned
s:other

`;

extractorContract(apk, import.meta.url, [
  { path: DATABASE, content: SAMPLE },
  { path: 'etc/apk/repositories', content: '@other https://example.org/apk\n', empty: true },
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
    const partial = await apk.extract(openFile(path, content), ctx);
    if (partial) partials.push({ path, layer, partial });
  }
  return { ...apk.settle(mergedView(partials, options)), noticed: ctx.gaps };
}

describe('installed database', () => {
  it('gives source, maintainer, licence, files and purl, and leaves virtual packages out', async () => {
    const { packages } = await settle([{ path: DATABASE, content: SAMPLE }]);
    expect(packages.map(({ name }) => name)).toEqual(['libcurl', 'pinned']);
    expect(packages[0]).toEqual({
      type: 'apk',
      name: 'libcurl',
      version: '8.9.0-r0',
      purl: 'pkg:apk/libcurl@8.9.0-r0?arch=x86_64',
      arch: 'x86_64',
      source: { name: 'curl', version: '8.9.0-r0' },
      maintainer: 'Some Body <somebody@example.org>',
      licenses: ['curl'],
      evidence: { kind: 'package-database', confidence: 'high' },
      path: DATABASE,
      layer: 0,
      files: ['root-file', 'usr/lib/libcurl.so.4', 'usr/lib/libcurl.so.4.8.0'],
    });
  });

  it('names the repository of a package that was pinned to one, without credentials', async () => {
    const files = [
      { path: DATABASE, content: SAMPLE },
      {
        path: 'etc/apk/repositories',
        content: 'https://dl-cdn.alpinelinux.org/alpine/v3.20/main\n@other https://user:secret@example.org/apk\n',
      },
    ];
    expect((await settle(files)).packages.find(({ name }) => name === 'pinned')?.origin).toBe('https://example.org/apk');
    expect((await settle(files.slice(0, 1))).packages.find(({ name }) => name === 'pinned')?.origin).toBe('@other');
  });

  it('reads the place of apk-tools 3, and counts a package in both places once', async () => {
    const moved = `usr/${DATABASE}`;
    expect((await settle([{ path: moved, content: SAMPLE }])).packages.map(({ path }) => path)).toEqual([moved, moved]);
    expect(
      (
        await settle([
          { path: moved, content: SAMPLE },
          { path: DATABASE, content: SAMPLE },
        ])
      ).packages,
    ).toHaveLength(2);
  });

  it('reports stanzas without version and a cut end', async () => {
    const { packages, noticed } = await settle([{ path: DATABASE, content: 'P:a\n\nP:b\nV:1-r0\n\nP:c\nV:2-r' }]);
    expect(packages.map(({ name, version }) => `${name} ${version}`)).toEqual(['b 1-r0', 'c 2-r']);
    expect(noticed).toMatchObject([
      { code: 'malformed', incomplete: true },
      { code: 'truncated', incomplete: true },
    ]);
  });

  it.each(['\u0000\u00ff garbage', 'hello\n', 'hello\nworld\n\n'])('does not take %j for a database without packages', async (content) => {
    const { packages, noticed } = await settle([{ path: DATABASE, content }]);
    expect(packages).toEqual([]);
    expect(noticed).toMatchObject([{ code: 'malformed', incomplete: true }]);
  });

  it('names the layer since which a version is there without a break', async () => {
    const { packages } = await settle([
      { path: DATABASE, layer: 0, content: 'P:a\nV:1-r0\n\nP:b\nV:1-r0\n\n' },
      { path: DATABASE, layer: 1, content: 'P:a\nV:1-r0\n\nP:b\nV:1-r1\n\nP:c\nV:1-r0\n\n' },
    ]);
    expect(packages.map(({ name, layer }) => [name, layer])).toEqual([
      ['a', 0],
      ['b', 1],
      ['c', 1],
    ]);
  });

  it('follows a database to the place of apk-tools 3', async () => {
    const { packages, gaps } = await settle(
      [
        { path: DATABASE, layer: 0, content: 'P:a\nV:1-r0\n\n' },
        { path: `usr/${DATABASE}`, layer: 1, content: 'P:a\nV:1-r0\n\nP:b\nV:1-r0\n\n' },
      ],
      { removed: [DATABASE] },
    );
    expect(packages.map(({ name, layer }) => [name, layer])).toEqual([
      ['a', 0],
      ['b', 1],
    ]);
    expect(gaps).toEqual([]);
  });

  it('stops with a gap at a number of packages that nobody has, and reads no endless value', async () => {
    const many = await settle([{ path: DATABASE, content: 'P:a\nV:1\n\n'.repeat(200_002) }]);
    expect(many.noticed).toMatchObject([{ code: 'too-large', incomplete: true }]);
    const long = await settle([{ path: DATABASE, content: `P:a\nV:${'1'.repeat(10_000)}\n\n` }]);
    expect(long.packages).toEqual([]);
    expect(long.noticed).toMatchObject([{ code: 'malformed', incomplete: true }]);
  });

  it('reports a database that a later layer deleted', async () => {
    const { gaps } = await settle([{ path: DATABASE, content: SAMPLE }], { removed: [DATABASE] });
    expect(gaps).toMatchObject([{ code: 'unreadable', path: DATABASE, incomplete: true }]);
  });
});

// Counts: `grep -c ^P:` on the same file; libraries and versions as `apk info -v` of each release prints them.
describe.skipIf(!existsSync(ROOTFS))('root file systems of four ages (needs ../shared/data/rootfs)', () => {
  it.each([
    ['alpine-3.4-gliderlabs2016-06.tar.gz', 11, 'musl-1.1.14-r10'],
    ['alpine-3.9.6-x86_64.tar.gz', 14, 'musl-1.1.20-r5'],
    ['alpine-3.10.3-x86_64.tar.gz', 14, 'musl-1.1.22-r3'],
    ['alpine-3.20.3-x86_64.tar.gz', 14, 'musl-1.2.5-r0'],
  ])('%s', async (archive, count, musl) => {
    const member =
      execFileSync('tar', ['-tzf', `${ROOTFS}${archive}`], { encoding: 'utf8' })
        .split('\n')
        .find((name) => name.endsWith(DATABASE)) ?? '';
    const content = execFileSync('tar', ['-xzOf', `${ROOTFS}${archive}`, member], { encoding: 'utf8' });
    const { packages, noticed } = await settle([{ path: DATABASE, content }]);
    expect(noticed).toEqual([]);
    expect(packages).toHaveLength(count);
    expect(packages.map(({ name, version }) => `${name}-${version}`)).toContain(musl);
    expect(packages.every(({ arch, source, licenses }) => arch === 'x86_64' && source !== undefined && licenses?.length === 1)).toBe(true);
  });
});
