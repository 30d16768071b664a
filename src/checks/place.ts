/** A place in a text: line and column count from 1, columns in UTF-16 code units. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The lines of a text, for turning offsets into lines and columns and back. A line ends at `\n`; a `\r` before it belongs to the end. */
export interface Lines {
  readonly count: number;
  /** Of an offset in UTF-16 code units; one outside of the text is drawn to its nearest end. */
  place(offset: number): Place;
  /** Offset of the first character of a line; the end of the text for lines after the last. */
  start(line: number): number;
  /** The line without its end. */
  text(line: number): string;
}

export function linesOf(text: string): Lines {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const start = (line: number) => (line < 1 ? 0 : (starts[line - 1] ?? text.length));
  return {
    count: starts.length,
    place(offset) {
      const at = Math.min(Math.max(offset, 0), text.length);
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] as number) <= at) low = middle;
        else high = middle - 1;
      }
      return { line: low + 1, column: at - (starts[low] as number) + 1 };
    },
    start,
    text(line) {
      if (line < 1 || line > starts.length) return '';
      const end = line < starts.length ? start(line + 1) - 1 : text.length;
      return text.slice(start(line), text.charCodeAt(end - 1) === 13 && end > start(line) ? end - 1 : end);
    },
  };
}
