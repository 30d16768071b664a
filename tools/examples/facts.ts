import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TarEntry } from '../../testing/image-builder/index.ts';

/** One Debian package as its `status` file states it. */
export interface DebianPackage {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  /** `name` or `name (version)` where the source package differs, else empty. */
  readonly source: string;
  readonly maintainer: string;
}

/** The lines of a tab-separated file below `folder`, without comments, each split into exactly `columns` cells. */
export function readTable(folder: string, file: string, columns: number): string[][] {
  const lines = readFileSync(join(folder, file), 'utf8').split('\n');
  return lines.flatMap((line, i) => {
    if (line === '' || line.startsWith('#')) return [];
    const cells = line.split('\t');
    if (cells.length !== columns) throw new Error(`${join(folder, file)}:${i + 1}: ${cells.length} cells where ${columns} belong`);
    return [cells];
  });
}

export function readDebianPackages(folder: string, file: string): DebianPackage[] {
  return readTable(folder, file, 5).map(([name, version, architecture, source, maintainer]) => ({
    name: name!,
    version: version!,
    architecture: architecture!,
    source: source!,
    maintainer: maintainer!,
  }));
}

/** A paragraph of dpkg's database. Source: deb-status, dpkg 1.22 manual pages. */
function paragraph(p: DebianPackage, status: boolean): string {
  const lines = [`Package: ${p.name}`];
  if (status) lines.push('Status: install ok installed');
  lines.push(`Maintainer: ${p.maintainer}`, `Architecture: ${p.architecture}`);
  if (p.source !== '') lines.push(`Source: ${p.source}`);
  lines.push(`Version: ${p.version}`);
  return `${lines.join('\n')}\n`;
}

/** /var/lib/dpkg/status with all of `packages`. */
export function dpkgStatus(packages: readonly DebianPackage[]): TarEntry {
  const sorted = [...packages].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { path: 'var/lib/dpkg/status', content: sorted.map((p) => paragraph(p, true)).join('\n') };
}

/** A file a package below /var/lib/dpkg/status.d, as distroless images have it. */
export function dpkgStatusD(packages: readonly DebianPackage[]): TarEntry[] {
  return packages.map((p) => ({ path: `var/lib/dpkg/status.d/${p.name}`, content: paragraph(p, false) }));
}

/** The .list files that say which of `files` ([package, path]) belongs to which package. */
export function dpkgLists(files: readonly (readonly [string, string])[]): TarEntry[] {
  const byPackage = Map.groupBy(files, ([name]) => name);
  return [...byPackage].map(([name, owned]) => ({
    path: `var/lib/dpkg/info/${name}.list`,
    content: `/.\n${owned.map(([, path]) => `/${path}\n`).join('')}`,
  }));
}

/** What every Debian system has around its package database. */
export function debianBase(folder: string, version: string, users: readonly string[]): TarEntry[] {
  return [
    { path: 'etc/os-release', type: 'symlink', target: '../usr/lib/os-release' },
    { path: 'usr/lib/os-release', content: readFileSync(join(folder, 'layers/os-release')) },
    { path: 'etc/debian_version', content: `${version}\n` },
    { path: 'etc/passwd', content: users.map((user) => `${user}\n`).join('') },
    { path: 'tmp', type: 'directory', mode: 0o1777 },
  ];
}
