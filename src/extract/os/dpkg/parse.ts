import type { Bytes } from '../../../util/bytes.ts';

/** One package of a dpkg status file that has files in the file system. */
export interface DpkgPackage {
  readonly name: string;
  readonly version: string;
  readonly arch?: string;
  readonly source?: { readonly name: string; readonly version: string };
  readonly maintainer?: string;
  readonly origin?: string;
  /** The third word of `Status` where it is not `installed`: `unpacked`, `half-configured`, ... */
  readonly state?: string;
}

/** Debian has 70,000 packages in all. */
const MAX_PACKAGES = 200_000;
const MAX_NAME = 'architecture'.length;
/** Longer values are no names or versions of anything. */
const MAX_VALUE = 8192;

/** Fields that are read, in lower case: deb822(5) compares names without case. */
const WANTED = new Set(['package', 'status', 'version', 'architecture', 'source', 'maintainer', 'origin']);
const INITIALS = new Set([...WANTED].flatMap((name) => [name.charCodeAt(0), name.charCodeAt(0) - 0x20]));

/** States in which nothing of the package is left but perhaps its configuration. Source: dpkg(1), "Package states". */
const GONE = new Set(['not-installed', 'config-files']);

const LINE_FEED = 0x0a;
const COLON = 0x3a;

type Fields = Map<string, string>;

/**
 * Reads a status file, or a file of status.d (which has no `Status` field: what is listed there is installed). `complain` is told
 * of stanzas that name no package or no version. Source: deb822(5), deb-control(5), dpkg(1).
 */
export function parseStatus(bytes: Bytes, complain: (code: 'malformed' | 'too-large', what: string) => void): DpkgPackage[] {
  const packages: DpkgPackage[] = [];
  let fields: Fields = new Map();
  let lines = 0;
  for (let at = 0; at <= bytes.length; ) {
    let end = at;
    while (end < bytes.length && bytes[end] !== LINE_FEED) end++;
    if (isBlank(bytes, at, end)) {
      if (lines > 0) close();
      if (packages.length > MAX_PACKAGES) {
        complain('too-large', 'number of packages');
        return packages;
      }
    } else {
      lines++;
      readField(bytes, at, end, fields);
    }
    at = end + 1;
  }
  if (lines > 0) close();
  return packages;

  function close(): void {
    const state = fields.get('status')?.split(/\s+/)[2] ?? 'installed';
    if (!GONE.has(state)) {
      const made = toPackage(fields, state);
      if (made) packages.push(made);
      else complain('malformed', 'package without name or version');
    }
    fields = new Map();
    lines = 0;
  }
}

function isBlank(bytes: Bytes, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] !== 0x20 && bytes[i] !== 0x09 && bytes[i] !== 0x0d) return false;
  return true;
}

/** Lines that continue a value begin with a blank, so they are no wanted field. */
function readField(bytes: Bytes, start: number, end: number, fields: Fields): void {
  if (!INITIALS.has(bytes[start] ?? 0)) return;
  let colon = start;
  while (colon < end && colon - start <= MAX_NAME && bytes[colon] !== COLON) colon++;
  if (bytes[colon] !== COLON || colon >= end || end - colon > MAX_VALUE) return;
  const name = bytes.toString('latin1', start, colon).toLowerCase();
  if (WANTED.has(name) && !fields.has(name)) fields.set(name, bytes.toString('utf8', colon + 1, end).trim());
}

function toPackage(fields: Fields, state: string): DpkgPackage | undefined {
  const text = (name: string) => fields.get(name) || undefined;
  const [name, version, arch] = [text('package'), text('version'), text('architecture')];
  if (name === undefined || version === undefined) return undefined;
  const [source, maintainer, origin] = [sourceOf(text('source'), version), text('maintainer'), text('origin')];
  return {
    name,
    version,
    ...(arch ? { arch } : {}),
    ...(source ? { source } : {}),
    ...(maintainer ? { maintainer } : {}),
    ...(origin ? { origin } : {}),
    ...(state === 'installed' ? {} : { state }),
  };
}

/**
 * `name` or `name (version)`. The version stands there whenever it is not the package's own (binary-only rebuilds,
 * `1.2-3+b1`, among them). Source: Debian Policy 5.6.1.
 */
function sourceOf(field: string | undefined, version: string): { name: string; version: string } | undefined {
  const parts = /^([^\s(]+)\s*(?:\(\s*([^\s)]+)\s*\))?/.exec(field ?? '');
  return parts?.[1] === undefined ? undefined : { name: parts[1], version: parts[2] ?? version };
}
