import type { Advisory, AdvisoryKey, RangeEvent } from '../../model/index.ts';
import type { AdvisoryRecord, AffectedPackage } from '../types.ts';

/*
 * How statements are stored; docs/database.md has the fields. Values are JSON arrays with empty tails cut off.
 *
 * head       [id, feed, kind and form, aliases, flaws, CVSS vectors, published]
 * statement  [head or the name of a shared head, ranges, versions, status, severity label, imports, module, architectures]
 * range      "1.2" stands for introduced 0, fixed 1.2; else a list of events: "i0", "f1.2", "l1.1" (last affected), "m2" (limit)
 */
type StoredHead = readonly [
  id: string,
  feed: string,
  what?: number,
  aliases?: readonly string[],
  flaws?: readonly string[],
  cvss?: readonly string[],
  published?: string,
];
type StoredStatement = readonly [
  head: StoredHead | string,
  ranges?: readonly (string | readonly string[])[],
  versions?: readonly string[],
  status?: number,
  label?: string,
  imports?: readonly (string | readonly [string, readonly string[]])[],
  module?: string,
  arches?: readonly string[],
];

const WHAT = [
  { kind: 'vulnerability', form: 'flaw' },
  { kind: 'vulnerability', form: 'errata' },
  { kind: 'malware', form: 'flaw' },
  { kind: 'malware', form: 'errata' },
] as const;
const STATUS = ['affected', 'not-affected', 'will-not-fix', 'fix-deferred', 'under-investigation', 'end-of-life'] as const;

const SHARED = '\u0001';
const SEPARATOR = '\u0000';

/** Key of a package's statements. */
export function packageKey(ecosystem: string, name: string): string {
  return `${ecosystem}${SEPARATOR}${name}`;
}

/** Key of a head that many statements of a shard share; sorts before every package. */
export function sharedHeadKey(name: string): string {
  return SHARED + name;
}

/** The package that a key is about; undefined for shared heads. */
export function parsePackageKey(key: string): AdvisoryKey | undefined {
  const at = key.indexOf(SEPARATOR);
  return key.startsWith(SHARED) || at < 0 ? undefined : { ecosystem: key.slice(0, at), name: key.slice(at + 1) };
}

/** JSON of the head of `record`. */
export function encodeHead(record: AdvisoryRecord, feed: string): string {
  const what = WHAT.findIndex((item) => item.kind === record.kind && item.form === record.form);
  return JSON.stringify(trim([record.id, feed, what, record.aliases, record.flaws, record.cvss, record.published ?? '']));
}

/** JSON of everything in a statement after its head, without the brackets; empty where nothing is left to say. */
export function encodeBody(affected: AffectedPackage): string {
  const imports = (affected.imports ?? []).map(({ path, symbols }) => (symbols === undefined ? path : [path, symbols]));
  const body = trim([
    affected.ranges.map(encodeRange),
    affected.versions ?? [],
    STATUS.indexOf(affected.status),
    affected.severityLabel ?? '',
    imports,
    affected.module ?? '',
    affected.arches ?? [],
  ]);
  return JSON.stringify(body).slice(1, -1);
}

/** The statements stored under `key`. `head` finds a shared head by its name. */
export function decodeStatements(text: string, key: AdvisoryKey, head: (name: string) => string): readonly Advisory[] {
  return (JSON.parse(text) as readonly StoredStatement[]).map((stored) => decodeStatement(stored, key, head));
}

function decodeStatement(stored: StoredStatement, key: AdvisoryKey, head: (name: string) => string): Advisory {
  const [first, ranges = [], versions = [], status = 0, label = '', imports = [], module = '', arches = []] = stored;
  const [id, feed, what = 0, aliases = [], flaws = [], cvss = [], published = ''] =
    typeof first === 'string' ? (JSON.parse(head(first)) as StoredHead) : first;
  // Field by field and not by spreading: a scan decodes tens of thousands.
  const advisory: Writable<Advisory> = {
    id,
    feed,
    ecosystem: key.ecosystem,
    name: key.name,
    kind: (WHAT[what] ?? WHAT[0]).kind,
    form: (WHAT[what] ?? WHAT[0]).form,
    aliases,
    flaws,
    ranges: ranges.map(decodeRange),
    status: STATUS[status] ?? 'affected',
    cvss,
  };
  if (versions.length > 0) advisory.versions = versions;
  if (module) advisory.module = module;
  if (arches.length > 0) advisory.arches = arches;
  if (label) advisory.severityLabel = label;
  if (imports.length > 0)
    advisory.imports = imports.map((item) => (typeof item === 'string' ? { path: item } : { path: item[0], symbols: item[1] }));
  if (published) advisory.published = published;
  return advisory;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function encodeRange(events: readonly RangeEvent[]): string | readonly string[] {
  const [first, second] = events;
  if (events.length === 2 && first && second && 'introduced' in first && first.introduced === '0' && 'fixed' in second) return second.fixed;
  return events.map((event) => {
    if ('introduced' in event) return `i${event.introduced}`;
    if ('fixed' in event) return `f${event.fixed}`;
    return 'lastAffected' in event ? `l${event.lastAffected}` : `m${event.limit}`;
  });
}

function decodeRange(stored: string | readonly string[]): readonly RangeEvent[] {
  if (typeof stored === 'string') return [{ introduced: '0' }, { fixed: stored }];
  return stored.map((event) => {
    const bound = event.slice(1);
    if (event.startsWith('i')) return { introduced: bound };
    if (event.startsWith('f')) return { fixed: bound };
    return event.startsWith('l') ? { lastAffected: bound } : { limit: bound };
  });
}

/** Without the empty items at the end. */
export function trim(items: readonly unknown[]): readonly unknown[] {
  let end = items.length;
  while (end > 0 && isEmpty(items[end - 1])) end -= 1;
  return items.slice(0, end);
}

function isEmpty(item: unknown): boolean {
  return item === '' || item === 0 || item === undefined || item === null || (Array.isArray(item) && item.length === 0);
}
