import { ubuntuEcosystem, ubuntuReleaseOf } from '../../model/index.ts';
import { fields, records, strings } from '../../util/fields.ts';
import { isDebVersion } from '../deb-version.ts';
import { date, isKeyText } from '../osv-record.ts';
import { text } from '../rpm-errata.ts';
import type { RecordSink } from '../types.ts';

/** What is read of a notice. */
export interface Notice {
  /** `USN-7648-1`. */
  readonly id: string;
  readonly cves: readonly string[];
  /** RFC 3339. */
  readonly published?: string;
  readonly packages: readonly NoticePackage[];
}

export interface NoticePackage {
  readonly ecosystem: string;
  /** Name of the source package. */
  readonly name: string;
  readonly fixed: string;
}

type Sink = Pick<RecordSink, 'problem' | 'leftOut'>;

/**
 * A notice of the API of ubuntu.com. Undefined, and counted, where the value is none. `release_packages` has by release what was built
 * (`is_source` false) and what it was built from.
 */
export function notice(value: unknown, sink: Sink): Notice | undefined {
  const raw = fields(value);
  const { id } = raw;
  const releases = raw.release_packages;
  if (typeof id === 'string' && /^(LSN|SSN)-\d/.test(id)) {
    sink.leftOut('about no package of an archive', id.slice(0, 80));
    return undefined;
  }
  if (typeof id !== 'string' || !/^USN-\d{1,6}-\d{1,4}$/.test(id) || typeof releases !== 'object' || releases === null) {
    sink.problem('not a notice', String(id).slice(0, 80));
    return undefined;
  }
  const named = Array.isArray(raw.cves) ? raw.cves.map((each) => (typeof each === 'string' ? each : text(fields(each).id))) : [];
  const cves = [...new Set([...strings(raw.cves_ids), ...named])].filter((name) => /^CVE-\d{4}-\d{4,}$/.test(name));
  const published = typeof raw.published === 'string' ? date(inUtc(raw.published)) : undefined;
  const packages = Object.entries(releases).flatMap(([codename, list]) => packagesOf(codename, list, id, sink));
  if (packages.length === 0) sink.problem('names no package', id);
  return { id, cves, packages, ...(published ? { published } : {}) };
}

function packagesOf(codename: string, list: unknown, id: string, sink: Sink): readonly NoticePackage[] {
  const release = ubuntuReleaseOf(codename);
  if (release === undefined) {
    sink.problem('unknown release', id);
    return [];
  }
  const found = new Map<string, NoticePackage>();
  for (const entry of records(list)) {
    const source = sourceOf(entry);
    if (source === undefined) continue;
    const { name, version } = source;
    if (!isKeyText(name) || !isDebVersion(version)) sink.problem('no version of a released fix', id);
    else if (/fips/i.test(version)) sink.leftOut('no archive of a release', id);
    else found.set(name, { ecosystem: ubuntuEcosystem(release, isPro(version, entry.pocket) ? 'pro' : 'public'), name, fixed: version });
  }
  return [...found.values()];
}

/** Of what was built, the link to its version tells the source: `https://launchpad.net/ubuntu/+source/curl/7.81.0-1ubuntu1.4`. */
function sourceOf(entry: Readonly<Record<string, unknown>>): { readonly name: string; readonly version: string } | undefined {
  if (String(entry.is_source) === 'true') return { name: text(entry.name), version: text(entry.version) };
  const [, name = '', version] = /\/\+source\/([^/]+)\/([^/?#]+)$/.exec(text(entry.version_link).slice(0, 1024)) ?? [];
  return version === undefined ? undefined : { name: decoded(name), version: decoded(version) };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Packages of Ubuntu Pro say so in their versions. Source: documentation.ubuntu.com/security, "ESM". */
function isPro(version: string, pocket: unknown): boolean {
  return /[+~.]esm\d/.test(version) || /^esm-/.test(String(pocket));
}

/** `2026-06-25T13:18:21.382313`, in UTC without saying so; older ones have a blank for the T. */
function inUtc(text: string): string {
  return /Z|[+-]\d\d:\d\d$/.test(text) ? text : `${text.replace(' ', 'T')}${text.length > 10 ? 'Z' : ''}`;
}
