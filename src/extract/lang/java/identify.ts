import type { PackageEvidence } from '../../../model/index.ts';
import { type NamedJar, splitFileName } from './file-name.ts';
import { knownCoordinates } from './known.ts';
import { bundleLicenses } from './texts.ts';

/** What one archive, not counting archives inside it, tells of itself. */
export interface JarFacts {
  /** Path as shown, of the archive itself: `opt/app/lib/x-1.0.jar`, `a.jar!/BOOT-INF/lib/b.jar`. */
  readonly path: string;
  readonly poms: readonly PomProperties[];
  /** `META-INF/maven/<group>/<artifact>/pom.xml` without properties beside it. */
  readonly bareFolders: readonly { readonly group: string; readonly artifact: string }[];
  /** What the pom.xml files declare, by `group:artifact`. */
  readonly licenses: ReadonlyMap<string, readonly string[]>;
  readonly manifest: ReadonlyMap<string, string>;
  hasFolder(prefix: string): boolean;
}

export interface PomProperties {
  readonly group: string;
  readonly artifact: string;
  /** Empty where the file has none, or a placeholder that nobody filled in. */
  readonly version: string;
}

/** One package that a jar holds. */
export interface JarPackage {
  /** Absent where nothing states it: it is never guessed. */
  readonly group?: string;
  readonly artifact: string;
  readonly version: string;
  readonly kind: PackageEvidence['kind'];
  readonly confidence: PackageEvidence['confidence'];
  readonly detail: string;
  readonly role: 'main' | 'shaded' | 'artifact-only';
  /** As its pom.xml declares them, else the manifest of the jar that is its own. */
  readonly licenses?: readonly string[];
}

/**
 * Every Maven package in a jar. Each pom.properties is one; the jar's own is that which its file name or manifest names, the
 * others were copied in (shaded). A jar without its own gets its coordinates from, in this order:
 * a pom.xml in META-INF/maven, the layout of a Maven repository or Gradle cache that it lies in, the table of well-known jars
 * (checked against its classes), and a manifest whose Implementation-Vendor-Id and Bundle-SymbolicName (or
 * Automatic-Module-Name) agree. Any of them alone is often wrong: commons-collections names the vendor `org.apache`,
 * tomcat-embed-core the bundle `org.apache.tomcat-embed-core`. Failing all, the artifact alone is told, with low confidence.
 */
export function identify(jar: JarFacts): JarPackage[] {
  const named = splitFileName(jar.path.slice(jar.path.lastIndexOf('/') + 1));
  const fallback = versionOf(named.version, jar.manifest);
  const own = ownPom(jar.poms, named.artifact, jar.manifest);
  const packages = jar.poms.map((pom): JarPackage => {
    const isOwn = pom === own;
    const version = pom.version || (isOwn ? fallback : '');
    const detail = isOwn || jar.poms.length === 1 ? 'pom.properties' : `pom.properties, one of ${jar.poms.length} in this jar`;
    return { ...pom, version, kind: 'pom-properties', confidence: 'high', detail, role: isOwn ? 'main' : 'shaded' };
  });
  const main = own ? undefined : ownWithoutPom(jar, named, fallback);
  const taken = new Set([...packages, ...(main ? [main] : [])].map((each) => each.artifact));
  const bare = jar.bareFolders.filter((folder) => !taken.has(folder.artifact)).map(toVersionless);
  const all = [...(main && !packages.some((other) => other.artifact === main.artifact) ? [main] : []), ...packages, ...bare];
  return all.map((found) => withLicenses(found, jar));
}

function withLicenses(found: JarPackage, jar: JarFacts): JarPackage {
  const stated = jar.licenses.get(`${found.group}:${found.artifact}`) ?? [];
  const licenses = stated.length === 0 && found.role !== 'shaded' ? bundleLicenses(jar.manifest.get('bundle-license') ?? '') : stated;
  return licenses.length > 0 ? { ...found, licenses } : found;
}

/** Copied in together with its pom.xml, which is not read: it often inherits its version from a parent that is elsewhere. */
function toVersionless(folder: { readonly group: string; readonly artifact: string }): JarPackage {
  return { ...folder, version: '', kind: 'package-metadata', confidence: 'medium', detail: 'folder of pom.xml', role: 'shaded' };
}

function ownPom(poms: readonly PomProperties[], artifact: string, manifest: ReadonlyMap<string, string>): PomProperties | undefined {
  const title = manifest.get('implementation-title');
  const named = poms.filter((pom) => isNamed(pom.artifact, artifact));
  const best = named.sort((a, b) => b.artifact.length - a.artifact.length)[0];
  return best ?? poms.find((pom) => pom.artifact === title);
}

