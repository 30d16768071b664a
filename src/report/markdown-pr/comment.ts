import { type Report, SEVERITIES } from '../../model/index.ts';
import { type AssessView, assessView, countsText, noteText, placeText } from '../assess-view.ts';
import { outcomeOf, reasonsText } from '../decision-text.ts';
import { failureText } from '../failure-text.ts';
import { imageName } from '../image-name.ts';
import type { Issue } from '../issues.ts';
import { type CellText, escapedMarkdown as escaped, markdownLink, markdownRow, markdownTable } from '../markdown-text.ts';
import { platformName } from '../platform-name.ts';
import type { SheetSection } from '../sheet.ts';
import type { PlatformReports, Rendering } from '../types.ts';

/** What GitHub takes as a comment is 65,536 characters, GitLab a million; who posts it may put a mark of its own before it. */
export const MOST_CHARACTERS = 65_000;
/** Rows of one table: nobody reads more in a comment. */
const MOST_ROWS = 200;
const MOST_RECOMMENDED = 5;
/** Characters of one cell: paths and messages of images can be of any length. */
const MOST_CELL = 300;

/** The comment, ending with a newline. Of a comparison with what became of its packages. */
export async function comment({ reports, failed }: PlatformReports, how: Rendering, changes?: SheetSection): Promise<string> {
  const marks = `<!-- plimsoll: ${markText(reports[0])} -->`;
  const failures = failed.map((each) => `### ${escaped(each.platform ?? each.digest)}\n\n${escaped(failureText(each, how))}`);
  const head = [marks, ...failures].join('\n\n').slice(0, MOST_CHARACTERS / 2);
  const budget = Math.floor((MOST_CHARACTERS - head.length - 4) / Math.max(1, reports.length)) - 4;
  const parts: string[] = [];
  for (const report of reports) parts.push(await part(await assessView(report, how), budget, changes));
  return `${[head, ...parts].join('\n\n')}\n`;
}

/** The image whatever its tag, so that the next run's comment has the same mark; nothing that could end an HTML comment. */
function markText(report: Report | undefined): string {
  const { repository, name } = report?.inventory.target ?? { name: '' };
  return (repository ?? name ?? '').replace(/[^\w./:@]+/g, '-').slice(0, 200);
}

async function part(view: AssessView, budget: number, changes: SheetSection | undefined): Promise<string> {
  const { report, words, catalogue } = view;
  const { target } = report.inventory;
  const platform = platformName(target);
  const all = [...view.packages, ...view.secrets, ...view.checks, ...view.imported].sort((a, b) => rank(a) - rank(b));
  const fresh = all.filter(({ change, suppressed }) => change !== undefined && change !== 'unchanged' && suppressed === undefined);
  const { baseline } = report;
  const spec = escaped(baseline?.spec ?? '').slice(0, MOST_CELL);
  const short = (text: string): string => escaped(text.length > MOST_CELL ? `${text.slice(0, MOST_CELL).toWellFormed()}…` : text);
  const fixed: readonly string[] = baseline
    ? folded(
        `${words('pr.fixed', { spec })} (${baseline.fixed.length})`,
        table(
          [words('severity'), words('id'), words('package')],
          baseline.fixed.map(({ severity, id, what }) => [words(`severity.${severity}`), { raw: short(id) }, { raw: short(what) }]),
          Math.floor(budget / 6),
          view,
        ),
      )
    : [];
  const sections = [
    `## ${words('gate')}: ${words(`gate.${outcomeOf(report.decision)}`)}`,
    `${short(imageName(target))}${platform ? ` (${escaped(platform)})` : ''}: ${short(reasonsText(report.decision, catalogue))}`,
    counts(view),
    ...accepted(view),
  ];
  const after = [...fixed, ...(changes ? packages(changes, Math.floor(budget / 6), view, short) : []), ...recommended(view, short)];
  const closing = notes(view, short);
  const left = (): number => budget - [...sections, ...after, closing].reduce((sum, text) => sum + text.length + 2, 0);
  const rows = (issues: readonly Issue[], most: number): string =>
    table(
      [words('severity'), words('id'), words('finding'), words('fixed')],
      issues.map((issue) => cells(issue, view, short)),
      most,
      view,
    );
  if (baseline && fresh.length > 0)
    sections.push(`### ${words('pr.new', { spec })} (${fresh.length})`, rows(fresh, Math.floor(left() / 2)));
  if (baseline && fresh.length === 0) sections.push(`**${words('pr.nothing-new', { spec })}**`);
  const folds = all.length > 0 ? folded(`${words('pr.all')} (${all.length})`, rows(all, left() - 200)) : [];
  return [...sections, ...after, ...folds, closing].filter(Boolean).join('\n\n');
}

