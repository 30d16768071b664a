import type { FoundPackage, Gap } from '../../../model/index.ts';
import { deletedDatabase } from '../../os-deleted.ts';
import { introducedBy } from '../../os-history.ts';
import { osPurl } from '../../os-purl.ts';
import { readWithin } from '../../read-within.ts';
import type { Extractor, LayerPartial, MergedView } from '../../types.ts';
import { type ApkPackage, parseInstalled } from './parse.ts';
import { parseRepositories } from './repositories.ts';

type ApkPartial =
  | { readonly kind: 'installed'; readonly packages: readonly ApkPackage[] }
  | { readonly kind: 'repositories'; readonly tagged: Readonly<Record<string, string>> };

/** Databases of apk-tools, the older place first; apk-tools 3 moves to the second where /lib is a link to /usr/lib. */
const DATABASES = ['lib/apk/db/installed', 'usr/lib/apk/db/installed'];
const REPOSITORIES = 'etc/apk/repositories';

/** An image with 10,000 packages has a database of about 60 MB. */
const LIMIT = 256 << 20;

/**
 * Packages that apk installed.
 *
 * The database does not tell from which repository a package came, unless it was pinned by a tag (`apk add x@tag`): then `origin` is
 * the URL of that repository. Maintainers are private people in Alpine itself, so they prove nothing. Virtual packages
 * (`.build-deps`: a name with a dot in front, a time as version, no origin and no files) are a note of apk's and no software:
 * they are left out.
 */
export const apk: Extractor<ApkPartial> = {
  id: 'os/apk',
  version: 1,
  class: 'os',
  wants: { paths: [...DATABASES, REPOSITORIES], under: [{ dir: 'etc/apk/repositories.d', suffix: '.list' }] },

  async extract(file, ctx) {
    const database = DATABASES.includes(file.path);
    const bytes = await readWithin(file, LIMIT, ctx, { what: database ? 'apk database' : 'apk repositories', incomplete: database });
    if (!bytes) return undefined;
    if (!database) return { kind: 'repositories', tagged: parseRepositories(bytes.toString('utf8')) };
    const packages = parseInstalled(bytes, (code, what) => ctx.gap({ code, params: { what, limit: LIMIT }, incomplete: true }));
    return { kind: 'installed', packages };
  },

  settle(view) {
    const tagged: Record<string, string> = {};
    for (const { partial } of view.visible) if (partial.kind === 'repositories') Object.assign(tagged, partial.tagged);
    const databases = view.visible.filter(({ partial }) => partial.kind === 'installed');
    const since = introducedBy(historyOf(view, databases), installedIn, keyOf);
    const packages = new Map<string, FoundPackage>();
    for (const { partial, path, layer } of databases) {
      for (const found of installedIn(partial)) {
        const key = keyOf(found);
        if (!isVirtual(found) && !packages.has(key)) packages.set(key, toPackage(found, path, since.get(key) ?? layer, tagged));
      }
    }
    return { packages: [...packages.values()], gaps: deletedDatabases(view) };
  },
};

/** Of both places where only one is left: apk-tools 3 moves the database, and its packages are as old as before. */
function historyOf(view: MergedView<ApkPartial>, databases: readonly LayerPartial<ApkPartial>[]): LayerPartial<ApkPartial>[] {
  const places = databases.length === 1 ? DATABASES : databases.map(({ path }) => path);
  return places.flatMap((path) => view.history(path)).sort((a, b) => a.layer - b.layer);
}

function installedIn(partial: ApkPartial): readonly ApkPackage[] {
  return partial.kind === 'installed' ? partial.packages : [];
}

function keyOf({ name, version, arch }: { readonly name: string; readonly version: string; readonly arch?: string }): string {
  return `${name}\0${version}\0${arch ?? ''}`;
}

function isVirtual(found: ApkPackage): boolean {
  return found.name.startsWith('.') && found.source === undefined && found.files === '';
}

function toPackage(found: ApkPackage, path: string, layer: number, tagged: Readonly<Record<string, string>>): FoundPackage {
  const { name, version, arch, source, maintainer, license, tag } = found;
  const origin = tag === undefined ? undefined : (tagged[tag] ?? `@${tag}`);
  return {
    type: 'apk',
    name,
    version,
    purl: osPurl({ type: 'apk', name, version, ...(arch ? { arch } : {}) }),
    ...(arch ? { arch } : {}),
    source: { name: source ?? name, version },
    ...(maintainer ? { maintainer } : {}),
    ...(origin ? { origin } : {}),
    ...(license ? { licenses: [license] } : {}),
    evidence: { kind: 'package-database', confidence: 'high' },
    path,
    layer,
    files: found.files === '' ? [] : found.files.slice(0, -1).split('\n'),
  };
}

/** apk-tools 3 may have moved the database: only where none is left is one missing. */
function deletedDatabases(view: MergedView<ApkPartial>): Gap[] {
  if (view.visible.some(({ partial }) => partial.kind === 'installed')) return [];
  const deleted = view.removed.filter(({ partial }) => installedIn(partial).length > 0);
  return deleted.map((entry) => deletedDatabase(view, entry, 'os/apk', 'apk database'));
}
