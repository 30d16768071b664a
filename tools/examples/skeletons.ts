import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TarEntry, writeZip } from '../../testing/image-builder/index.ts';
import { readTable } from './facts.ts';

/** The METADATA that pip leaves for each `Name==version` line. Source: PyPA, Core metadata specifications. */
export function pythonPackages(requirements: string, site: string): TarEntry[] {
  const lines = readFileSync(requirements, 'utf8').split('\n');
  return lines.filter(Boolean).flatMap((line) => {
    const [name, version] = line.split('==') as [string, string];
    const folder = `${site}/${name.replaceAll('-', '_')}-${version}.dist-info`;
    return [
      { path: `${folder}/METADATA`, content: `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n` },
      { path: `${folder}/INSTALLER`, content: 'pip\n' },
    ];
  });
}

/** The PKG-INFO that Debian's python3-* packages carry, named by their egg-info folder. */
export function eggInfo(path: string): TarEntry {
  const match = /([^/]+)-([^/-]+)\.egg-info\/PKG-INFO$/.exec(path);
  if (!match) throw new Error(`${path} is not inside an egg-info folder`);
  return { path, content: `Metadata-Version: 1.1\nName: ${match[1]}\nVersion: ${match[2]}\n` };
}

/** Archives that hold a manifest and pom.properties and no code; a path `a.war!/b.jar` is a jar inside a war. */
export function javaArchives(folder: string, file: string): TarEntry[] {
  const wars = new Map<string, Record<string, Buffer>>();
  const entries: TarEntry[] = [];
  for (const [path, group, artifact, version] of readTable(folder, file, 4)) {
    const jar = skeletonJar(group!, artifact!, version!);
    const [outer, inner] = path!.split('!/') as [string, string?];
    if (inner === undefined) entries.push({ path: outer, content: jar });
    else wars.set(outer, { ...wars.get(outer), [inner]: jar });
  }
  for (const [path, members] of wars) entries.push({ path, content: writeZip({ ...manifest({}), ...members }) });
  return entries;
}

/** Source: JAR file specification, "Main attributes"; Apache Maven Archiver, "pom.properties content". */
function skeletonJar(group: string, artifact: string, version: string): Buffer {
  const properties = `groupId=${group}\nartifactId=${artifact}\nversion=${version}\n`;
  return writeZip({
    ...manifest({ 'Implementation-Title': artifact, 'Implementation-Version': version }),
    [`META-INF/maven/${group}/${artifact}/pom.properties`]: Buffer.from(properties),
  });
}

function manifest(attributes: Readonly<Record<string, string>>): Record<string, Buffer> {
  const lines = Object.entries({ 'Manifest-Version': '1.0', ...attributes }).map(([key, value]) => `${key}: ${value}\r\n`);
  return { 'META-INF/MANIFEST.MF': Buffer.from(lines.join('')) };
}

/** The package.json that `npm ci` would have written for each package of a lock file, and nothing else. */
export function npmSkeleton(app: string): TarEntry[] {
  const lock = JSON.parse(readFileSync(join(app, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version?: string; dev?: boolean; name?: string }>;
  };
  return Object.entries(lock.packages).flatMap(([path, entry]) => {
    if (path === '' || entry.dev || entry.version === undefined) return [];
    const name = entry.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    return [{ path: `${path}/package.json`, content: `${JSON.stringify({ name, version: entry.version })}\n` }];
  });
}
