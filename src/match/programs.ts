import { type Ecosystem, libraryEcosystem, type Package } from '../model/index.ts';

/** Whom to ask about a package that is no distribution's, and by which name and version. */
export interface LibraryLookup {
  readonly ecosystem: Ecosystem;
  readonly name: string;
  readonly version: string;
}

/** What is asked about a package; undefined where no ecosystem speaks of its kind. */
export function lookupOf({ type, name, version }: Pick<Package, 'type' | 'name' | 'version'>): LibraryLookup | undefined {
  if (type !== 'generic') {
    const ecosystem = libraryEcosystem(type);
    return ecosystem === undefined ? undefined : { ecosystem, name, version };
  }
  if (name === 'go') return { ecosystem: 'Go', name: 'toolchain', version };
  const component = BITNAMI.get(name);
  return component === undefined
    ? undefined
    : { ecosystem: 'Bitnami', name: component, version: name === 'java' ? javaVersion(version) : version };
}

/**
 * Programs by upstream version, as Bitnami's database names them. Bitnami builds unpatched upstream releases, and its ranges are of
 * upstream versions without a revision (bitnami/vulndb, README): so they hold for any other unpatched build too. It has nothing on
 * openssl, perl, busybox, bash and curl, and no other source in reach orders upstream versions of these: they are `unassessed`.
 */
const BITNAMI = new Map([
  ['node', 'node'],
  ['python', 'python'],
  ['java', 'java'],
  ['ruby', 'ruby'],
  ['php', 'php'],
  ['nginx', 'nginx'],
  ['httpd', 'apache'],
  ['redis', 'redis'],
  ['postgres', 'postgresql'],
  ['mariadb', 'mariadb'],
  ['git', 'git'],
  ['haproxy', 'haproxy'],
  ['memcached', 'memcached'],
  ['sqlite', 'sqlite'],
]);

/** `8.0.392` for `1.8.0_392`: the records have Java 8 so, and updates as the third part (`8.0.491`). Source: JEP 223, "Summary". */
function javaVersion(version: string): string {
  const old = /^1\.(\d+)\.\d+(?:_0*(\d+))?/.exec(version);
  return old ? `${old[1]}.0.${old[2] ?? '0'}` : version;
}
