import { rules } from '../../src/extract/bin/programs/rules/index.ts';
import { SPAN } from '../../src/extract/bin/programs/search.ts';
import type { Program } from '../../src/extract/bin/programs/types.ts';

/** What stood around the version: bytes, the text that told in the middle, and the text that confirmed it. Short; facts only. */
export function excerptsOf(content: Buffer, { program, version }: Program): string[] {
  const rule = rules.find(({ id }) => id === program);
  if (!rule) return [];
  if ('file' in rule) return [escaped(Buffer.from(rule.statement.exec(content.toString('latin1', 0, 4096))?.[0] ?? ''))];
  for (const { anchor, pattern, before = 0, confirm } of rule.signatures) {
    const told = around(content, anchor, before, (text) => {
      const match = pattern.exec(text);
      return match?.groups?.version === version ? match : undefined;
    });
    if (told === undefined) continue;
    const other = confirm?.(version);
    return other ? [told, around(content, other.anchor, 0, (text) => other.pattern.exec(text) ?? undefined) ?? ''] : [told];
  }
  return [];
}

/** The first match at an anchor, with eight bytes on either side. */
function around(content: Buffer, anchor: string, before: number, match: (text: string) => RegExpExecArray | undefined): string | undefined {
  const needle = Buffer.from(anchor, 'latin1');
  for (let at = content.indexOf(needle); at >= 0; at = content.indexOf(needle, at + 1)) {
    const start = Math.max(0, at - before);
    const found = match(content.toString('latin1', start, at + SPAN));
    if (!found) continue;
    const from = start + found.index;
    const end = Math.max(from + found[0].length, at + needle.length);
    return escaped(content.subarray(Math.max(0, Math.min(from, at) - 8), Math.min(end + 8, from + 180)));
  }
  return undefined;
}

/** Printable ASCII as it is, the rest as `\xNN`. */
function escaped(bytes: Buffer): string {
  return [...bytes]
    .map((b) => (b >= 0x20 && b < 0x7f && b !== 0x5c ? String.fromCharCode(b) : `\\x${b.toString(16).padStart(2, '0')}`))
    .join('');
}
