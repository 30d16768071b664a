/**
 * Text for a terminal. Names and versions come out of hostile images: control characters would move the cursor, change
 * colours or retitle the window, and bidirectional marks would reorder what is read (Trojan Source, CVE-2021-42574).
 */

/** `text` with control, format and bidirectional characters written out as escapes (`\x1b`, `\u202e`). */
export function safeText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g, (char) => {
      const code = char.charCodeAt(0);
      return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
    });
}

/** Columns that `text` takes on a terminal: 2 for wide characters (Hangul, Han, kana, full width, emoji), 0 for combining ones. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const char of text) width += charWidth(char.codePointAt(0) ?? 0);
  return width;
}

/** `text` cut to `width` columns, an ellipsis in place of what is missing. */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  return `${take(text, Math.max(0, width - 1))}…`;
}

/** Lines of at most `width` columns (one character at least), broken after a space, `/`, `-`, `.` or `,` where there is one. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (displayWidth(rest) > width) {
    const fits = take(rest, width) || [...rest][0] || '';
    const space = rest[fits.length] === ' ' ? fits.length : fits.lastIndexOf(' ');
    const soft = space > 0 ? space : Math.max(...['/', '-', '.', ',', ':'].map((mark) => fits.lastIndexOf(mark) + 1));
    const end = soft > 0 ? soft : fits.length;
    lines.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  if (rest || lines.length === 0) lines.push(rest);
  return lines;
}

function take(text: string, width: number): string {
  let used = 0;
  let end = 0;
  for (const char of text) {
    used += charWidth(char.codePointAt(0) ?? 0);
    if (used > width) break;
    end += char.length;
  }
  return text.slice(0, end);
}

/** Ranges of Unicode 16 EastAsianWidth.txt that are W or F, neighbours merged. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x231a, 0x231b],
  [0x2329, 0x232a],
  [0x23e9, 0x23ec],
  [0x2e80, 0x303e],
  [0x3041, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
];

function charWidth(code: number): 0 | 1 | 2 {
  if (code < 0x300) return 1;
  if ((code >= 0x300 && code <= 0x36f) || (code >= 0x1ab0 && code <= 0x1aff) || (code >= 0x20d0 && code <= 0x20ff)) return 0;
  if ((code >= 0xfe00 && code <= 0xfe0f) || (code >= 0xfe20 && code <= 0xfe2f)) return 0;
  return WIDE.some(([from, to]) => code >= from && code <= to) ? 2 : 1;
}
