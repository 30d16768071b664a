import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { extractorContract } from '../../../../testing/extractor-contract.ts';
import { gapRecorder, mergedView, openFile } from '../../../../testing/open-file.ts';
import {
  blobsByMark,
  hashDatabase,
  haveBerkeleyDb,
  haveRpm,
  ndbDatabase,
  rpmHeader,
  rpmQuery,
  sqliteDatabase,
} from '../../../../testing/rpm-databases.ts';
import type { FoundPackage } from '../../../model/index.ts';
import type { Settled } from '../../types.ts';
import { rpm } from './index.ts';

const SQLITE = 'var/lib/rpm/rpmdb.sqlite';
const NDB = 'usr/lib/sysimage/rpm/Packages.db';
const HASH = 'var/lib/rpm/Packages';
const MANIFEST = 'var/lib/rpmmanifest/container-manifest-2';
const LINE = 'bash\t5.1.8-4.cm2\t1653816591\t1653628924\tMicrosoft Corporation\t(none)\t7596\tx86_64\t0\tbash-5.1.8-4.cm2.src.rpm\n';

/** Tags by their numbers: rpm, docs/manual/tags.md. */
const header = (name: string, version = '1.0', more: Parameters<typeof rpmHeader>[0] = {}): Buffer =>
  rpmHeader({ 1000: { text: name }, 1001: { text: version }, 1002: { text: '1.el9' }, 1022: { text: 'x86_64' }, ...more });

const FULL = header('mod-devel', '1.2', {
  1003: { int32: [2] },
  1011: { text: 'Some Vendor, Inc.' },
  1014: { text: 'MIT AND (GPL-2.0-or-later OR Zlib)' },
  1015: { text: 'Some Body <somebody@example.org>' },
  1029: { chars: [0, 0, 2, 0, 1] },
  1030: { int16: [0o100644, 0o40755, 0o100644, 0o120777, 0o100755] },
  1044: { text: 'mod-1.2-1.el9.src.rpm' },
  1116: { int32: [0, 0, 1, 1, 2] },
  1117: { texts: ['mod.h', 'folder', 'README', 'link', '건물'] },
  1118: { texts: ['/usr/include/', '/usr/share/doc/mod/', '/'] },
  5096: { text: 'nginx:1.24:9040020240101000000:rhel9' },
});
const KEY = header('gpg-pubkey', 'fd431d51');
const SAMPLE = [FULL, header('plain'), KEY];

extractorContract(rpm, import.meta.url, [
  { path: SQLITE, content: sqliteDatabase(SAMPLE, ['PRAGMA page_size = 512']) },
  { path: NDB, content: ndbDatabase(SAMPLE) },
  { path: MANIFEST, content: LINE },
]);
describe.skipIf(!haveBerkeleyDb)('BerkeleyDB (needs db5.3_load)', () => {
  const content = haveBerkeleyDb ? hashDatabase(SAMPLE, { pageSize: 512 }) : '';
  extractorContract(rpm, import.meta.url, [{ path: HASH, content }]);
});

interface Placed {
  readonly path: string;
  readonly content: Buffer | string;
  readonly layer?: number;
}

async function settle(files: readonly Placed[], options: Parameters<typeof mergedView>[1] = {}): Promise<Settled & { noticed: unknown[] }> {
  const ctx = gapRecorder();
  const partials = [];
  for (const { path, content, layer = 0 } of files) {
    const partial = await rpm.extract(openFile(path, content), ctx);
    if (partial) partials.push({ path, layer, partial });
  }
  return { ...rpm.settle(mergedView(partials, options)), noticed: ctx.gaps };
}

/** What rpm -qa is asked for, and the same of our packages. */
const FIELDS =
  '%{NAME}|%|EPOCH?{%{EPOCH}:}|%{VERSION}-%{RELEASE}|%{ARCH}|%{SOURCERPM}|%{VENDOR}|%{PACKAGER}|%{LICENSE}|%{MODULARITYLABEL}\\n';
const FILES = '[%{=NAME} %{=ARCH} %{FILEMODES} %{FILESTATES} %{FILENAMES}\\n]';

function fieldsOf({ name, version, arch, source, origin, maintainer, licenses, module }: FoundPackage): string {
  const sourceRpm = source ? `${source.name}-${source.version.replace(/^[0-9]+:/, '')}.src.rpm` : undefined;
  return [name, version, arch, sourceRpm, origin, maintainer, licenses?.[0], module].map((field) => field ?? '(none)').join('|');
}

