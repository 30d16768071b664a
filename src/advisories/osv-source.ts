import { normaliseName, type RangeEvent } from '../model/index.ts';
import { type Fields, fields } from '../util/fields.ts';
import { isLines, isNamed, readJson } from './feed-files.ts';
import { isExportOf } from './osv-exports.ts';
import { type OsvAffected, type OsvRecord, osvRecord } from './osv-record.ts';
import { readRecordFile } from './record-files.ts';
import type { AdvisorySource, AffectedPackage, RecordSink } from './types.ts';

/** How one feed differs from plain OSV. */
export interface OsvFeed extends Omit<AdvisorySource, 'kind' | 'claims' | 'isRecord' | 'parse'> {
  /** Name of the feed's file or folder, extensions cut off; anchored. */
  readonly file: RegExp;
  /** Which files below a folder so named are records: the upstream's repository holds others too. All of them where it is left out. */
  readonly records?: RegExp;
  /** The fields of a record that is no JSON, out of the text of its file; undefined where it has not the upstream's form. */
  readonly read?: (text: string) => unknown;
  /** Keeps the parts of a record that speak of this feed's ecosystem (exports of osv.dev hold all of them). */
  readonly accepts: (ecosystem: string) => boolean;
  /** Ids whose records bundle flaws; none where every record describes one flaw. */
  readonly errata?: RegExp;
  /** Source name of the record's CVSS vectors; absent where they belong to the bundle and to no single flaw. */
  readonly cvssSource?: string;
  /** False where the vectors are not the feed's own opinion of its packages (CVE records carry those of the NVD). */
  readonly ownCvss?: boolean;
  /** What the feed says beyond plain OSV. */
  readonly detail?: (affected: OsvAffected, record: OsvRecord) => Detail;
  /** Module streams that an entry speaks of, each a statement of its own; none for packages outside modules. */
  readonly modules?: (affected: OsvAffected, record: OsvRecord) => readonly string[];
  /** The feed's word for the flaw as a whole, lower case. */
  readonly severity?: (record: OsvRecord) => FlawSeverity;
  /** Turns a record of another form into OSV's; undefined, and counted, where it says nothing. */
  readonly translate?: (raw: Fields, sink: RecordSink) => Fields | undefined;
  /** True for a record on a malicious package that has no `MAL-` name. */
  readonly malware?: (record: OsvRecord) => boolean;
}

export type Detail = Partial<Pick<AffectedPackage, 'status' | 'severityLabel' | 'imports' | 'ranges'>>;
export type FlawSeverity = { readonly level: 'critical' | 'high' | 'medium' | 'low'; readonly cwes: readonly string[] } | undefined;

const CVE = /^CVE-\d{4}-\d{4,}$/;

/** An advisory source that reads OSV records, one JSON document or line each. */
export function osvSource(feed: OsvFeed): AdvisorySource {
  return {
    id: feed.id,
    title: feed.title,
    licence: feed.licence,
    homepage: feed.homepage,
    kind: 'advisories',
    claims: (fileName) => isExportOf(feed.id, fileName) || (isNamed(fileName, feed.file) && isRecords(fileName, feed)),
    isRecord: (fileName) => isExportOf(feed.id, fileName) || feed.records?.test(fileName) === true,
    parse: async (file, sink) => {
      const one = (value: unknown) => {
        const translated = feed.translate ? feed.translate(fields(value), sink) : value;
        const record = feed.translate && !translated ? undefined : osvRecord(translated, sink);
        if (record !== undefined) take(record, feed, sink);
      };
      if (feed.read && !/\.jsonl?(\.gz)?$/.test(file.name)) await readRecordFile(file, feed.read, sink, one);
      else await readJson(file, sink, one);
    },
  };
}

function isRecords(name: string, { file, records }: OsvFeed): boolean {
  return records === undefined || isLines(name) || records.test(name) || isNamed(name.slice(name.lastIndexOf('/') + 1), file);
}

function take(record: OsvRecord, feed: OsvFeed, sink: RecordSink): void {
  const bundle = feed.errata?.test(record.id) ?? false;
  if (!bundle && record.aliases.length > 0) sink.fact({ id: record.id, aliases: flawAliases(record) });
  if (record.withdrawn) {
    sink.leftOut('withdrawn', record.id);
    return;
  }
  const flaws = bundle ? [...record.related, ...record.aliases, ...record.upstream].filter((id) => CVE.test(id)) : [];
  if (bundle && flaws.length === 0 && !isSecurity(record.id)) {
    sink.leftOut('not about security', record.id);
    return;
  }
  if (record.commitsOnly) sink.leftOut('commits only', record.id);
  const affected = record.affected
    .filter((entry) => feed.accepts(entry.ecosystem))
    .flatMap((entry) => statement(entry, record, feed, sink));
  if (affected.length > 0) {
    sink.advisory({
      id: record.id,
      kind: isMalware(record) || feed.malware?.(record) ? 'malware' : 'vulnerability',
      ...form(record, bundle, flaws),
      cvss: feed.ownCvss === false ? [] : vectors(record),
      ...(record.published ? { published: record.published } : {}),
      ...(record.modified ? { modified: record.modified } : {}),
      affected,
    });
  }
  if (!bundle) fact(record, feed, sink);
}

