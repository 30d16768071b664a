import type { CheckTableTexts } from '../../messages/checks/table.ts';
import { fill, type Language } from '../../messages/fill.ts';
import type { CheckFinding, ChecksReport } from '../../model/index.ts';
import { type Cell, type Column, layOutRows } from '../../util/terminal/columns.ts';
import { safeText } from '../../util/terminal/text.ts';
import { findingText } from '../check-sentences.ts';
import type { Painting } from '../palette.ts';
import type { DisplayFilter } from '../types.ts';
import { freshMark } from './legend.ts';

/** Misconfigurations as rows, and what was looked at. */
export function checkLines(
  report: ChecksReport,
  filter: DisplayFilter,
  { layers, language, texts }: { readonly layers: boolean; readonly language: Language; readonly texts: CheckTableTexts },
  paint: Painting,
): string[][] {
  const { colours } = paint;
  const open = report.findings.filter((each) => each.suppressed === undefined);
  const shown = open.filter(({ severity }) => filter.severities === undefined || filter.severities.includes(severity));
  const suppressed = report.findings.length - open.length;
  const closing = [
    ...(open.length > 0 ? [colours.bold(fill(texts.total, { count: open.length }))] : suppressed > 0 ? [] : [colours.good(texts.none)]),
    ...(shown.length < open.length ? [fill(texts.hidden, { count: open.length - shown.length })] : []),
    ...(suppressed > 0 ? [fill(texts.suppressed, { count: suppressed })] : []),
    colours.dim(fill(texts.files, { files: report.files })),
  ];
  return [...(shown.length > 0 ? [rowsOf(shown, layers, language, texts, paint)] : []), closing];
}

function rowsOf(found: readonly CheckFinding[], layers: boolean, language: Language, texts: CheckTableTexts, paint: Painting): string[] {
  const { words, colours, width } = paint;
  const columns: Column[] = [
    { title: words.report['column.severity'], least: 8 },
    { title: texts['column.rule'], least: 14 },
    { title: texts['column.place'], least: 16 },
    ...(layers ? [{ title: words.report['column.layer'] }] : []),
    { title: texts['column.what'], least: 24 },
  ];
  const rows = found.map((each): Cell[] => [
    { text: [words.report[`severity.${each.severity}`], ...freshMark(each, words)].join(' '), paint: colours.severity(each.severity) },
    { text: safeText([each.id, ...each.aliases.slice(0, 1)].join(' ')) },
    { text: safeText(placeText(each)) },
    ...(layers ? [{ text: each.location.layer ? `#${each.location.layer.index}` : '', paint: colours.dim }] : []),
    { text: safeText(findingText(each, language).message) },
  ]);
  const [titles = [], ...laidOut] = layOutRows(columns, rows, width);
  const heading = `${texts.section} · ${fill(words.report['group.findings'], { count: found.length })}`;
  return [colours.bold(heading), ...titles.map(colours.dim), ...laidOut.flat()];
}

function placeText({ location: { file, line, dockerfile } }: CheckFinding): string {
  const place = line === undefined ? file : `${file}:${line}`;
  return dockerfile ? `${place} (${dockerfile.file}:${dockerfile.line})` : place;
}
