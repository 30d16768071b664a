import { layOutRows } from '../util/terminal/columns.ts';
import { safeText } from '../util/terminal/text.ts';
import { palette } from './palette.ts';
import type { Sheet, SheetSection } from './sheet.ts';
import type { Rendering } from './types.ts';

/** For a terminal, ending with a newline. */
export function sheetText(sheet: Sheet, { colour, width }: Pick<Rendering, 'colour' | 'width'>): string {
  const colours = palette(colour);
  const section = ({ title, columns, rows, none, notes = [], code = [] }: SheetSection): string[] => {
    const cells = rows.map((row) =>
      row.map(({ text, severity }) => ({ text: safeText(text), ...(severity ? { paint: colours.severity(severity) } : {}) })),
    );
    const titles = columns.map((title) => ({ title, least: 8 }));
    const [heads = [], ...lines] = rows.length === 0 ? [] : layOutRows(titles, cells, width);
    return [
      colours.bold(safeText(title)),
      ...(rows.length === 0 ? (none === undefined ? [] : [none]) : [...heads.map(colours.dim), ...lines.flat()]),
      ...notes.map(safeText),
      ...code.map((line) => `  ${safeText(line)}`),
    ];
  };
  const parts = [
    [colours.bold(safeText(sheet.title)), ...sheet.lines.map(safeText)],
    ...sheet.sections.map(section),
    sheet.closing.map(safeText),
  ];
  return `${parts
    .filter((part) => part.length > 0)
    .map((part) => part.join('\n'))
    .join('\n\n')}\n`;
}