function isMalware(record: OsvRecord): boolean {
  return [record.id, ...record.aliases].some((name) => name.startsWith('MAL-'));
}

/** A record that is an alias of several CVEs bundles them: it must never make one flaw of two (users-ask.md 1). */
function form(record: OsvRecord, bundle: boolean, flaws: readonly string[]) {
  if (bundle) return { form: 'errata' as const, aliases: [], flaws: unique(flaws) };
  const aliases = flawAliases(record);
  const cves = CVE.test(record.id) ? [] : aliases.filter((alias) => CVE.test(alias));
  if (cves.length < 2) return { form: 'flaw' as const, aliases, flaws: [] };
  return { form: 'errata' as const, aliases: aliases.filter((alias) => !CVE.test(alias)), flaws: unique(cves) };
}

/** A CVE record that calls another CVE its alias is wrong about one of them. */
function flawAliases(record: OsvRecord): readonly string[] {
  const aliases = unique(record.aliases).filter((alias) => alias !== record.id);
  return CVE.test(record.id) ? aliases.filter((alias) => !CVE.test(alias)) : aliases;
}

function fact(record: OsvRecord, feed: OsvFeed, sink: RecordSink): void {
  const severity = feed.severity?.(record);
  const cvss = feed.cvssSource ? vectors(record).map((vector) => ({ vector, source: feed.cvssSource ?? feed.id })) : [];
  if (cvss.length === 0 && severity === undefined && record.published === undefined) return;
  sink.fact({
    id: record.id,
    cvss,
    ...(severity ? { severity: { level: severity.level, source: feed.id }, cwes: severity.cwes } : {}),
    ...(record.published ? { published: record.published } : {}),
  });
}

function vectors(record: OsvRecord): readonly string[] {
  return unique([...record.cvss, ...record.affected.flatMap((entry) => entry.cvss)]);
}

function statement(entry: OsvAffected, record: OsvRecord, feed: OsvFeed, sink: RecordSink): readonly AffectedPackage[] {
  const detail = feed.detail?.(entry, record) ?? {};
  const ranges = detail.ranges ?? entry.ranges.filter((range) => range.type !== 'GIT').map((range) => range.events);
  const never = ranges.length > 0 && entry.versions.length === 0 && ranges.every(isEmptyRange);
  // A list adds nothing to "every version".
  const versions = ranges.some(isEveryVersion) ? [] : entry.versions;
  if (ranges.length === 0 && versions.length === 0) {
    if (entry.ranges.length > 0) sink.leftOut('commits only', record.id);
    else sink.problem('no ranges and no versions', record.id);
    return [];
  }
  const said: AffectedPackage = {
    ecosystem: entry.ecosystem,
    name: normaliseName(entry.ecosystem, entry.name),
    ranges: never ? [] : ranges,
    ...(versions.length > 0 ? { versions } : {}),
    status: detail.status ?? (never ? 'not-affected' : 'affected'),
    ...(detail.severityLabel ? { severityLabel: detail.severityLabel } : {}),
    ...(detail.imports ? { imports: detail.imports } : {}),
  };
  const modules = feed.modules?.(entry, record) ?? [];
  return modules.length > 0 ? modules.map((module) => ({ ...said, module })) : [said];
}

/** `introduced: 0, fixed: 0`: Debian's way to say that no version ever was affected. */
function isEmptyRange(events: readonly RangeEvent[]): boolean {
  return (
    events.length === 2 && 'introduced' in events[0]! && events[0].introduced === '0' && 'fixed' in events[1]! && events[1].fixed === '0'
  );
}

function isEveryVersion(events: readonly RangeEvent[]): boolean {
  return events.length === 1 && 'introduced' in events[0]! && events[0].introduced === '0';
}

/** Bug fix and enhancement errata (RHBA, RHEA, ALBA, ALEA, SUSE-RU, SUSE-FU) without a CVE are no findings. */
function isSecurity(id: string): boolean {
  return !/^(RHBA|RHEA|ALBA|ALEA|SUSE-RU|SUSE-FU|SUSE-OU|openSUSE-RU|openSUSE-FU|openSUSE-OU)-/.test(id);
}

function unique<T>(items: readonly T[]): readonly T[] {
  return items.length < 2 ? items : [...new Set(items)];
}
