import type { Report } from '../../model/index.ts';
import { type AssessView, assessView, countsText, noteText, packagesOf, placeText, secretsScope } from '../assess-view.ts';
import { baseText } from '../base-text.ts';
import { outcomeOf, reasonsText } from '../decision-text.ts';
import { failureText } from '../failure-text.ts';
import { environment, imageFacts } from '../image-facts.ts';
import type { Issue } from '../issues.ts';
import { layersText } from '../layers-text.ts';
import { type CellText, escapedMarkdown as escaped, markdownLink, markdownTable as table } from '../markdown-text.ts';
import { platformName } from '../platform-name.ts';
import type { PlatformReports, Rendering } from '../types.ts';

/** Rows of a table of findings: the rest is in the other reports. */
const MOST_ROWS = 50;
const MOST_RECOMMENDED = 15;

/** The report as Markdown, ending with a newline. */
export async function summary(report: Report, how: Rendering): Promise<string> {
  const view = await assessView(report, how);
  const { words, catalogue } = view;
  const { target } = report.inventory;
  const platform = platformName(target);
  const sections = [
    `# ${words('title')}: ${escaped(target.name)}${platform ? ` (${escaped(platform)})` : ''}`,
    `**${words('gate')}: ${words(`gate.${outcomeOf(report.decision)}`)}**: ${escaped(reasonsText(report.decision, catalogue))}`,
    ...base(view),
    ...score(view),
    heading(words('section.summary')),
    table(
      [words('kind'), words('count'), words('severity')],
      [
        ...(report.database ? [[words('section.vulnerabilities'), open(view.packages), countsText(view.packages, words)]] : []),
        ...(report.secrets ? [[words('section.secrets'), open(view.secrets), countsText(view.secrets, words)]] : []),
        ...(report.checks ? [[words('section.configuration'), open(view.checks), countsText(view.checks, words)]] : []),
        ...(report.imported ? [[words('section.imported'), open(view.imported), countsText(view.imported, words)]] : []),
      ],
    ),
    ...view.standing.map((line) => escaped(line)),
    ...recommendations(view),
    // Without a database nobody looked: nothing found would be no statement.
    ...(report.database
      ? [
          heading(words('section.vulnerabilities')),
          rows(
            view.packages,
            view,
            words('none.vulnerabilities'),
            [
              words('severity'),
              words('id'),
              words('package'),
              words('installed'),
              words('fixed'),
              ...(hasLayers(view) ? [words('layer')] : []),
            ],
            (issue) => packageCells(issue, view),
          ),
        ]
      : []),
    ...(report.secrets
      ? [
          heading(words('section.secrets')),
          escaped(secretsScope(report, words) ?? ''),
          rows(
            view.secrets,
            view,
            words('none.secrets'),
            [words('severity'), words('finding'), words('place'), words('masked')],
            (issue) => [
              severity(issue, view),
              issue.title,
              placeText(issue.places[0] ?? { inImage: true }),
              [issue.secret?.masked ?? '', ...(issue.live ? [issue.live] : [])].join('; '),
            ],
          ),
        ]
      : []),
    ...(report.checks
      ? [
          heading(words('section.configuration')),
          rows(
            view.checks,
            view,
            words('none.configuration'),
            [words('severity'), words('finding'), words('place'), words('what')],
            (issue) => [severity(issue, view), issue.message, placeText(issue.places[0] ?? { inImage: false }), issue.remedy],
          ),
        ]
      : []),
    ...(report.imported
      ? [
          heading(words('section.imported')),
          rows(
            view.imported,
            view,
            words('none.imported'),
            [words('severity'), words('tool'), words('finding'), words('place')],
            (issue) => [
              severity(issue, view),
              `${issue.imported?.tool} ${issue.imported?.id}`,
              issue.message,
              placeText(issue.places[0] ?? { inImage: false }),
            ],
          ),
        ]
      : []),
    heading(words('section.image')),
    table(['', ''], imageFacts(report, words)),
    ...env(view),
    ...licenses(view),
    ...(view.notes.length > 0 ? [heading(words('section.notes')), view.notes.map((note) => `- ${escaped(note)}`).join('\n')] : []),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** Platforms that could not be scanned. */
export function failures(failed: PlatformReports['failed'], how: Rendering): string {
  return failed.map((each) => `# ${escaped(each.platform ?? each.digest)}\n\n${escaped(failureText(each, how))}\n`).join('\n');
}

function base({ report, packages, catalogue }: AssessView): string[] {
  const text = baseText(report, packagesOf(packages), catalogue);
  return text === undefined ? [] : [escaped(text)];
}

function score({ report, words }: AssessView): string[] {
  if (!report.score) return [];
  const { value, items } = report.score;
  const costing = items.filter(({ points }) => points > 0);
  return [
    `**${words('score')}: ${words('score.of', { score: value })}**`,
    ...(costing.length === 0
      ? []
      : [
          table(
            [words('score.cost'), words('severity'), words('count'), words('weight'), words('points')],
            costing.map((item) => [words(`kind.${item.kind}`), words(`severity.${item.severity}`), item.count, item.weight, item.points]),
          ),
        ]),
  ];
}

function recommendations({ report, recommendations: all, words }: AssessView): string[] {
  if (!report.recommendations) return [];
  const lines = all.slice(0, MOST_RECOMMENDED).map(({ text, severity: level, findings, points }, i) => {
    const removed = findings === 1 ? words('removes.one') : words('removes.text', { count: findings });
    const cost = points > 0 ? `, ${words('points')} ${points}` : '';
    return `${i + 1}. ${escaped(text)} (${words(`severity.${level}`)}; ${removed}${cost})`;
  });
  return [heading(words('section.recommendations')), lines.join('\n') || words('none.recommendations')];
}

function packageCells(issue: Issue, view: AssessView): readonly CellText[] {
  const { finding } = issue;
  if (!finding) return [];
  const { package: of, fix, url } = finding;
  const link = markdownLink(issue.rule, url);
  const fixed = fix.versions.join(', ') || view.catalogue.report[`fix.${fix.state}`];
  return [
    severity(issue, view),
    { raw: finding.kev ? `${link} **KEV**` : link },
    of.name,
    of.version,
    fixed,
    ...(hasLayers(view) ? [layers(issue)] : []),
  ];
}

function hasLayers({ report }: AssessView): boolean {
  return report.inventory.layers.length > 0;
}

/** `#3→#5 (Dockerfile:8)`. */
function layers({ places }: Issue): string {
  const lines = new Set(places.flatMap(({ dockerfile }) => (dockerfile ? [`${dockerfile.file}:${dockerfile.line}`] : [])));
  const texts = [...new Set(places.map(layersText))].filter(Boolean).join(' ');
  return lines.size === 0 ? texts : `${texts} (${[...lines].join(', ')})`;
}

function severity(issue: Issue, { words }: AssessView): string {
  return [words(`severity.${issue.severity}`), noteText(issue, words)].filter(Boolean).join(', ');
}

function env({ report, words }: AssessView): string[] {
  const variables = environment(report);
  return variables.length === 0 ? [] : [`### ${words('image.env')}`, table([words('image.env.name'), words('value')], variables)];
}

function licenses({ report, words }: AssessView): string[] {
  if (!report.licenses || report.licenses.length === 0) return [];
  const byClass = Map.groupBy(report.licenses, (each) => each.class);
  const classes = [...byClass].map(([name, uses]) => [
    words(`license.${name}`),
    uses.reduce((sum, { packages }) => sum + packages, 0),
    uses
      .slice(0, 8)
      .map(({ expression }) => expression ?? '')
      .filter(Boolean)
      .join(', '),
  ]);
  return [heading(words('section.licenses')), table([words('license.class'), words('license.packages'), words('license')], classes)];
}

function open(issues: readonly Issue[]): number {
  return issues.filter(({ suppressed }) => suppressed === undefined).length;
}

function rows(
  issues: readonly Issue[],
  { words }: AssessView,
  none: string,
  titles: readonly string[],
  cells: (issue: Issue) => readonly CellText[],
): string {
  if (issues.length === 0) return none;
  const shown = table(titles, issues.slice(0, MOST_ROWS).map(cells));
  return issues.length > MOST_ROWS ? `${shown}\n\n${words('pr.more', { count: issues.length - MOST_ROWS })}` : shown;
}

function heading(text: string): string {
  return `## ${text}`;
}
