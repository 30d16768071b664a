import type { Distro, FoundPackage } from '../model/index.ts';
import { formatPurl } from '../util/purl.ts';

/** What of a package its purl is made of. */
type Named = Pick<FoundPackage, 'type' | 'name' | 'version' | 'arch'>;

/**
 * Purl of an OS package whose distribution is not known (yet): no namespace, no `distro`. Extractors of package databases see
 * their own files only; the pipeline calls {@link completeOsPurl} once the release is known.
 */
export function osPurl({ type, name, version, arch }: Named): string {
  return formatPurl({ type, name, version, ...(arch ? { qualifiers: { arch } } : {}) });
}

/**
 * The whole purl: namespace is the distribution's id, `distro` its id and version or codename.
 * Source: purl-spec, types/deb-definition.json, apk-definition.json, rpm-definition.json.
 */
export function completeOsPurl({ type, name, version, arch }: Named, distro: Distro | undefined): string {
  if (distro === undefined) return osPurl({ type, name, version, ...(arch ? { arch } : {}) });
  const release = distro.versionId ?? distro.codename;
  return formatPurl({
    type,
    namespace: distro.id,
    name,
    version,
    qualifiers: { ...(arch ? { arch } : {}), distro: release ? `${distro.id}-${release}` : distro.id },
  });
}
