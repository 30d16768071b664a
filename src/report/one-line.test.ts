import { expect, it } from 'vitest';
import { oneLine } from './one-line.ts';

it.each([
  ['one', 'one'],
  ['Type: a\nSeverity: HIGH\n\nFixed:\r\n  2\n', 'Type: a; Severity: HIGH; Fixed: 2'],
  ['It ends. \nIt goes on', 'It ends. It goes on'],
  ['\n\n', ''],
])('%j is %j', (text, line) => expect(oneLine(text)).toBe(line));