/** Worst first, whatever the kind: the end of the table may not fit. What is not counted comes last. */
function rank({ severity, suppressed }: Issue): number {
  return SEVERITIES.indexOf(severity) + (suppressed === undefined ? 0 : SEVERITIES.length);
}

function counts({ report, packages, secrets, checks, imported, words }: AssessView): string {
  const open = (issues: readonly Issue[]): number => issues.filter(({ suppressed }) => suppressed === undefined).length;
  const row = (name: string, issues: readonly Issue[]): readonly CellText[] => [name, open(issues), countsText(issues, words)];
  return markdownTable(
    [words('kind'), words('count'), words('severity')],
    [
      ...(report.database ? [row(words('section.vulnerabilities'), packages)] : []),
      ...(report.secrets ? [row(words('section.secrets'), secrets)] : []),
      ...(report.checks ? [row(words('section.configuration'), checks)] : []),
      ...(report.imported ? [row(words('section.imported'), imported)] : []),
    ],
  );
}

/** How many findings exceptions keep from counting; against a baseline the sections below say more. */
function accepted({ report, standing }: AssessView): readonly string[] {
  return report.exceptions ? standing.slice(0, 1).map((line) => escaped(line)) : [];
}

function packages(
  { title, columns, rows }: SheetSection,
  most: number,
  view: AssessView,
  short: (text: string) => string,
): readonly string[] {
  if (rows.length === 0) return [];
  const lines = rows.map((row) => row.map(({ text }) => ({ raw: short(text) })));
  return folded(`${title} (${rows.length})`, table(columns, lines, most, view));
}

function recommended({ recommendations, words }: AssessView, short: (text: string) => string): readonly string[] {
  if (recommendations.length === 0) return [];
  const lines = recommendations.slice(0, MOST_RECOMMENDED).map(({ text }, i) => `${i + 1}. ${short(text)}`);
  return [`### ${words('section.recommendations')}`, lines.join('\n')];
}

function cells(issue: Issue, { words, catalogue }: AssessView, short: (text: string) => string): readonly CellText[] {
  const { finding, severity, rule, places } = issue;
  const note = noteText(issue, words);
  const level = [words(`severity.${severity}`), short(note)].filter(Boolean).join(', ');
  const id = rule.length > MOST_CELL ? short(rule) : markdownLink(rule, finding?.url ?? issue.references[0]);
  const place = places[0];
  const line = place?.dockerfile ? ` ${short(`${place.dockerfile.file}:${place.dockerfile.line}`)}` : '';
  if (!finding)
    return [{ raw: level }, { raw: id }, { raw: `${short(issue.message)} ${short(place ? placeText(place) : '')}` }, { raw: '' }];
  const fixed = finding.fix.versions.join(', ') || catalogue.report[`fix.${finding.fix.state}`];
  const { name, version } = finding.package;
  return [
    { raw: level },
    { raw: finding.kev ? `${id} **KEV**` : id },
    { raw: `${short(name)} ${short(version)}${line}` },
    { raw: short(fixed) },
  ];
}

/** As many rows as fit into `most` characters, and how many are left out. */
function table(titles: readonly string[], lines: readonly (readonly CellText[])[], most: number, { words }: AssessView): string {
  let text = markdownTable(titles, []);
  let shown = 0;
  for (const line of lines.slice(0, MOST_ROWS)) {
    const row = markdownRow(line);
    if (text.length + row.length + 100 > most) break;
    text += `\n${row}`;
    shown += 1;
  }
  return shown === lines.length ? text : `${text}\n\n${words('pr.more', { count: lines.length - shown })}`;
}

function folded(title: string, body: string): readonly string[] {
  return [`<details><summary>${title}</summary>`, body, '</details>'];
}

function notes({ report, notes: all, words }: AssessView, short: (text: string) => string): string {
  const by = words('by', { version: report.tool.version });
  return [
    ...all.slice(0, 5).map((note) => `- ${short(note)}`),
    ...(all.length > 5 ? [`- +${all.length - 5}`] : []),
    '',
    `<sub>${escaped(by)}</sub>`,
  ].join('\n');
}
