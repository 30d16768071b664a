import type { DbBuildResult } from '../app/db/build.ts';
import type { DbSearchResult } from '../app/db/search.ts';
import type { DbStatus } from '../app/db/status.ts';
import type { Advisory, Flaw, RangeEvent } from '../model/index.ts';
import { layOut } from '../util/terminal/columns.ts';
import { safeText } from '../util/terminal/text.ts';
import type { Words } from './words.ts';

export function builtText({ database, seconds, size, peakMemory }: DbBuildResult, words: Words): string {
  const { path, records, feeds } = database;
  const measured = { seconds: seconds.toFixed(1), size: megabytes(size), memory: megabytes(peakMemory) };
  return `${words('build.done', { path: safeText(path), records, feeds: feeds.length, ...measured })}\n`;
}

/** What was left out of a build, as warnings; empty where nothing was. */
export function problemsText({ problems, unread }: DbBuildResult, words: Words): string {
  const lines: string[] = [];
  const [worst] = problems;
  if (worst) {
    const count = problems.reduce((sum, each) => sum + each.count, 0);
    lines.push(words('build.problems', { count, first: safeText(`${worst.file}: ${worst.reason} (${worst.example})`) }));
  }
  if (unread[0] !== undefined) lines.push(words('build.ignored', { count: unread.length, first: safeText(unread[0]) }));
  return lines.map((line) => `${words('warning.title')}: ${line}\n`).join('');
}

export function statusText(
  { database, size, flaws, statements, ageDays, feeds, shards, verified }: DbStatus,
  words: Words,
  width: number | undefined,
): string {
  const { path, builtAt, records, schemaVersion, digest, starter, source } = database;
  const here = shards.filter((shard) => shard.here).length;
  const columns = [
    { title: words('status.feed') },
    { title: words('status.records') },
    { title: words('status.fetched') },
    { title: words('status.newest') },
    { title: words('status.licence'), least: 10 },
    { title: words('status.source'), least: 16 },
  ];
  const rows = feeds.map((feed) =>
    [feed.id, String(feed.records), feed.fetchedAt.slice(0, 10), (feed.newestRecord ?? '').slice(0, 10), feed.licence, feed.source].map(
      (text) => ({ text: safeText(text) }),
    ),
  );
  return [
    words('status.path', { path: safeText(path) }),
    ...(source === undefined ? [] : [words('status.from', { source: safeText(source) })]),
    words('status.built', { date: builtAt, records, statements, flaws, size: megabytes(size), schema: schemaVersion }),
    words('status.digest', { digest }),
    words('status.age', { days: ageDays }),
    ...(here < shards.length ? [words('status.parts', { here, of: shards.length })] : []),
    ...(verified ? [words('status.verified')] : []),
    ...(starter ? [words('status.starter')] : []),
    '',
    ...layOut(columns, rows, width),
    '',
  ].join('\n');
}

export function searchText({ query, flaws, statements, shards }: DbSearchResult, words: Words, width: number | undefined): string {
  const partly = shards.here < shards.of ? `${words('search.parts', shards)}\n` : '';
  if (flaws.length === 0 && statements.length === 0) return `${words('search.nothing', { query: safeText(query) })}\n${partly}`;
  const columns = [
    { title: words('search.id') },
    { title: words('search.ecosystem') },
    { title: words('search.package'), least: 12 },
    { title: words('search.affected'), least: 16 },
    { title: words('search.source') },
  ];
  const rows = statements.map((each) =>
    [each.id, each.ecosystem, packageText(each), affectedText(each), each.feed].map((text) => ({ text: safeText(text) })),
  );
  const table = statements.length > 0 ? layOut(columns, rows, width) : [];
  return `${[...flaws.flatMap((flaw) => flawLines(flaw, words)), ...(flaws.length > 0 && table.length > 0 ? [''] : []), ...table].join('\n')}\n${partly}`;
}

function flawLines(flaw: Flaw, words: Words): string[] {
  const { epss, kev, ssvc } = flaw;
  return [
    safeText(flaw.id),
    ...(flaw.aliases.length > 0 ? [`  ${words('search.also', { names: safeText(flaw.aliases.join(', ')) })}`] : []),
    ...flaw.cvss.map(({ vector, source }) => `  ${safeText(`${vector} (${source})`)}`),
    ...(kev ? [`  ${words('search.kev', { date: kev.dateAdded })}`] : []),
    ...(epss ? [`  ${words('search.epss', { percent: (epss.score * 100).toFixed(1), date: epss.date })}`] : []),
    ...(ssvc ? [`  SSVC: ${ssvc.exploitation}, ${ssvc.technicalImpact}`] : []),
  ];
}

/** `nodejs`, with its module stream where the statement is about one: `nodejs (nodejs:18)`. */
function packageText({ name, module }: Advisory): string {
  return module ? `${name} (${module})` : name;
}

/** `< 1.2.3`, `>= 2.0.0 < 2.0.5`; the vendor's word where it says more than a range; `*` for every version. */
function affectedText({ ranges, versions, status }: Advisory): string {
  const parts = ranges.map((range) => range.map(eventText).filter(Boolean).join(' ') || '*');
  if (versions && versions.length > 0) parts.push(versions.length > 3 ? `${versions.slice(0, 3).join(', ')}, ...` : versions.join(', '));
  const text = parts.join(' || ');
  return status === 'affected' ? text || '*' : `${status}${text ? `: ${text}` : ''}`;
}

function eventText(event: RangeEvent): string {
  if ('introduced' in event) return event.introduced === '0' ? '' : `>= ${event.introduced}`;
  if ('fixed' in event) return `< ${event.fixed}`;
  return 'lastAffected' in event ? `<= ${event.lastAffected}` : `< ${event.limit}`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);
}
