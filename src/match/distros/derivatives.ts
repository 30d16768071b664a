import type { Distro } from '../../model/index.ts';

/** A distribution that installs its parent's packages as they are, or built from the same sources under the same versions. */
interface Derivative {
  /** The parent's release; undefined where the image does not tell. */
  readonly parent: (distro: Distro) => Pick<Distro, 'id' | 'versionId'> | undefined;
  /** Page on which the derivative says so. */
  readonly source: string;
}

/**
 * By ID of os-release. What a derivative builds itself is told by signs in version and maintainer (third-party.ts) and is
 * unassessed. Not here, and so unassessed as a whole, are those whose own packages bear no sign, or that do not follow one release:
 * see docs/decisions/0012.
 */
const DERIVATIVES: Readonly<Record<string, Derivative>> = {
  devuan: {
    parent: ({ versionId = '' }) => debian(Number.parseInt(versionId, 10) + 7),
    source: 'https://git.devuan.org/devuan/documentation/src/branch/master/maintainers/PackagingGuide.md',
  },
  linuxmint: { parent: ({ parent }) => parent, source: 'https://blog.linuxmint.com/?p=215' },
  raspbian: { parent: ({ versionId = '' }) => debian(Number.parseInt(versionId, 10)), source: 'https://www.raspbian.org/RaspbianFAQ' },
};

/** Devuan 1 to 6 are made from Debian 8 to 13; both have gone on in step. */
function debian(version: number): Pick<Distro, 'id' | 'versionId'> | undefined {
  return version > 0 ? { id: 'debian', versionId: String(version) } : undefined;
}

/** The parent of a derivative that shares all its data; undefined for everything else. */
export function parentOf(distro: Distro): { readonly distro: Distro; readonly source: string } | undefined {
  const derivative = Object.hasOwn(DERIVATIVES, distro.id) ? DERIVATIVES[distro.id] : undefined;
  const parent = derivative?.parent(distro);
  return derivative && parent && { distro: { ...parent, path: distro.path }, source: derivative.source };
}
