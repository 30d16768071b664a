import { fill, type Language } from '../../messages/fill.ts';
import { secretTexts, secretTitle } from '../../messages/secrets.ts';
import type { StandingWords } from '../../messages/standing-text.ts';
import { type Report, SEVERITIES, type SeverityLevel, type Suppression } from '../../model/index.ts';
import { type Cell, type Column, layOutRows } from '../../util/terminal/columns.ts';
import { safeText } from '../../util/terminal/text.ts';
import type { Painting } from '../palette.ts';
import type { DisplayFilter, Shown } from '../types.ts';

interface Row {
  readonly severity: SeverityLevel;
  readonly id: string;
  readonly what: string;
  readonly suppressed: Suppression;
}

/** What is there and does not count, each with who accepted it, until when, why and where that is written. */
export function suppressedLines(
  report: Report,
  view: Shown,
  { severities }: DisplayFilter,
  language: Language,
  words: StandingWords,
  paint: Painting,
): string[] {
  const rows = suppressedRows(report, view, language).filter(({ severity }) => severities?.includes(severity) ?? true);
  if (rows.length === 0) return [];
  const { colours, words: catalogue, width } = paint;
  const columns: Column[] = [
    { title: catalogue.report['column.severity'], least: 8 },
    { title: catalogue.report['column.id'], least: 14 },
    { title: words['column.what'], least: 14 },
    { title: words['column.until'], least: 10 },
    { title: words['column.who'], least: 8 },
    { title: words['column.reason'], least: 20 },
    { title: words['column.rule'], least: 14 },
  ];
  const cells = rows.map(({ severity, id, what, suppressed: { by, reason = '', exception } }): Cell[] => [
    { text: catalogue.report[`severity.${severity}`], paint: colours.dim },
    { text: safeText(id) },
    { text: safeText(what) },
    { text: safeText(exception?.expires ?? '') },
    { text: safeText(exception?.owner ?? '') },
    { text: safeText([reason, exception?.ticket].filter(Boolean).join(' ')) },
    { text: safeText(exception ? [exception.file, exception.line].filter(Boolean).join(':') : words[`by.${by}`]), paint: colours.dim },
  ]);
  const [titles = [], ...laidOut] = layOutRows(columns, cells, width);
  const heading = `${words['suppressed.title']} \u00b7 ${fill(catalogue.report['group.findings'], { count: rows.length })}`;
  return [colours.bold(heading), ...titles.map(colours.dim), ...laidOut.flat()];
}

function suppressedRows({ secrets, checks, imported }: Report, view: Shown, language: Language): readonly Row[] {
  const texts = secretTexts(language);
  const all = [
    ...view.suppressed.map(({ package: of, ...each }) => ({ ...each, what: `${of.name} ${of.version}` })),
    ...(secrets?.findings ?? []).map((each) => ({ ...each, what: `${secretTitle(each, texts)}: ${each.location.path}` })),
    ...(checks?.findings ?? []).map((each) => ({ ...each, what: each.resource ?? each.location.file })),
    ...(imported?.findings ?? []).map((each) => ({ ...each, what: each.location?.file ?? each.logical ?? each.tool })),
  ];
  return all
    .flatMap(({ severity, id, what, suppressed }) => (suppressed === undefined ? [] : [{ severity, id, what, suppressed }]))
    .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}
