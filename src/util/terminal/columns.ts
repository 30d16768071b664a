import { displayWidth, wrap } from './text.ts';

/** A cell, and how to colour it once its width is settled. */
export interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

export interface Column {
  readonly title: string;
  /** Columns it may be squeezed to; undefined: never squeezed. */
  readonly least?: number;
}

const SEPARATOR = '  ';

/**
 * Rows as aligned lines under their titles. Within `width` columns the widest squeezable column gives way first, and its cells
 * wrap; without a width every row is one line, so that grep finds whole rows.
 */
export function layOut(columns: readonly Column[], rows: readonly (readonly Cell[])[], width: number | undefined): string[] {
  return layOutRows(columns, rows, width).flat();
}

/** The same with the lines of each row apart; the first entry is that of the titles. */
export function layOutRows(columns: readonly Column[], rows: readonly (readonly Cell[])[], width: number | undefined): string[][] {
  const widths = columns.map((column, i) =>
    rows.reduce((widest, row) => Math.max(widest, displayWidth(row[i]?.text ?? '')), displayWidth(column.title)),
  );
  if (width !== undefined) squeeze(widths, columns, width - SEPARATOR.length * (columns.length - 1));
  const titles = columns.map((column) => ({ text: column.title }));
  return [titles, ...rows].map((cells) => rowLines(cells, widths));
}

function rowLines(cells: readonly Cell[], widths: readonly number[]): string[] {
  const wrapped = cells.map((cell, i) => wrap(cell.text, widths[i] ?? 1));
  const height = Math.max(...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, y) => {
    const parts = cells.map((cell, i) => {
      const text = wrapped[i]?.[y] ?? '';
      const space = ' '.repeat(Math.max(0, (widths[i] ?? 0) - displayWidth(text)));
      return (cell.paint && text ? cell.paint(text) : text) + space;
    });
    return parts.join(SEPARATOR).trimEnd();
  });
}

function squeeze(widths: number[], columns: readonly Column[], available: number): void {
  let excess = widths.reduce((sum, each) => sum + each, 0) - available;
  while (excess > 0) {
    let widest = -1;
    for (const [i, column] of columns.entries()) {
      const spare = column.least !== undefined && (widths[i] ?? 0) > column.least;
      if (spare && (widest < 0 || (widths[i] ?? 0) > (widths[widest] ?? 0))) widest = i;
    }
    if (widest < 0) return;
    widths[widest] = (widths[widest] ?? 0) - 1;
    excess -= 1;
  }
}
