import type { AssessWords } from '../../messages/assess.ts';
import { fill } from '../../messages/fill.ts';
import type { ImportedReport } from '../../model/index.ts';
import { type Cell, type Column, layOutRows } from '../../util/terminal/columns.ts';
import { safeText } from '../../util/terminal/text.ts';
import { oneLine } from '../one-line.ts';
import type { Painting } from '../palette.ts';
import type { DisplayFilter } from '../types.ts';

/** What other tools found as rows, with the tool of each, and what they were asked. */
export function importedLines(
  { findings, sources }: ImportedReport,
  { severities }: DisplayFilter,
  words: AssessWords,
  { words: catalogue, colours, width }: Painting,
): string[][] {
  const open = findings.filter(({ suppressed, severity }) => suppressed === undefined && (severities?.includes(severity) ?? true));
  const columns: Column[] = [
    { title: words('severity').toUpperCase(), least: 8 },
    { title: words('tool').toUpperCase(), least: 8 },
    { title: words('id').toUpperCase(), least: 12 },
    { title: words('place').toUpperCase(), least: 16 },
    { title: words('finding').toUpperCase(), least: 24 },
  ];
  const rows = open.map(({ severity, tool, id, location, logical, message }): Cell[] => [
    { text: catalogue.report[`severity.${severity}`], paint: colours.severity(severity) },
    { text: safeText(tool) },
    { text: safeText(id) },
    { text: safeText([location?.file ?? logical, location?.line].filter((part) => part !== undefined).join(':')) },
    { text: safeText(oneLine(message)) },
  ]);
  const [titles = [], ...laidOut] = layOutRows(columns, rows, width);
  const heading = `${words('section.imported')} \u00b7 ${fill(catalogue.report['group.findings'], { count: open.length })}`;
  const files = sources.map(({ tool, file, findings: count }) => `${tool} (${file}): ${count}`).join(', ');
  return [
    open.length > 0 ? [colours.bold(heading), ...titles.map(colours.dim), ...laidOut.flat()] : [colours.good(words('none.imported'))],
    [colours.dim(safeText(files))],
  ];
}
