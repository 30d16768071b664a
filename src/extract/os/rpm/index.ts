import type { FoundPackage, Gap } from '../../../model/index.ts';
import { isHashFile, readHashFile } from '../../../util/bdb/index.ts';
import type { Bytes, RandomAccess } from '../../../util/bytes.ts';
import { PlimsollError } from '../../../util/errors.ts';
import { isNdb, readNdb } from '../../../util/ndb/index.ts';
import { readAhead } from '../../../util/read-ahead.ts';
import { hasCommits, isSqlite, SqliteFile } from '../../../util/sqlite/index.ts';
import { deletedDatabase } from '../../os-deleted.ts';
import { introducedBy } from '../../os-history.ts';
import { osPurl } from '../../os-purl.ts';
import { gapOf, readWithin } from '../../read-within.ts';
import type { Extractor, LayerContext, LayerPartial, MergedView, OpenFile } from '../../types.ts';
import { parseManifest } from './manifest.ts';
import { packageOf, type RpmPackage } from './package.ts';

type RpmPartial =
  | { readonly kind: 'packages'; readonly packages: readonly RpmPackage[] }
  /** SQLite's write-ahead log, with something in it. */
  | { readonly kind: 'log' };

/** var/lib: RHEL, Amazon and their kin; sysimage: Fedora, SUSE; share: systems of rpm-ostree. */
const FOLDERS = ['var/lib/rpm', 'usr/lib/sysimage/rpm', 'usr/share/rpm'];
const DATABASES = ['rpmdb.sqlite', 'Packages.db', 'Packages'];
const LOG = 'rpmdb.sqlite-wal';
const MANIFEST = 'var/lib/rpmmanifest/container-manifest-2';

/** rpm allows 256 MB; the largest headers of real packages (a kernel's sources, a TeX distribution) have about 10 MB. */
const HEADER_LIMIT = 64 << 20;
const MANIFEST_LIMIT = 16 << 20;
/** Fedora has 70,000 packages in all. */
const MAX_PACKAGES = 200_000;
/** Bytes of paths in a whole database; a workstation's has 30 MB. */
const MAX_PATHS = 256 << 20;

/**
 * Packages that rpm installed, from its database in each of the forms that rpm has had: SQLite (since 4.16), ndb (SUSE), BerkeleyDB
 * (up to RHEL 8 and Amazon Linux 2); or from the list that distroless images of Azure Linux have instead.
 *
 * Keys that were imported (`gpg-pubkey`) are no packages. The vendor is what the builder wrote into the package; from which
 * repository it came is not in this database. Files are those that were installed, without folders.
 */
export const rpm: Extractor<RpmPartial> = {
  id: 'os/rpm',
  version: 1,
  class: 'os',
  wants: { paths: [...FOLDERS.flatMap((folder) => [...DATABASES, LOG].map((name) => `${folder}/${name}`)), MANIFEST] },

  async extract(file, ctx) {
    if (file.path.endsWith(LOG)) return (await hasCommits(readAhead(await file.random()))) ? { kind: 'log' } : undefined;
    if (file.path === MANIFEST) return readManifest(file, ctx);
    const access = readAhead(await file.random());
    const packages: RpmPackage[] = [];
    const budget = { left: MAX_PATHS };
    let damaged = 0;
    try {
      for await (const blob of headersOf(access, await file.head(512))) {
        const found = packageOf(blob, budget);
        if (found === 'malformed') damaged++;
        else if (found) packages.push(found);
        if (packages.length > MAX_PACKAGES) throw new PlimsollError('file-too-large', { what: 'number of packages', limit: MAX_PACKAGES });
      }
    } catch (error) {
      const gap = gapOf(error);
      if (gap === undefined) throw error;
      ctx.gap({ ...gap, incomplete: true });
    }
    if (damaged > 0) ctx.gap({ code: 'malformed', params: { what: `${damaged} package headers` }, incomplete: true });
    return { kind: 'packages', packages };
  },

  settle(view) {
    return {
      packages: withoutRepeated(view.visible.flatMap((entry) => packagesOf(view, entry))),
      gaps: [...deletedDatabases(view), ...unreadLogs(view)],
    };
  },
};

