import { decompressed } from './feed-files.ts';
import type { FeedFile } from './types.ts';

/** The largest member that any known document has is 20 MB. */
const MAX_MEMBER = 128 * 1024 * 1024;

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN, CLOSE, OPEN_LIST, CLOSE_LIST] = [0x7b, 0x7d, 0x5b, 0x5d];

/**
 * Calls `take` with the members of a JSON object one after the other, so that a document of any size never is in memory as a whole.
 * Throws where the document is no object, where a member is no JSON or longer than any can be, and where the file ends before it does.
 */
export async function eachMember(file: FeedFile, take: (name: string, value: unknown) => void): Promise<void> {
  let pieces: Buffer[] = [];
  let length = 0;
  let depth = 0;
  let ended = false;
  let inString = false;
  let escaped = false;
  const finish = () => {
    for (const [name, value] of membersOf(Buffer.concat(pieces))) take(name, value);
    [pieces, length] = [[], 0];
  };
  for await (const chunk of decompressed(file)) {
    let start = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at]!;
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) inString = false;
      } else if (depth === 0) {
        if (!isSpace(byte) && (ended || byte !== OPEN)) throw new Error('not a JSON object');
        if (byte === OPEN) depth = 1;
        start = at + 1;
      } else if (byte === QUOTE) inString = true;
      else if (byte === OPEN || byte === OPEN_LIST) depth += 1;
      else if (byte === CLOSE || byte === CLOSE_LIST) depth -= 1;
      if (inString || depth > 1 || (depth === 1 && byte !== COMMA) || start > at) continue;
      pieces.push(chunk.subarray(start, at));
      finish();
      start = at + 1;
      ended = depth === 0;
    }
    if (start === chunk.length) continue;
    pieces.push(Buffer.from(chunk.subarray(start)));
    length += chunk.length - start;
    if (length > MAX_MEMBER) throw new Error(`a member is longer than ${MAX_MEMBER} bytes`);
  }
  if (!ended) throw new Error('the document is cut off');
}

function membersOf(text: Buffer): [string, unknown][] {
  const value = JSON.parse(`{${text.toString('utf8')}}`) as Readonly<Record<string, unknown>>;
  return Object.entries(value);
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}
