import type { Bytes } from '../../../util/bytes.ts';
import { RpmHeader } from './header.ts';

/** One installed package. Plain data that survives JSON. */
export interface RpmPackage {
  readonly name: string;
  /** `[epoch:]version-release`; an epoch of 0 is not written. */
  readonly version: string;
  readonly arch?: string;
  readonly source?: { readonly name: string; readonly version: string };
  readonly vendor?: string;
  readonly packager?: string;
  /** `name:stream:version:context`. */
  readonly module?: string;
  readonly license?: string;
  /** Paths, each ended by a line feed: one text is cheaper to keep than ten thousand. */
  readonly files?: string;
}

/** Source: rpm, docs/manual/tags.md. */
const NAME = 1000;
const VERSION = 1001;
const RELEASE = 1002;
const EPOCH = 1003;
const VENDOR = 1011;
const LICENSE = 1014;
const PACKAGER = 1015;
const ARCH = 1022;
const OLD_FILE_NAMES = 1027;
const FILE_STATES = 1029;
const FILE_MODES = 1030;
const SOURCE_RPM = 1044;
const DIR_INDEXES = 1116;
const BASE_NAMES = 1117;
const DIR_NAMES = 1118;
const MODULARITY_LABEL = 5096;

/** Keys that `rpm --import` trusts stand in the database as packages of this name. */
const KEY = 'gpg-pubkey';

/** Longer values are no names or versions of anything. */
const MAX_VALUE = 8192;
/** The kernel's sources have about 100,000. */
const MAX_FILES = 1_000_000;
const MAX_PATH = 4096;

/** Bytes of paths that may still be listed: a few folder names of 4 kB can be multiplied by a million files. */
export interface PathBudget {
  left: number;
}

/** Undefined for keys; `malformed` for what is no package header or has no name and version. */
export function packageOf(blob: Bytes, budget: PathBudget): RpmPackage | 'malformed' | undefined {
  const header = RpmHeader.parse(blob);
  if (header === undefined) return 'malformed';
  const text = (tag: number): string | undefined => {
    const value = header.text(tag);
    return value === undefined || value === '' || value.length > MAX_VALUE ? undefined : value;
  };
  const [name, version, release] = [text(NAME), text(VERSION), text(RELEASE)];
  if (name === undefined || version === undefined || release === undefined) return 'malformed';
  if (name === KEY) return undefined;
  const files = filesOf(header, budget);
  return rpmPackage({
    name,
    versionRelease: `${version}-${release}`,
    epoch: header.numbers(EPOCH, 1)[0] ?? 0,
    arch: text(ARCH),
    sourceRpm: text(SOURCE_RPM),
    more: {
      ...optional('vendor', text(VENDOR)),
      ...optional('packager', text(PACKAGER)),
      ...optional('module', text(MODULARITY_LABEL)),
      ...optional('license', text(LICENSE)),
      ...optional('files', files || undefined),
    },
  });
}

export interface RpmFields {
  readonly name: string;
  readonly versionRelease: string;
  readonly epoch: number;
  readonly arch: string | undefined;
  readonly sourceRpm: string | undefined;
  readonly more: Partial<RpmPackage>;
}

/**
 * The database does not keep the epoch of the source package. It is the package's own unless a spec file gives a subpackage
 * another one, so that one is taken.
 */
export function rpmPackage({ name, versionRelease, epoch, arch, sourceRpm, more }: RpmFields): RpmPackage {
  const withEpoch = (version: string) => (epoch > 0 ? `${epoch}:${version}` : version);
  const source = /^(.+)-([^-]+-[^-]+)\.(?:no)?src\.rpm$/.exec(sourceRpm ?? '');
  return {
    name,
    version: withEpoch(versionRelease),
    ...optional('arch', arch),
    ...(source?.[1] && source[2] ? { source: { name: source[1], version: withEpoch(source[2]) } } : {}),
    ...more,
  };
}

function optional<K extends keyof RpmPackage>(key: K, value: string | undefined): Partial<RpmPackage> {
  return value === undefined ? {} : { [key]: value };
}

const FOLDER = 0o040000;
const FORMAT_BITS = 0o170000;
/** RPMFILE_STATE_NOTINSTALLED: documentation under `tsflags=nodocs`, most of all. */
const NOT_INSTALLED = 2;

/** What the package put into the file system, folders left out. */
function filesOf(header: RpmHeader, budget: PathBudget): string {
  const modes = header.numbers(FILE_MODES, MAX_FILES);
  const states = header.numbers(FILE_STATES, MAX_FILES);
  let paths = '';
  pathsOf(header).forEach((path, i) => {
    if (((modes[i] ?? 0) & FORMAT_BITS) === FOLDER || states[i] === NOT_INSTALLED) return;
    if (path === '' || path.length > MAX_PATH || path.length > budget.left || path.includes('\n')) return;
    budget.left -= path.length;
    paths += `${path.startsWith('/') ? path.slice(1) : path}\n`;
  });
  return paths;
}

/** Empty where the folder is not listed. Packages built before rpm 4 have whole paths. */
function pathsOf(header: RpmHeader): string[] {
  const names = header.texts(BASE_NAMES, MAX_FILES);
  if (names.length === 0) return header.texts(OLD_FILE_NAMES, MAX_FILES);
  const folders = header.texts(DIR_NAMES, MAX_FILES);
  const indexes = header.numbers(DIR_INDEXES, MAX_FILES);
  return names.map((name, i) => {
    const folder = folders[indexes[i] ?? -1];
    return folder === undefined ? '' : folder + name;
  });
}
