import type { Gap } from '../../../model/index.ts';
import type { Bytes, RandomAccess } from '../../../util/bytes.ts';
import { openZip, type Zip, type ZipEntry } from '../../../util/zip/index.ts';
import { gapOf } from '../../read-within.ts';
import { identify, type JarPackage, type PomProperties } from './identify.ts';
import { parseManifest, parseProperties, pomLicenses } from './texts.ts';

/** Archives that Java programs and servers are made of. `.rar`: a resource adapter, or the other program's, which is no zip. */
export const SUFFIXES = ['.jar', '.war', '.ear', '.par', '.sar', '.rar', '.hpi', '.jpi', '.kar', '.nar', '.lpkg'];

/** Limits over one file and everything nested in it. */
const MAX_DEPTH = 5;
const MAX_ARCHIVES = 10_000;
const MAX_POMS = 20_000;
/** Bytes of central directories; 300 jars of 1,000 classes have 27 MB of them. */
const MAX_DIRECTORIES = 160 << 20;
const MAX_INFLATED = 2 ** 30;
const MAX_NESTED = 256 << 20;
const MAX_MANIFEST = 16 << 20;
const MAX_PROPERTIES = 64 << 10;
/** Of all of them together. */
const MAX_POM_XML = 64 << 20;

type Report = (gap: Pick<Gap, 'code' | 'params' | 'incomplete'> & { readonly path: string }) => void;
export type PlacedPackage = JarPackage & { readonly path: string };

/**
 * Every package in an archive and, to a bounded depth, in the archives inside it; those have paths such as
 * `app.jar!/BOOT-INF/lib/x.jar`. Unreadable parts are reported and left out, the rest is still told.
 */
export async function readArchive(access: RandomAccess, path: string, report: Report): Promise<PlacedPackage[]> {
  const packages: PlacedPackage[] = [];
  const left = { archives: MAX_ARCHIVES, poms: MAX_POMS, inflated: MAX_INFLATED, directories: MAX_DIRECTORIES, xml: MAX_POM_XML };
  await visit(access, path, 0);
  return packages;

  async function visit(file: RandomAccess, at: string, depth: number): Promise<void> {
    const zip = await guarded(at, looksLikeZip(await file.read(0, 4)), () => openZip(file, { directory: left.directories }));
    if (!zip) return;
    left.directories -= zip.directoryLength;
    const folder = await readOwn(zip, at);
    for (const found of identify(folder)) packages.push({ ...found, path: at });
    for (const entry of zip.entries) {
      if (entry.size > 0 && isArchiveName(entry.name)) await visitNested(zip, entry, `${at}!/${entry.name}`, depth + 1);
    }
  }

  async function visitNested(zip: Zip, entry: ZipEntry, at: string, depth: number): Promise<void> {
    left.archives--;
    if (left.archives === -1) tooMany('nested archives', MAX_ARCHIVES, at);
    if (left.archives < 0) return;
    if (depth > MAX_DEPTH) {
      report({ code: 'nested-too-deep', params: { what: 'Java archive', limit: MAX_DEPTH }, incomplete: true, path: at });
      return;
    }
    const file = await guarded(at, true, () => zip.open(entry, Math.min(MAX_NESTED, left.inflated)));
    if (!file) return;
    if (entry.method !== 0) left.inflated -= entry.size;
    await visit(file, at, depth);
  }

  async function readOwn(zip: Zip, at: string) {
    const poms: PomProperties[] = [];
    const folders = new Map<string, { group: string; artifact: string }>();
    const licenses = new Map<string, readonly string[]>();
    let manifest: ReadonlyMap<string, string> = new Map();
    for (const entry of zip.entries) {
      if (entry.name === 'META-INF/MANIFEST.MF') {
        const bytes = await guarded(at, false, () => zip.read(entry, MAX_MANIFEST));
        if (bytes) manifest = parseManifest(bytes);
        continue;
      }
      if (!entry.name.includes('META-INF/maven/')) continue;
      const [, group, artifact, kind] = MAVEN_FILE.exec(entry.name) ?? [];
      if (!group || !artifact) continue;
      folders.set(`${group}:${artifact}`, { group, artifact });
      if (kind === 'xml') {
        const bytes = await readPomXml(zip, entry, at);
        if (bytes) licenses.set(`${group}:${artifact}`, pomLicenses(bytes));
        continue;
      }
      left.poms--;
      if (left.poms === -1) tooMany('pom.properties', MAX_POMS, at);
      if (left.poms < 0) continue;
      const bytes = await guarded(at, true, () => zip.read(entry, MAX_PROPERTIES));
      if (bytes) poms.push(toPom(bytes, group, artifact));
    }
    const stated = new Set(poms.map((pom) => `${pom.group}:${pom.artifact}`));
    const bareFolders = [...folders].filter(([key]) => !stated.has(key)).map(([, folder]) => folder);
    const hasFolder = (prefix: string) => zip.entries.some((entry) => entry.name.startsWith(prefix));
    return { path: at, poms: distinct(poms), bareFolders, licenses, manifest, hasFolder };
  }

  /** Read for its licences alone: where there is too much of them, no package goes missing. */
  async function readPomXml(zip: Zip, entry: ZipEntry, at: string): Promise<Bytes | undefined> {
    if (left.xml < 0) return undefined;
    left.xml -= entry.size;
    if (left.xml < 0) report({ code: 'too-large', params: { what: 'pom.xml', limit: MAX_POM_XML }, incomplete: false, path: at });
    return left.xml < 0 ? undefined : guarded(at, false, () => zip.read(entry, MAX_POM_XML));
  }

  /** Said once for a file, not for everything that was left out. */
  function tooMany(what: string, limit: number, at: string): void {
    report({ code: 'too-large', params: { what, limit }, incomplete: true, path: at });
  }

  async function guarded<T>(at: string, incomplete: boolean, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      const gap = gapOf(error);
      if (!gap) throw error;
      report({ ...gap, incomplete, path: at });
      return undefined;
    }
  }
}

/** Copies of class folders may carry it too: `WEB-INF/classes/META-INF/maven/...`. */
const MAVEN_FILE = /(?:^|\/)META-INF\/maven\/([\w.-]{1,200})\/([\w.-]{1,200})\/pom\.(properties|xml)$/;

/** What the file states; the folders it lies in where it does not. */
function toPom(bytes: Bytes, group: string, artifact: string): PomProperties {
  const properties = parseProperties(bytes);
  const word = (key: string, pattern: RegExp) => {
    const value = properties.get(key) ?? '';
    return pattern.test(value) ? value : undefined;
  };
  return {
    group: word('groupId', /^[\w.-]{1,200}$/) ?? group,
    artifact: word('artifactId', /^[\w.-]{1,200}$/) ?? artifact,
    version: word('version', /^[\w.+~-]{1,200}$/) ?? '',
  };
}

function distinct(poms: readonly PomProperties[]): PomProperties[] {
  return [...new Map(poms.map((pom) => [`${pom.group}:${pom.artifact}:${pom.version}`, pom])).values()];
}

function isArchiveName(name: string): boolean {
  const dot = name.lastIndexOf('.');
  return dot > 0 && SUFFIXES.includes(name.slice(dot).toLowerCase());
}

function looksLikeZip(head: Bytes): boolean {
  return head.toString('latin1', 0, 2) === 'PK';
}
