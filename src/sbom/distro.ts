import type { Distro } from '../model/index.ts';
import { parsePurl } from '../util/purl.ts';
import { OURS } from './facts.ts';
import { restoredDistro } from './restore.ts';
import type { Component } from './types.ts';

/** Names that tools give to distributions whose os-release has another id. */
const IDS: Readonly<Record<string, string>> = {
  redhat: 'rhel',
  alma: 'almalinux',
  oracle: 'ol',
  oraclelinux: 'ol',
  amazon: 'amzn',
  amazonlinux: 'amzn',
  'cbl-mariner': 'mariner',
  'opensuse.leap': 'opensuse-leap',
  'opensuse.tumbleweed': 'opensuse-tumbleweed',
  'suse linux enterprise server': 'sles',
  'suse linux enterprise micro': 'sle-micro',
};

/** The release that an SBOM is about: its operating system, else what its packages name in `distro`. */
export function distroOf(components: readonly Component[], path: string): Distro | undefined {
  // A root file system that we scanned is called an operating system as well; it says what kind of target it was.
  const systems = components.filter(({ kind, properties }) => kind === 'operating-system' && !properties.has(`${OURS}kind`));
  const system = systems.find(({ subject }) => !subject) ?? systems[0];
  if (system !== undefined) {
    const restored = restoredDistro(system, path);
    if (restored !== undefined) return restored;
    const { name, version, properties } = system;
    const versionId = properties.get('syft:distro:versionID') ?? version?.split(' ')[0];
    return distro(properties.get('syft:distro:id') ?? name, versionId, path);
  }
  for (const { purl } of components) {
    const { distro: named, distro_name: name, distro_version: version } = (purl && parsePurl(purl)?.qualifiers) || {};
    if (name !== undefined && version !== undefined) return distro(name, version, path);
    if (named === undefined) continue;
    const [, id = named, versionId] = /^(.+?)-([0-9][^-]*)$/.exec(named) ?? [];
    return distro(id, versionId, path);
  }
  return undefined;
}

function distro(name: string, version: string | undefined, path: string): Distro {
  const id = name.toLowerCase();
  // Debian's os-release says `12`; tools add the point release of /etc/debian_version.
  const versionId = id === 'debian' ? version?.replace(/^([1-9][0-9]+|[7-9])\..*/, '$1') : version;
  return { id: IDS[id] ?? id, ...(versionId === undefined ? {} : { versionId }), path };
}
