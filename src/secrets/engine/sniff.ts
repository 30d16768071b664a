import type { Bytes } from '../../util/bytes.ts';

export type Content = 'text' | 'utf-16le' | 'utf-16be' | 'binary';

/** As much of a file's start as decides what it is. */
export const SNIFFED = 4096;

/** Text has no zero byte in its first 4 KiB; UTF-16 is known by its byte order mark. */
export function sniff(start: Bytes): Content {
  if (start.length >= 2 && start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start.length >= 2 && start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  const zero = start.indexOf(0);
  return zero !== -1 && zero < SNIFFED ? 'binary' : 'text';
}

/** UTF-16 to one byte a character, other than Latin-1 as `?`: keywords and secrets are ASCII. `odd` is the half of a character that the last chunk ended with. */
export function narrow(bytes: Bytes, content: 'utf-16le' | 'utf-16be', odd: number | undefined): { bytes: Bytes; odd: number | undefined } {
  const all = odd === undefined ? bytes : Buffer.concat([Buffer.from([odd]), bytes]);
  const count = all.length >> 1;
  const out = Buffer.allocUnsafe(count);
  const low = content === 'utf-16le' ? 0 : 1;
  for (let i = 0; i < count; i++) out[i] = all[2 * i + 1 - low] === 0 ? all[2 * i + low]! : 0x3f;
  return { bytes: out, odd: all.length % 2 === 1 ? all[all.length - 1] : undefined };
}