/** File names may have more behind the artifact: a classifier, or the version after a hyphen that was not understood. */
function isNamed(artifact: string, fileName: string): boolean {
  return fileName === artifact || fileName.startsWith(`${artifact}-`);
}

function ownWithoutPom(jar: JarFacts, named: NamedJar, version: string): JarPackage | undefined {
  const { manifest } = jar;
  const title = token(manifest.get('implementation-title'));
  const kind = version === named.version ? 'file-name' : 'jar-manifest';
  const found = (group: string, artifact: string, from: JarPackage['kind'], detail: string): JarPackage => {
    return { group, artifact, version, kind: from, confidence: 'medium', detail, role: 'main' };
  };
  const bare = jar.bareFolders.find((folder) => isNamed(folder.artifact, named.artifact));
  if (bare) return found(bare.group, bare.artifact, 'package-metadata', 'folder of pom.xml; version of file name or manifest');
  const place = repositoryCoordinates(jar.path);
  if (place) return { ...found(place.group, place.artifact, 'file-name', 'layout of a Maven repository'), version: place.version };

  for (const name of new Set([named.artifact, title, token(manifest.get('bundle-name'))])) {
    const known = name ? knownCoordinates(name, version, jar.hasFolder) : undefined;
    if (known) return found(known.group, known.artifact, kind, `well-known jar ${name} with classes in ${known.classes}`);
  }
  const group = agreedGroup(manifest, named.artifact);
  if (group) return found(group, named.artifact, 'jar-manifest', 'Implementation-Vendor-Id and bundle or module name agree');

  const artifact = named.version === '' && title ? title : named.artifact;
  if (artifact === '' || (jar.poms.length > 0 && named.version === '')) return undefined;
  return { artifact, version, kind, confidence: 'low', detail: 'nothing states a groupId', role: 'artifact-only' };
}

/**
 * The group that the vendor id names, if the bundle's or module's name is that group and the artifact. The foundation alone is
 * nobody's group: `org.apache` and `org.apache.commons-io` agree on a wrong one.
 */
function agreedGroup(manifest: ReadonlyMap<string, string>, artifact: string): string | undefined {
  const vendor = manifest.get('implementation-vendor-id')?.trim() ?? '';
  if (!/^[a-z][\w-]*(\.[\w-]+)+$/i.test(vendor)) return undefined;
  const names = [symbolicName(manifest), manifest.get('automatic-module-name')?.trim()];
  return vendor !== 'org.apache' && names.includes(`${vendor}.${artifact}`) ? vendor : undefined;
}

/** `Bundle-SymbolicName` without its directives. Source: OSGi Core, 3.2.1. */
function symbolicName(manifest: ReadonlyMap<string, string>): string | undefined {
  return manifest.get('bundle-symbolicname')?.split(';')[0]?.trim();
}

/**
 * The version of a jar without pom.properties. The file name, where it has one, is what the build called it; a manifest may be
 * years behind (commons-beanutils 1.7.0 states 1.6) or say it in another form (`1.71.0` for bcprov 1.71).
 */
function versionOf(named: string, manifest: ReadonlyMap<string, string>): string {
  return named === '' ? statedVersion(manifest) : named;
}

function statedVersion(manifest: ReadonlyMap<string, string>): string {
  for (const key of ['implementation-version', 'bundle-version', 'specification-version']) {
    const value = manifest.get(key)?.trim() ?? '';
    if (/^v?\d[\w.+-]*$/.test(value) && value.length <= 100) return value.replace(/^v/, '');
  }
  return '';
}

function token(text: string | undefined): string | undefined {
  return text !== undefined && text.length <= 200 && /^[\w.-]+$/.test(text) ? text : undefined;
}

/**
 * Coordinates by place: `.m2/repository/<group folders>/<artifact>/<version>/<artifact>-<version>.jar` (Debian's `maven-repo` too),
 * or Gradle's `files-2.1/<group>/<artifact>/<version>/<sha1>/<file>`. Source: Maven, "Repository Layout".
 */
function repositoryCoordinates(path: string): PomProperties | undefined {
  if (path.includes('!')) return undefined;
  const gradle = /(?:^|\/)files-2\.1\/([\w.-]+)\/([\w.-]+)\/([\w.+-]+)\/[0-9a-f]+\/[^/]+$/.exec(path);
  if (gradle?.[1] && gradle[2] && gradle[3]) return { group: gradle[1], artifact: gradle[2], version: gradle[3] };
  const maven = /(?:^|\/)(?:\.m2\/repository|maven-repo)\/([\w./-]+)\/([\w.-]+)\/(\d[\w.+-]*)\/\2-\3[^/]*$/.exec(path);
  return maven?.[1] && maven[2] && maven[3] ? { group: maven[1].replaceAll('/', '.'), artifact: maven[2], version: maven[3] } : undefined;
}
