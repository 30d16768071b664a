import type { Distro, FoundPackage } from '../model/index.ts';
import { formatPurl } from '../util/purl.ts';

/** What of a package its purl is made of. */
type Named = Pick<FoundPackage, 'type' | 'name' | 'version' | 'arch'>;

/**
 * Purl of an OS package whose distribution is not known (yet): no namespace, no `distro`. Extractors of package databases see
 * their own files only; the pipeline calls {@link completeOsPurl} once the release is known.
 */
export function osPurl(named: Named): string {
  const { version, qualifiers } = versionOf(named);
  return formatPurl({ type: named.type, ...nameOf(named), version, qualifiers });
}

/** Vendors whose own SBOMs and VEX statements have another namespace than their os-release has an id. */
const NAMESPACES: Readonly<Record<string, string>> = {
  rhel: 'redhat',
  sles: 'suse',
  sles_sap: 'suse',
  sled: 'suse',
  'sle-micro': 'suse',
  'sl-micro': 'suse',
  'opensuse-leap': 'opensuse',
  'opensuse-leap-micro': 'opensuse',
  'opensuse-tumbleweed': 'opensuse',
};

/**
 * The whole purl: namespace is the distribution's id (the vendor's for some), `distro` its id and version or codename.
 * Source: purl-spec, types/deb-definition.json, apk-definition.json, rpm-definition.json.
 */
export function completeOsPurl(named: Named, distro: Distro | undefined): string {
  if (distro === undefined) return osPurl(named);
  const { version, qualifiers } = versionOf(named);
  const release = distro.versionId ?? distro.codename;
  return formatPurl({
    type: named.type,
    namespace: NAMESPACES[distro.id] ?? distro.id,
    ...nameOf(named),
    version,
    qualifiers: { ...qualifiers, distro: release ? `${distro.id}-${release}` : distro.id },
  });
}

/** Gentoo's names have a category, which takes the place of the namespace: `pkg:ebuild/dev-lang/python`. */
function nameOf({ type, name }: Named): { name: string; namespace?: string } {
  const slash = type === 'ebuild' ? name.indexOf('/') : -1;
  return slash < 0 ? { name } : { namespace: name.slice(0, slash), name: name.slice(slash + 1) };
}

/** The epoch of an rpm package is a qualifier; other types keep it in the version. */
function versionOf({ type, version, arch }: Named): { version: string; qualifiers: Record<string, string> } {
  const epoch = type === 'rpm' ? /^([0-9]+):/.exec(version)?.[1] : undefined;
  return {
    version: epoch === undefined ? version : version.slice(epoch.length + 1),
    qualifiers: { ...(arch ? { arch } : {}), ...(epoch === undefined ? {} : { epoch }) },
  };
}
