import { fill } from '../../messages/fill.ts';
import { type Decision, type Report, type ReportDatabase, SEVERITIES } from '../../model/index.ts';
import { safeText } from '../../util/terminal/text.ts';
import { baseText } from '../base-text.ts';
import { decisionText } from '../decision-text.ts';
import { gapText } from '../gap-text.ts';
import type { Painting } from '../palette.ts';
import { countBySeverity } from '../shown.ts';
import type { Shown } from '../types.ts';

const GAPS_SHOWN = 5;

/** Counts, what is not in them, warnings, gaps, the age of the data, and what the gate says. */
export function summary(report: Report, view: Shown, painting: Painting, standing: readonly string[] = []): string[] {
  return [
    ...(report.database ? counts(report, view, painting) : []),
    ...base(report, view, painting),
    ...besides(report, view, painting),
    ...standing,
    ...warnings(report, painting),
    ...gaps(report, painting),
    ...closing(report, painting),
  ];
}

function counts(report: Report, view: Shown, { words, colours }: Painting): string[] {
  const target = safeText(report.inventory.target.name);
  const packages = fill(words.report['summary.packages'], { packages: report.inventory.packages.length, target });
  if (view.findings.length === 0) {
    const hidden = view.hidden > 0;
    const line = hidden ? fill(words.report['summary.all-hidden'], { count: view.hidden }) : colours.good(words.report['summary.clean']);
    return [packages, line];
  }
  const bySeverity = countBySeverity(view.findings);
  const parts = SEVERITIES.filter((level) => bySeverity[level] > 0).map((level) =>
    colours.severity(level)(`${words.report[`severity.${level}`]} ${bySeverity[level]}`),
  );
  return [
    packages,
    `${colours.bold(fill(words.report['summary.total'], { count: view.findings.length }))} (${parts.join(', ')})`,
    ...(view.hidden > 0 ? [fill(words.report['summary.hidden'], { count: view.hidden })] : []),
  ];
}

function base(report: Report, { findings }: Shown, { words }: Painting): string[] {
  const text = baseText(report, findings, words);
  return text === undefined ? [] : [text];
}

function besides(report: Report, view: Shown, { words }: Painting): string[] {
  const lines: string[] = [];
  if (view.notApplicable.length > 0) {
    const packages = safeText([...new Set(view.notApplicable.map((each) => each.package.name))].join(', '));
    lines.push(fill(words.report['summary.not-applicable'], { count: view.notApplicable.length, packages }));
  }
  if (report.unassessed.length > 0) {
    const reasons = new Map<string, number>();
    for (const each of report.unassessed) {
      const word = words.report[`unassessed.${each.reason}`];
      reasons.set(word, (reasons.get(word) ?? 0) + 1);
    }
    const detail = [...reasons].map(([word, count]) => `${word} ${count}`).join(', ');
    lines.push(`${fill(words.report['summary.unassessed'], { count: report.unassessed.length })} (${detail})`);
  }
  return lines;
}

function warnings(report: Report, { words, colours }: Painting): string[] {
  // What no source assesses has been said above, with the reasons.
  const rest = report.warnings.filter((each) => each.code !== 'unassessed-packages');
  return rest.map((each) => {
    const text = safeText(fill(words.warning[each.code], each.params));
    return `${colours.warn(`${words.report['warning.title']}:`)} ${text}`;
  });
}

function gaps(report: Report, { words, colours }: Painting): string[] {
  const all = [...report.inventory.gaps].sort((a, b) => Number(b.incomplete) - Number(a.incomplete));
  const lines = all.slice(0, GAPS_SHOWN).map((gap) => {
    const where = gap.path === undefined ? gap.stage : `${gap.path} (${gap.stage})`;
    return colours.dim(`  ${words.report['gap.title']}: ${safeText(`${where}: ${gapText(gap, words)}`)}`);
  });
  if (all.length > GAPS_SHOWN) lines.push(colours.dim(`  ${fill(words.report['gap.more'], { count: all.length - GAPS_SHOWN })}`));
  return lines;
}

function closing(report: Report, painting: Painting): string[] {
  const { words, colours } = painting;
  const { database, decision } = report;
  const lines: string[] = [];
  if (database) {
    const feed = oldestFeed(database, painting);
    lines.push(colours.dim(fill(words.report['database.line'], { records: database.records, age: Math.floor(database.ageDays), feed })));
  }
  if (decision.reasons.some((reason) => reason.code !== 'no-gate')) lines.push(gateLine(decision, painting));
  return lines;
}

/** Data fetched today may end long ago: an abandoned mirror looks fresh by the date of fetching alone. */
function oldestFeed({ oldestFeed, feeds }: ReportDatabase, { words }: Painting): string {
  if (oldestFeed === undefined) return '';
  const date = feeds.find((each) => each.id === oldestFeed)?.newestRecord?.slice(0, 10);
  const feed = safeText(oldestFeed);
  return ` (${date === undefined ? feed : fill(words.report['database.newest'], { feed, date: safeText(date) })})`;
}

function gateLine(decision: Decision, { words, colours }: Painting): string {
  return { allow: colours.good, deny: colours.bad, unknown: colours.warn }[decision.outcome](decisionText(decision, words));
}