/** rpm's list of files, without folders and what was not installed. */
function installedFiles(lines: readonly string[]): string[] {
  return lines.flatMap((line) => {
    const [, name, arch, mode, state, path] = /^(\S+) (\S+) (\d+) (\d+) \/(.*)$/.exec(line) ?? [];
    return (Number(mode) & 0o170000) === 0o040000 || state === '2' ? [] : [`${name} ${arch} ${path}`];
  });
}

function ownedFiles(packages: readonly FoundPackage[]): string[] {
  return packages.flatMap(({ name, arch, files }) => (files ?? []).map((path) => `${name} ${arch} ${path}`)).sort();
}

describe('against rpm -qa', () => {
  const shared = (name: string): string => fileURLToPath(new URL(`../../../../../shared/data/rpmdb/${name}`, import.meta.url));
  const [mariner, suse] = [shared('cbl-mariner-2.0-rpmdb.sqlite'), shared('sle15-bci-Packages.db')];
  const have = existsSync(mariner);

  async function sameAsRpm(path: string, content: Buffer, database: Buffer, form: 'sqlite' | 'bdb_ro'): Promise<number> {
    const { packages, noticed } = await settle([{ path, content }]);
    expect(noticed).toEqual([]);
    const theirs = rpmQuery(database, form, FIELDS).filter((line) => !line.startsWith('gpg-pubkey|'));
    expect(packages.map(fieldsOf).sort()).toEqual(theirs);
    expect(ownedFiles(packages)).toEqual(installedFiles(rpmQuery(database, form, FILES)).sort());
    return packages.length;
  }

  it.skipIf(!have || !haveRpm)('lists the packages and files of CBL-Mariner 2.0, SQLite (needs rpm and ../shared/data/rpmdb)', async () => {
    const bytes = readFileSync(mariner);
    expect(await sameAsRpm(SQLITE, bytes, bytes, 'sqlite')).toBe(129);
  });

  // Debian's rpm has no ndb: it gets the same headers, found by their marks alone, in the form that it reads.
  it.skipIf(!have || !haveRpm)('lists the packages and files of SLE 15, ndb (needs rpm and ../shared/data/rpmdb)', async () => {
    const bytes = readFileSync(suse);
    expect(await sameAsRpm(NDB, bytes, sqliteDatabase(blobsByMark(bytes)), 'sqlite')).toBe(35);
  });

  it.skipIf(!have || !haveRpm || !haveBerkeleyDb)(
    'lists them from BerkeleyDB, little-endian and big-endian (needs rpm, db5.3_load and ../shared/data/rpmdb)',
    async () => {
      const blobs = blobsByMark(readFileSync(suse));
      const little = hashDatabase(blobs);
      expect(await sameAsRpm(HASH, little, little, 'bdb_ro')).toBe(35);
      expect(await sameAsRpm(HASH, hashDatabase(blobs, { order: 4321 }), little, 'bdb_ro')).toBe(35);
    },
  );

  it.skipIf(!haveRpm)('lists epochs, modules, files of every kind and no keys (needs rpm)', async () => {
    const bytes = sqliteDatabase(SAMPLE);
    expect(await sameAsRpm(SQLITE, bytes, bytes, 'sqlite')).toBe(2);
  });

  it.skipIf(!have || !haveRpm)(
    'lists from the manifest that rpm writes what the database lists (needs rpm and ../shared/data/rpmdb)',
    async () => {
      const bytes = readFileSync(mariner);
      const format =
        '%{NAME}\\t%{VERSION}-%{RELEASE}\\t%{INSTALLTIME}\\t%{BUILDTIME}\\t%{VENDOR}\\t%{EPOCH}\\t%{SIZE}\\t%{ARCH}\\t%{EPOCHNUM}\\t%{SOURCERPM}\\n';
      const manifest = rpmQuery(bytes, 'sqlite', format).join('\n');
      const [byDatabase, byManifest] = [
        await settle([{ path: SQLITE, content: bytes }]),
        await settle([{ path: MANIFEST, content: manifest }]),
      ];
      const plain = ({ name, version, arch, source, origin, purl }: FoundPackage) => ({ name, version, arch, source, origin, purl });
      expect(byManifest.noticed).toEqual([]);
      expect(byManifest.packages.map(plain).sort(byPurl)).toEqual(byDatabase.packages.map(plain).sort(byPurl));
    },
  );
});

function byPurl(a: { purl: string }, b: { purl: string }): number {
  return a.purl < b.purl ? -1 : 1;
}

