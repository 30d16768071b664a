import type { Bytes } from '../../util/bytes.ts';
import { badTable } from './not-lazy.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = new Set([0x7b, 0x5b]);
const CLOSE = new Set([0x7d, 0x5d]);
const BRACE = 0x7b;
const LIST = /"entries"\s*:\s*\[/y;

/**
 * The texts of the objects in the list `entries` of a JSON object, one after another: parsed in one go a table of 24 MB takes a hundred
 * and more. What is around them is not judged. Throws {@link NotLazy} where there is no such list.
 */
export function* entryTexts(json: Bytes): Iterable<string> {
  const first = listStart(json);
  for (let at = first, start = -1, depth = 0; at < json.length; at++) {
    const byte = json[at] as number;
    if (byte === QUOTE) at = stringEnd(json, at);
    else if (OPEN.has(byte)) {
      if (depth++ === 0) start = at;
    } else if (CLOSE.has(byte)) {
      if (depth-- === 0) return;
      if (depth > 0) continue;
      if (json[start] !== BRACE) throw badTable('an entry is no object');
      yield json.toString('utf8', start, at + 1);
    }
  }
  throw badTable('its list of entries has no end');
}

/** Behind the bracket of the outermost `entries`. */
function listStart(json: Bytes): number {
  for (let at = 0, depth = 0; at < json.length; at++) {
    const byte = json[at] as number;
    if (OPEN.has(byte)) depth++;
    else if (CLOSE.has(byte)) depth--;
    else if (byte === QUOTE) {
      LIST.lastIndex = 0;
      const match = depth === 1 ? LIST.exec(json.toString('latin1', at, at + 64)) : null;
      if (match) return at + match[0].length;
      at = stringEnd(json, at);
    }
  }
  throw badTable('it has no list of entries');
}

/** The closing quote of the string that opens at `at`. */
function stringEnd(json: Bytes, at: number): number {
  for (let i = at + 1; i < json.length; i++) {
    if (json[i] === BACKSLASH) i++;
    else if (json[i] === QUOTE) return i;
  }
  throw badTable('a text without an end');
}
