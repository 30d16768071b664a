import { fill } from '../../messages/fill.ts';
import { findingWords } from '../../messages/findings.ts';
import { catalogues } from '../../messages/index.ts';
import { type Report, SEVERITIES } from '../../model/index.ts';
import { safeText } from '../../util/terminal/text.ts';
import { type DistinctPrint, distinctPrints } from '../distinct-prints.ts';
import { gapText } from '../gap-text.ts';
import { issues } from '../issues.ts';
import { platformName } from '../platform-name.ts';
import type { Rendering } from '../types.ts';
import { result } from './result.ts';
import { rule } from './rule.ts';
import type { SarifLog, SarifNotification, SarifRun } from './schema.ts';

/** What GitHub takes in one run: more rules or results make it refuse the file. Source: GitHub docs, "SARIF results exceed one or more limits". */
export const MOST_RESULTS = 25_000;
/** Runs that GitHub takes in one file. Source: the same. */
export const MOST_RUNS = 20;
/** Gaps that are listed one by one. */
const MOST_GAPS = 100;

/** A run for each report; of more than GitHub takes, for those with the worst findings, and the first run says so. */
export async function sarifLog(reports: readonly Report[], how: Rendering): Promise<SarifLog> {
  const kept = worstReports(reports, MOST_RUNS);
  const runs: SarifRun[] = [];
  for (const report of kept) runs.push(await run(report, how));
  const [first] = runs;
  if (first && kept.length < reports.length) runs[0] = noting(first, tooManyRuns(reports.length, kept.length, how));
  return { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs };
}

async function run(report: Report, how: Rendering): Promise<SarifRun> {
  const words = findingWords(how.language);
  const { target } = report.inventory;
  const prints = distinctPrints(await issues(report, how.filter, how.language), report, false);
  const all = how.suppressedInSarif ? prints : prints.filter(({ issue }) => issue.suppressed === undefined);
  const kept = mostSevere(all, MOST_RESULTS);
  const byRule = Map.groupBy(
    kept.map(({ issue }) => issue),
    (issue) => issue.rule,
  );
  const indexes = new Map([...byRule.keys()].map((id, i) => [id, i]));
  return {
    tool: {
      driver: {
        name: 'Plimsoll',
        version: report.tool.version,
        semanticVersion: report.tool.version,
        rules: [...byRule.values()].map((group) => rule(group, words)),
      },
    },
    language: how.language === 'ko' ? 'ko-KR' : 'en-US',
    automationDetails: { id: category(report) },
    invocations: [
      {
        executionSuccessful: true,
        endTimeUtc: report.createdAt,
        toolExecutionNotifications: [
          ...notifications(report, how),
          ...(all.length === prints.length ? [] : [notCounted(prints.length - all.length, how)]),
          ...(kept.length === all.length ? [] : [truncated(all.length, kept.length, how)]),
        ],
      },
    ],
    originalUriBaseIds: {
      IMAGE: { uri: 'file:///', description: { text: words('sarif.root', { target: safeText(target.name) }) } },
    },
    columnKind: 'utf16CodeUnits',
    results: kept.map((print) => result(print, indexes.get(print.issue.rule) ?? 0, report, how.suppressedInSarif === true)),
    properties: {
      target: target.name,
      ...(target.digest === undefined ? {} : { digest: target.digest }),
      ...(target.platform === undefined ? {} : { platform: platformName(target) }),
      ...(target.tags === undefined ? {} : { imageTags: target.tags }),
      ...(report.database ? { database: { digest: report.database.digest, ageDays: report.database.ageDays } } : {}),
      decision: report.decision,
      ...(report.baseline ? { baseline: report.baseline } : {}),
      tags: ['security', 'container'],
    },
  };
}

/** All, or those so many in the order in which they stand that have the most severe findings, and most of them. */
function worstReports(reports: readonly Report[], limit: number): readonly Report[] {
  if (reports.length <= limit) return reports;
  const counts = new Map(reports.map((report) => [report, severities(report)]));
  const compare = (a: Report, b: Report): number => {
    const [ours, theirs] = [counts.get(a) ?? [], counts.get(b) ?? []];
    const at = ours.findIndex((count, i) => count !== theirs[i]);
    return at === -1 ? 0 : (theirs[at] ?? 0) - (ours[at] ?? 0);
  };
  const kept = new Set(reports.toSorted(compare).slice(0, limit));
  return reports.filter((report) => kept.has(report));
}

/** How many findings that count each severity has, worst first. */
function severities({ findings, secrets, checks }: Report): readonly number[] {
  const counted = [...findings.filter(({ verdict }) => verdict === 'affected'), ...(secrets?.findings ?? []), ...(checks?.findings ?? [])];
  const levels = counted.flatMap(({ severity, suppressed }) => (suppressed === undefined ? [severity] : []));
  return SEVERITIES.map((level) => levels.filter((each) => each === level).length);
}

function noting(run: SarifRun, notification: SarifNotification): SarifRun {
  const noted = run.invocations.map((each) => ({
    ...each,
    toolExecutionNotifications: [...each.toolExecutionNotifications, notification],
  }));
  return { ...run, invocations: noted };
}

function tooManyRuns(count: number, kept: number, how: Rendering): SarifNotification {
  const text = findingWords(how.language)('sarif.too-many-runs', { count, left: count - kept });
  return { level: 'warning', message: { text }, descriptor: { id: 'too-many-runs' } };
}

/** All, or the most severe so many in the order in which they stand. */
function mostSevere(all: readonly DistinctPrint[], limit: number): readonly DistinctPrint[] {
  if (all.length <= limit) return all;
  const rank = ({ issue: { severity, suppressed } }: DistinctPrint): number =>
    SEVERITIES.indexOf(severity) + (suppressed === undefined ? 0 : SEVERITIES.length);
  const kept = new Set([...all].sort((a, b) => rank(a) - rank(b)).slice(0, limit));
  return all.filter((print) => kept.has(print));
}

/**
 * What tells the results of this image and platform from those of others, whatever the tag: GitHub closes the alerts that the next run of
 * the same category does not have. The part after the last slash would name the single run.
 */
function category(report: Report): string {
  const { target } = report.inventory;
  return ['plimsoll', target.repository ?? target.name, ...(target.platform ? [platformName(target)] : []), ''].join('/');
}

function notCounted(count: number, how: Rendering): SarifNotification {
  const text = findingWords(how.language)('sarif.not-counted', { count });
  return { level: 'note', message: { text }, descriptor: { id: 'not-counted' } };
}

function truncated(count: number, kept: number, how: Rendering): SarifNotification {
  const text = findingWords(how.language)('sarif.truncated', { count, left: count - kept });
  return { level: 'warning', message: { text }, descriptor: { id: 'too-many-results' } };
}

function notifications(report: Report, how: Rendering): SarifNotification[] {
  const words = catalogues(how.language);
  const warnings = report.warnings.map(({ code, params }) => ({
    level: 'warning' as const,
    message: { text: safeText(fill(words.warning[code], params)) },
    descriptor: { id: code },
  }));
  const gaps = report.inventory.gaps.slice(0, MOST_GAPS).map(({ code, params, stage, path, incomplete }) => ({
    level: incomplete ? ('warning' as const) : ('note' as const),
    message: { text: safeText(`${path ?? stage}: ${gapText({ code, params }, words)}`) },
    descriptor: { id: `gap/${code}` },
  }));
  return [...warnings, ...gaps];
}
