import type { FoundPackage, Gap, PackageType } from '../model/index.ts';
import type { Bytes } from '../util/bytes.ts';
import { isObject } from '../util/fields.ts';
import { formatPurl } from '../util/purl.ts';
import { readWithin } from './read-within.ts';
import type { Extractor, MergedView, Settled, Wants } from './types.ts';

/** A package that a lock file names. Names and versions are those of the ecosystem; what cannot be one is left out by the parser. */
export interface LockedPackage {
  readonly name: string;
  /** Empty where the file gives none. */
  readonly version: string;
  /** Needed for development only, as the file states or as its graph shows; absent where it does not tell. */
  readonly dev?: true;
  /** `direct`: the project itself asks for it. Absent where the file does not tell. */
  readonly role?: 'direct' | 'indirect';
  readonly licenses?: readonly string[];
  /** For the purl alone: what else it takes to find the package (Conan's user and channel). */
  readonly qualifiers?: Readonly<Record<string, string>>;
}

/** Reports a part of the file that could not be read. `path` is filled in. */
export type LockGap = (gap: Pick<Gap, 'code' | 'params' | 'incomplete'>) => void;

/** What tells one lock file format from another. */
export interface LockFileFormat {
  /** As {@link Extractor.id}. */
  readonly id: string;
  readonly version: number;
  readonly type: PackageType;
  /** For gaps: `package-lock.json`. */
  readonly what: string;
  readonly wants: Pick<Wants, 'basenames' | 'suffixes'>;
  /** Pure; never throws. Undefined: the text is no such file, which becomes a gap. Parts that cannot be read go to `gap`. */
  parse(text: string, gap: LockGap, path: string): readonly LockedPackage[] | undefined;
  /** By default what stands before the last slash of the name is the namespace: so for most types of the purl specification. */
  readonly purl?: (one: LockedPackage) => string;
}

/** What is kept of one lock file. */
export interface LockPartial {
  readonly packages: readonly LockedPackage[];
}

/** The largest lock files of public monorepos are below 10 MB. */
const LIMIT = 64 << 20;

/** An extractor of a format where every file stands for itself: which is most of them. */
export function lockFileExtractor(format: LockFileFormat): Extractor<LockPartial> {
  const { id, version, what } = format;
  return {
    id,
    version,
    class: 'library',
    appliesTo: 'project',
    wants: { ...format.wants, accept: (_head, file) => isOfProject(file.path) },

    async extract(file, ctx) {
      const bytes = await readWithin(file, LIMIT, ctx, { what, incomplete: true });
      if (!bytes) return undefined;
      const packages = format.parse(textOf(bytes), (gap) => ctx.gap(gap), file.path);
      if (packages) return { packages };
      ctx.gap({ code: 'malformed', params: { what }, incomplete: true });
      return undefined;
    },

    settle: (view) => settleLocked(view, format),
  };
}

function settleLocked(view: MergedView<LockPartial>, format: LockFileFormat): Settled {
  const { type } = format;
  const purl = format.purl ?? ((one) => namespacedPurl(type, one));
  return { packages: view.visible.flatMap((entry) => entry.partial.packages.map((one) => lockedPackage(entry, type, one, purl(one)))) };
}

/** The package as it is found in a file that names it. */
export function lockedPackage(
  { path, layer }: { readonly path: string; readonly layer: number },
  type: PackageType,
  { qualifiers: _, ...one }: LockedPackage,
  purl: string,
): FoundPackage {
  const detail = path.slice(path.lastIndexOf('/') + 1);
  return { ...one, type, purl, evidence: { kind: 'lock-file', confidence: 'high', detail }, path, layer };
}

/** A purl whose namespace is what stands before the last slash of the name. */
export function namespacedPurl(type: PackageType, { name, version, qualifiers }: LockedPackage): string {
  const slash = name.lastIndexOf('/');
  return formatPurl({
    type,
    ...(slash > 0 ? { namespace: name.slice(0, slash) } : {}),
    name: name.slice(slash + 1),
    version,
    ...(qualifiers ? { qualifiers } : {}),
  });
}

/** Where package managers put packages: Node and Bower, Python, Go, PHP and Ruby, Yarn; Cargo, Swift, Carthage, Dart. */
const OTHERS =
  /(^|\/)(node_modules|bower_components|site-packages|dist-packages|vendor|\.git|\.yarn|\.venv|\.tox|\.cargo|\.build\/checkouts|Carthage\/Checkouts|\.dart_tool|\.pub-cache)\//;

/** Whether the file is the project's own: packages bring lock files of their authors along, which say nothing of this project. */
export function isOfProject(path: string): boolean {
  return !OTHERS.test(path);
}

/** The text without its byte order mark; UTF-16 where one says so (`pip freeze > requirements.txt` in PowerShell). */
export function textOf(bytes: Bytes): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le', 2);
  return bytes.toString('utf8', bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0);
}

/** What may be a version in any ecosystem: one word, not endless. */
export function isVersion(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 256 && /^[^\s\0]+$/.test(value);
}

/** The object that a JSON text is; undefined for all other text. Never throws. */
export function jsonObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** All that can be reached from `roots`, they included. `next` may name things that do not exist. */
export function reachable(roots: Iterable<string>, next: (key: string) => Iterable<string>): ReadonlySet<string> {
  const seen = new Set<string>(roots);
  for (const key of seen) for (const other of next(key)) seen.add(other);
  return seen;
}
