import { hash } from 'node:crypto';
import type { Package } from '../model/index.ts';
import { versionlessPurl } from '../util/purl.ts';

type Place = Pick<Package, 'purl' | 'version' | 'path'>;

/**
 * Names a finding at one place for as long as it is there, whatever the tag and the version (users-ask.md 5): sha256 over
 * repository, version-less package URL, flaw and path. Where the path holds the package's version (`log4j-core-2.14.1.jar`),
 * that part does not count.
 */
export function fingerprint(repository: string | undefined, pkg: Place, flawId: string): string {
  let lasting = known.get(pkg);
  if (lasting === undefined) {
    lasting = { purl: versionlessPurl(pkg.purl), path: withoutVersion(pkg.path, pkg.version) };
    known.set(pkg, lasting);
  }
  return hash('sha256', [repository ?? '', lasting.purl, flawId, lasting.path].join('\0'), 'hex');
}

/** What of a package outlives its version: a package may have hundreds of findings. */
const known = new WeakMap<Place, { readonly purl: string; readonly path: string }>();

/** Only where the version stands as a whole, as in `name-1.2.jar` or `name@1.2/`; not the `1` of `v10`. */
function withoutVersion(path: string, version: string): string {
  if (version === '' || !path.includes(version)) return path;
  const escaped = version.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return path.replace(new RegExp(`(?<=[-_@/])${escaped}(?=[-_@/]|\\.(jar|war|ear|dist-info|egg|egg-info|gem|nupkg)|$)`, 'g'), '*');
}
