import type { StarterErratum, StarterFlaw, StarterPackage, StarterSaying, StarterStatement } from '../../src/advisories/db/starter-text.ts';
import type { Advisory, Flaw, RangeEvent } from '../../src/model/index.ts';
import fetched from './fetched.json' with { type: 'json' };
import type { Candidate } from './select.ts';

/** Whose words the starter passes on: the feeds it names and credits (data/starter/SOURCES.md), and who gave them theirs. */
const SOURCES: ReadonlySet<string> = new Set([...Object.keys(fetched), 'nvd', 'cna', 'cisa-vulnrichment']);

/** A flaw as one line of JSON. */
export function flawLine({ id, flaw, statements }: Candidate): string {
  const { aliases = [], epss, kev, ssvc, cwes, published, severities = [] }: Partial<Flaw> = flaw ?? {};
  // One is enough: that of the feed whose packages the starter knows.
  const severity = severities.find(({ source }) => source === 'ghsa') ?? severities.find(({ source }) => SOURCES.has(source));
  const cvss: Record<string, string[]> = {};
  for (const { source, vector } of flaw?.cvss ?? []) {
    if (!SOURCES.has(source)) continue;
    cvss[source] ??= [];
    cvss[source].push(vector);
  }
  const line: StarterFlaw = {
    id,
    ...(aliases.length > 0 ? { aliases } : {}),
    ...(Object.keys(cvss).length > 0 ? { cvss } : {}),
    ...(epss ? { epss: [epss.score, epss.percentile] } : {}),
    ...(kev ? { kev } : {}),
    ...(ssvc ? { ssvc: [ssvc.exploitation, ssvc.automatable ? 'yes' : 'no', ssvc.technicalImpact, ssvc.date ?? ''] } : {}),
    ...(cwes ? { cwes } : {}),
    ...(published ? { published: published.slice(0, 10) } : {}),
    ...(severity ? { severity } : {}),
    statements: byAdvisory(statements).map((group) => statementOf(group, id, cvss)),
  };
  return JSON.stringify(line);
}

/** An erratum as one line of JSON. */
export function erratumLine(statements: readonly Advisory[]): string {
  const { id, flaws } = statements[0]!;
  const line: StarterErratum = { id, flaws, ...statementOf(statements, id, {}) };
  return JSON.stringify(line);
}

function byAdvisory(statements: readonly Advisory[]): readonly (readonly Advisory[])[] {
  return [...Map.groupBy(statements, (item) => `${item.feed}\n${item.id}\n${item.aliases.join(' ')}`)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => group);
}

function statementOf(group: readonly Advisory[], lineId: string, lineCvss: Readonly<Record<string, readonly string[]>>): StarterStatement {
  const first = group[0]!;
  const aliases = first.id === lineId ? [] : [lineId];
  const cvss = lineCvss[first.feed] ?? [];
  const label = group.every((item) => item.severityLabel === first.severityLabel) ? first.severityLabel : undefined;
  return {
    feed: first.feed,
    ...(first.id === lineId ? {} : { id: first.id }),
    ...(first.kind === 'malware' ? { kind: first.kind } : {}),
    ...(same(first.aliases, aliases) ? {} : { aliases: first.aliases }),
    ...(same(first.cvss, cvss) ? {} : { cvss: first.cvss }),
    ...(label ? { label } : {}),
    packages: packagesOf(group, label),
  };
}

/** Releases where the same is said of a package share an entry; so do ranges that an upstream gives one by one. */
function packagesOf(group: readonly Advisory[], label: string | undefined): readonly StarterPackage[] {
  const entries = new Map<
    string,
    { readonly family: string; readonly name: string; readonly said: string | StarterSaying; readonly releases: string[] }
  >();
  for (const item of group) {
    const [family = '', release = ''] = item.ecosystem.split(':');
    const said = sayingOf(item, label);
    const key = `${family}\n${item.name}\n${JSON.stringify(said)}`;
    const entry = entries.get(key);
    if (entry === undefined) entries.set(key, { family, name: item.name, said, releases: [release] });
    else entry.releases.push(release);
  }
  return [...entries.values()].map(({ family, name, said, releases }) => [
    releases[0] === '' ? family : `${family}:${releases.join(',')}`,
    name,
    said,
  ]);
}

/** Listed versions are left out where ranges express them (PyPA lists what its ranges say), symbols of Go packages always. */
function sayingOf(item: Advisory, common: string | undefined): string | StarterSaying {
  const fixed =
    item.ranges.length === 1 && item.status === 'affected' && !item.imports && item.severityLabel === common
      ? onlyFix(item.ranges[0]!)
      : undefined;
  if (fixed !== undefined) return fixed;
  return {
    ...(item.ranges.length > 0 ? { ranges: item.ranges } : {}),
    ...(item.ranges.length === 0 && item.versions ? { versions: item.versions } : {}),
    ...(item.status === 'affected' ? {} : { status: item.status }),
    ...(item.severityLabel && item.severityLabel !== common ? { label: item.severityLabel } : {}),
    ...(item.imports ? { imports: item.imports.map(({ path }) => ({ path })) } : {}),
  };
}

function onlyFix(range: readonly RangeEvent[]): string | undefined {
  const [introduced, fixed] = range;
  if (range.length !== 2 || !introduced || !fixed || !('introduced' in introduced) || !('fixed' in fixed)) return undefined;
  return introduced.introduced === '0' ? fixed.fixed : undefined;
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, number) => item === b[number]);
}
