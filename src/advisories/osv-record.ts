import type { RangeEvent } from '../model/index.ts';
import { type Fields, fields, strings } from '../util/fields.ts';
import type { RecordSink } from './types.ts';

/** An OSV record cut down to what the engine needs. Source: OSV schema 1.x, https://ossf.github.io/osv-schema. */
export interface OsvRecord {
  readonly id: string;
  readonly modified?: string;
  readonly published?: string;
  readonly withdrawn: boolean;
  readonly aliases: readonly string[];
  readonly related: readonly string[];
  readonly upstream: readonly string[];
  readonly summary: string;
  readonly cvss: readonly string[];
  readonly affected: readonly OsvAffected[];
  /** True where all that is said is said of commits, and of no package. */
  readonly commitsOnly: boolean;
  readonly database: Fields;
}

export interface OsvAffected {
  readonly ecosystem: string;
  readonly name: string;
  readonly ranges: readonly OsvRange[];
  readonly versions: readonly string[];
  readonly cvss: readonly string[];
  /** `ecosystem_specific` and `database_specific`: each feed's own words. */
  readonly specific: Fields;
  readonly database: Fields;
}

export interface OsvRange {
  readonly type: string;
  readonly events: readonly RangeEvent[];
}

const MAX_ID = 256;
const ID = /^[!-~]+$/;
/** osv.dev's names for the records that distributions keep of a CVE: `DEBIAN-CVE-2024-0001` is what Debian says of it. */
const COPY_OF_CVE = /^(?:ALPINE|DEBIAN|UBUNTU)-(?=CVE-\d{4}-\d{4,}$)/;

/**
 * An OSV record from untrusted JSON; undefined, and counted in `sink`, where it is not one. An `affected` entry that is
 * malformed or names no package is left out and counted, the others are kept.
 */
export function osvRecord(value: unknown, sink: Pick<RecordSink, 'problem'>): OsvRecord | undefined {
  const raw = fields(value);
  if (typeof raw.id !== 'string' || raw.id.length > MAX_ID || !ID.test(raw.id)) {
    sink.problem('no usable id', typeof raw.id === 'string' ? raw.id.slice(0, 80) : '?');
    return undefined;
  }
  const id = raw.id.replace(COPY_OF_CVE, '');
  const published = date(raw.published);
  const modified = date(raw.modified);
  const affected = affectedEntries(raw.affected, id, sink);
  return {
    id,
    ...(published ? { published } : {}),
    ...(modified ? { modified } : {}),
    withdrawn: typeof raw.withdrawn === 'string',
    aliases: ids(raw.aliases),
    related: ids(raw.related),
    upstream: ids(raw.upstream),
    summary: typeof raw.summary === 'string' ? raw.summary : '',
    cvss: cvssVectors(raw.severity),
    affected,
    commitsOnly: affected.length === 0 && Array.isArray(raw.affected) && raw.affected.some(isAboutCommits),
    database: fields(raw.database_specific),
  };
}

/** RFC 3339 to the second; undefined for anything else and for Go's zero time. */
export function date(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}(T|$)/.test(value) || value.startsWith('0001-')) return undefined;
  return value.length > 10 ? value.replace(/\.\d+/, '') : `${value}T00:00:00Z`;
}

function ids(value: unknown): readonly string[] {
  return strings(value)
    .filter((id) => id.length <= MAX_ID && ID.test(id))
    .map((id) => id.replace(COPY_OF_CVE, ''));
}

function cvssVectors(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item) => {
    const score = fields(item).score;
    return typeof score === 'string' && /^(CVSS:|AV:|\(AV:)/.test(score) && score.length < 500 ? [score] : [];
  });
}

function affectedEntries(value: unknown, id: string, sink: Pick<RecordSink, 'problem'>): readonly OsvAffected[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    sink.problem('affected is not a list', id);
    return [];
  }
  return value.flatMap((item) => affectedEntry(fields(item), id, sink));
}

function affectedEntry(raw: Fields, id: string, sink: Pick<RecordSink, 'problem'>): readonly OsvAffected[] {
  const found = fields(raw.package);
  const ecosystem = found.ecosystem;
  const name = found.name;
  const ranges = rangeEntries(raw.ranges);
  if (ranges === undefined) {
    sink.problem('malformed range', id);
    return [];
  }
  if (typeof ecosystem !== 'string' || typeof name !== 'string' || !isKeyText(ecosystem) || !isKeyText(name)) {
    if (!isAboutCommits(raw)) sink.problem('names no package', id);
    return [];
  }
  return [
    {
      ecosystem,
      name,
      ranges,
      versions: strings(raw.versions),
      cvss: cvssVectors(raw.severity),
      specific: fields(raw.ecosystem_specific),
      database: fields(raw.database_specific),
    },
  ];
}

function isAboutCommits(affected: unknown): boolean {
  return (rangeEntries(fields(affected).ranges) ?? []).some((range) => range.type === 'GIT');
}

/** Text that may be part of a database key: not empty, not endless, no control characters. */
export function isKeyText(text: string): boolean {
  return text.length > 0 && text.length <= 1024 && !/[\u0000-\u001f\u007f]/.test(text);
}

/** Undefined where the events are not what the schema allows: such a range must not silently turn into "nothing affected". */
export function rangeEntries(value: unknown): readonly OsvRange[] | undefined {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return undefined;
  const ranges: OsvRange[] = [];
  for (const item of value) {
    const raw = fields(item);
    const events = rangeEvents(raw.events);
    if (typeof raw.type !== 'string' || events === undefined) return undefined;
    ranges.push({ type: raw.type, events });
  }
  return ranges;
}

function rangeEvents(value: unknown): readonly RangeEvent[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const events: RangeEvent[] = [];
  for (const item of value) {
    const raw = fields(item);
    // Older exports put both bounds into one event.
    let known = 0;
    for (const [key, bound] of Object.entries(raw)) {
      if (typeof bound !== 'string' || bound === '') return undefined;
      if (key === 'introduced') events.push({ introduced: bound });
      else if (key === 'fixed') events.push({ fixed: bound });
      else if (key === 'last_affected') events.push({ lastAffected: bound });
      else if (key === 'limit') events.push({ limit: bound });
      else return undefined;
      known += 1;
    }
    if (known === 0) return undefined;
  }
  return events;
}
