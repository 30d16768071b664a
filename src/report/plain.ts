import type { Report } from '../model/index.ts';
import { type Column, layOut } from '../util/terminal/columns.ts';
import { displayWidth, safeText } from '../util/terminal/text.ts';
import { type AssessView, assessView, countsText, instructionText, placeText, secretsScope, suppressedText } from './assess-view.ts';
import { decisionText } from './decision-text.ts';
import { bytes, environment, imageFacts } from './image-facts.ts';
import type { Issue } from './issues.ts';
import { platformName } from './platform-name.ts';
import type { Rendering } from './types.ts';

/** Texts of the comprehensive report, one for each part but for the packages, which the table shows. Each ends with a newline. */
export interface PlainTexts {
  readonly secrets: string;
  readonly configuration: string;
  readonly licenses: string;
  readonly image: string;
}

/** Of several reports, those of platforms, each text says for each what there is. */
export async function plainTexts(reports: readonly Report[], how: Rendering): Promise<PlainTexts> {
  const views: AssessView[] = [];
  for (const report of reports) views.push(await assessView(report, how));
  const all = (part: (view: AssessView, name: string) => string): string =>
    views.map((view) => part(view, nameOf(view, views.length))).join('\n');
  return { secrets: all(secrets), configuration: all(configuration), licenses: all(licenses), image: all(image) };
}

function nameOf({ report: { inventory } }: AssessView, of: number): string {
  const { target } = inventory;
  return of > 1 ? `${target.name} ${platformName(target)}` : target.name;
}

/** What `plimsoll assess` says at its end: the gate, the score, what is most worth doing. */
export async function closingLines(report: Report, how: Rendering): Promise<readonly string[]> {
  const { words, catalogue, packages, secrets: found, checks, standing, recommendations } = await assessView(report, how);
  const score = report.score ? [`${words('score')}: ${words('score.of', { score: report.score.value })}`] : [];
  const line = (title: string, issues: readonly Issue[]): string => `${title}: ${countsText(issues, words)}`;
  return [
    line(words('section.vulnerabilities'), packages),
    ...(report.secrets ? [line(words('section.secrets'), found)] : []),
    ...(report.checks ? [line(words('section.configuration'), checks)] : []),
    ...standing,
    ...score,
    ...(recommendations.length > 0
      ? [`${words('section.recommendations')}:`, ...recommendations.slice(0, 5).map(({ text }, i) => `  ${i + 1}. ${text}`)]
      : []),
    decisionText(report.decision, catalogue),
  ];
}

function secrets(view: AssessView, name: string): string {
  const { words, report } = view;
  const columns = [words('severity'), words('finding'), words('place'), words('layer'), words('masked')];
  const rows = view.secrets.map((issue) => {
    const layer = issue.places[0]?.layer;
    return [
      severity(issue, view),
      issue.title,
      place(issue),
      layer ? `#${layer.index}` : '',
      [issue.secret?.masked ?? '', ...(issue.live ? [issue.live] : [])].join('; '),
    ];
  });
  const scope = secretsScope(report, words) ?? words('not-looked');
  return page(name, words('section.secrets'), rows.length > 0 ? table(columns, rows) : report.secrets ? [words('none.secrets')] : [], [
    scope,
  ]);
}

function configuration(view: AssessView, name: string): string {
  const { words, report } = view;
  const lines = view.checks.flatMap((issue) => [
    `${place(issue)} ${severity(issue, view)} ${[issue.rule, ...issue.aliases].join(' ')}`,
    `  ${issue.message}`,
    ...(issue.why ? [`  ${words('why')}: ${issue.why}`] : []),
    ...(issue.remedy ? [`  ${words('what')}: ${issue.remedy}`] : []),
    '',
  ]);
  const scope = report.checks ? words('checks.scope', { files: report.checks.files }) : words('not-looked');
  return page(name, words('section.configuration'), lines.length > 0 ? lines : report.checks ? [words('none.configuration')] : [], [scope]);
}

function licenses(view: AssessView, name: string): string {
  const { words, report } = view;
  const classes = new Map((report.licenses ?? []).map((use) => [use.expression ?? '', use.class]));
  const uses = (report.licenses ?? []).map((use) => [use.expression ?? '-', words(`license.${use.class}`), String(use.packages)]);
  const rows = report.inventory.packages.map(({ name, version, type, licenseExpression }) => {
    const kind = classes.get(licenseExpression ?? '');
    return [name, version, type, licenseExpression ?? '-', kind ? words(`license.${kind}`) : ''];
  });
  return page(name, words('section.licenses'), table([words('license'), words('license.class'), words('license.packages')], uses), [
    ...table([words('package'), words('installed'), words('kind'), words('license'), words('license.class')], rows),
  ]);
}

function image(view: AssessView, name: string): string {
  const { words, report } = view;
  const facts = imageFacts(report, words);
  const widest = Math.max(0, ...facts.map(([name]) => displayWidth(name)));
  const inLayer = new Map(report.wasted?.layers.map((each) => [each.index, each.bytes]));
  const layers = report.inventory.layers.map((layer) => [
    `#${layer.index}`,
    bytes(layer.size),
    report.wasted ? bytes(inLayer.get(layer.index) ?? 0) : '-',
    instructionText(layer.createdBy),
  ]);
  const variables = environment(report).map(([name, value]) => `  ${safeText(`${name}=${value}`)}`);
  return page(
    name,
    words('section.image'),
    facts.map(([name, value]) => `${name}:${' '.repeat(widest - displayWidth(name) + 1)}${safeText(value)}`),
    layers.length === 0 ? [] : table([words('layer'), words('image.stored'), words('image.wasted'), words('image.instruction')], layers),
    variables.length === 0 ? [] : [`${words('image.env')}:`, ...variables],
  );
}

function severity(issue: Issue, { words }: AssessView): string {
  const why = suppressedText(issue, words);
  return [words(`severity.${issue.severity}`), why && `(${why})`].filter(Boolean).join(' ');
}

function place({ places: [first] }: Issue): string {
  return first ? placeText(first) : '';
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const columns: Column[] = titles.map((title) => ({ title }));
  return layOut(
    columns,
    rows.map((cells) => cells.map((text) => ({ text: safeText(text) }))),
    undefined,
  );
}

function page(name: string, title: string, ...parts: readonly (readonly string[])[]): string {
  const head = safeText(`${title}: ${name}`);
  return `${[[head], ...parts.filter((part) => part.length > 0)].map((part) => part.join('\n').trimEnd()).join('\n\n')}\n`;
}