describe('packages', () => {
  it('have source, vendor, module, licence, purl and what they put into the file system', async () => {
    const { packages } = await settle([{ path: SQLITE, content: sqliteDatabase(SAMPLE) }]);
    expect(packages.map(({ name }) => name)).toEqual(['mod-devel', 'plain']);
    expect(packages[0]).toEqual({
      type: 'rpm',
      name: 'mod-devel',
      version: '2:1.2-1.el9',
      purl: 'pkg:rpm/mod-devel@1.2-1.el9?arch=x86_64&epoch=2',
      arch: 'x86_64',
      source: { name: 'mod', version: '2:1.2-1.el9' },
      origin: 'Some Vendor, Inc.',
      maintainer: 'Some Body <somebody@example.org>',
      module: 'nginx:1.24:9040020240101000000:rhel9',
      licenses: ['MIT AND (GPL-2.0-or-later OR Zlib)'],
      evidence: { kind: 'package-database', confidence: 'high' },
      path: SQLITE,
      layer: 0,
      files: ['usr/include/mod.h', 'usr/share/doc/mod/link', '건물'],
    });
    expect(packages[1]).not.toHaveProperty('source');
  });

  it('know the layer since which a version is there without a break', async () => {
    const layer = (index: number, ...versions: string[]): Placed => ({
      path: SQLITE,
      layer: index,
      content: sqliteDatabase(versions.map((text) => header(text.split(' ')[0] ?? '', text.split(' ')[1]))),
    });
    const { packages } = await settle([
      layer(0, 'old 1', 'moved 1', 'back 1'),
      layer(2, 'old 1', 'moved 2'),
      layer(3, 'old 1', 'moved 2', 'back 1'),
    ]);
    expect(Object.fromEntries(packages.map((found) => [found.name, found.layer]))).toEqual({ old: 0, moved: 2, back: 3 });
  });

  it('are not told twice where a conversion left the old database behind', async () => {
    const { packages } = await settle([
      { path: NDB, content: ndbDatabase([header('a'), header('gone')]) },
      { path: SQLITE, content: sqliteDatabase([header('a'), header('b')]) },
    ]);
    expect(packages.map(({ name }) => name).sort()).toEqual(['a', 'b', 'gone']);
  });
});

describe('what cannot be read is a gap', () => {
  it.each([
    ['a file of no known form', Buffer.alloc(8192), 'malformed'],
    ['an empty file', Buffer.alloc(0), 'malformed'],
    ['a database that is cut off', sqliteDatabase([header('a')]).subarray(0, 4096), 'malformed'],
    [
      'a SQLite database of something else',
      Buffer.from(sqliteDatabase([]).toString('latin1').replaceAll('Packages', 'Packings'), 'latin1'),
      'malformed',
    ],
  ])('%s', async (_, content, code) => {
    expect((await settle([{ path: SQLITE, content }])).noticed).toMatchObject([{ code, incomplete: true }]);
  });

  it.each([
    ['no header', Buffer.from('short')],
    ['a header without version', rpmHeader({ 1000: { text: 'a' }, 1002: { text: '1' } })],
    ['more entries than bytes', Buffer.concat([Buffer.from([0, 0, 0xff, 0xff, 0, 0, 0, 0]), Buffer.alloc(100)])],
    ['data beyond the end', header('a').subarray(0, -1)],
    ['a name that is a number', header('', '1', { 1000: { int32: [1] } })],
    ['an endless name', header('a'.repeat(10_000))],
  ])('%s, and the others are listed', async (_, blob) => {
    const { packages, noticed } = await settle([{ path: SQLITE, content: sqliteDatabase([blob, header('sound')]) }]);
    expect(packages.map(({ name }) => name)).toEqual(['sound']);
    expect(noticed).toMatchObject([{ code: 'malformed', params: { what: '1 package headers' }, incomplete: true }]);
  });

  it('a line of the manifest in another form', async () => {
    const { packages, noticed } = await settle([{ path: MANIFEST, content: `bash-5.1.8-4.cm2.x86_64\n${LINE}` }]);
    expect(packages).toMatchObject([{ name: 'bash', version: '5.1.8-4.cm2', origin: 'Microsoft Corporation' }]);
    expect(noticed).toMatchObject([{ code: 'malformed', incomplete: true }]);
  });

  it('a database that a later layer deleted, but not one that another one replaced', async () => {
    const content = ndbDatabase([header('a')]);
    const deleted = await settle([{ path: NDB, content }], { removed: [NDB], layers: 2 });
    expect(deleted).toMatchObject({ packages: [], gaps: [{ code: 'unreadable', path: NDB, stage: 'os/rpm', incomplete: true }] });
    const replaced = await settle(
      [
        { path: NDB, content },
        { path: SQLITE, content: sqliteDatabase([header('a')]), layer: 1 },
      ],
      { removed: [NDB] },
    );
    expect(replaced.gaps).toEqual([]);
  });
});