/** The form is told by the first bytes, not by the name: images come with files that were copied or renamed. */
async function* headersOf(access: RandomAccess, head: Bytes): AsyncGenerator<Bytes> {
  if (isNdb(head)) yield* readNdb(access, { blob: HEADER_LIMIT });
  else if (isHashFile(head)) yield* headersOfHash(access);
  else if (isSqlite(head)) yield* headersOfSqlite(access);
  else throw new PlimsollError('file-malformed', { what: 'rpm database', detail: 'none of the forms that rpm has had' });
}

async function* headersOfSqlite(access: RandomAccess): AsyncGenerator<Bytes> {
  const file = await SqliteFile.open(access, { row: HEADER_LIMIT });
  const table = file.tables.find(({ name }) => name === 'Packages');
  if (table === undefined) throw new PlimsollError('file-malformed', { what: 'rpm database', detail: 'no table Packages' });
  // CREATE TABLE Packages (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)
  for await (const [, blob] of file.rows(table)) yield Buffer.isBuffer(blob) ? blob : Buffer.alloc(0);
}

/** Under the key 0 there is the highest number given so far. */
async function* headersOfHash(access: RandomAccess): AsyncGenerator<Bytes> {
  for await (const { key, value } of readHashFile(access, { value: HEADER_LIMIT })) if (key.some((byte) => byte !== 0)) yield value;
}

async function readManifest(file: OpenFile, ctx: LayerContext): Promise<RpmPartial | undefined> {
  const bytes = await readWithin(file, MANIFEST_LIMIT, ctx, { what: 'rpm manifest', incomplete: true });
  if (!bytes) return undefined;
  let damaged = 0;
  const packages = parseManifest(bytes, () => damaged++);
  if (damaged > 0) ctx.gap({ code: 'malformed', params: { what: `${damaged} lines of the rpm manifest` }, incomplete: true });
  return { kind: 'packages', packages };
}

function packagesOf(view: MergedView<RpmPartial>, entry: LayerPartial<RpmPartial>): FoundPackage[] {
  const installed = installedIn(entry.partial);
  const since = introducedBy(view.history(entry.path), installedIn, keyOf);
  return installed.map((found) => toPackage(found, entry.path, since.get(keyOf(found)) ?? entry.layer));
}

function installedIn(partial: RpmPartial): readonly RpmPackage[] {
  return partial.kind === 'packages' ? partial.packages : [];
}

function keyOf({ name, version, arch }: Pick<FoundPackage, 'name' | 'version' | 'arch'>): string {
  return `${name}\0${version}\0${arch ?? ''}`;
}

/** A conversion from one form to another leaves the old file behind at times. */
function withoutRepeated(packages: readonly FoundPackage[]): FoundPackage[] {
  const seen = new Map<string, FoundPackage>();
  for (const found of packages) if (!seen.has(keyOf(found))) seen.set(keyOf(found), found);
  return [...seen.values()];
}

function toPackage(found: RpmPackage, path: string, layer: number): FoundPackage {
  const { name, version, arch, source, vendor, packager, module, license, files } = found;
  return {
    type: 'rpm',
    name,
    version,
    purl: osPurl({ type: 'rpm', name, version, ...(arch ? { arch } : {}) }),
    ...(arch ? { arch } : {}),
    ...(source ? { source } : {}),
    ...(packager ? { maintainer: packager } : {}),
    ...(vendor ? { origin: vendor } : {}),
    ...(module ? { module } : {}),
    ...(license ? { licenses: [license] } : {}),
    evidence: { kind: 'package-database', confidence: 'high' },
    path,
    layer,
    files: files ? files.slice(0, -1).split('\n') : [],
  };
}

function deletedDatabases(view: MergedView<RpmPartial>): Gap[] {
  if (view.visible.some(({ partial }) => partial.kind === 'packages')) return [];
  const deleted = view.removed.filter(({ partial }) => installedIn(partial).length > 0);
  return deleted.slice(0, 1).map((entry) => deletedDatabase(view, entry, 'os/rpm', 'rpm database'));
}

/** Changes since the last checkpoint are in the log alone, and rpm empties it when it is done. */
function unreadLogs(view: MergedView<RpmPartial>): Gap[] {
  return view.visible.flatMap(({ path, layer, partial }): Gap[] => {
    if (partial.kind !== 'log') return [];
    const digest = view.layers[layer]?.digest;
    return [
      {
        code: 'unsupported',
        params: { what: 'changes in the write-ahead log of the rpm database' },
        stage: 'os/rpm',
        path,
        ...(digest ? { layer: digest } : {}),
        incomplete: true,
      },
    ];
  });
}
