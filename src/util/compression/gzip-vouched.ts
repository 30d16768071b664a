import { createInflateRaw, type ZlibOptions } from 'node:zlib';
import type { Bytes } from '../bytes.ts';

/** Source: RFC 1952, 2.3.1. */
const FLAG = { headerCrc: 2, extra: 4, name: 8, comment: 16, reserved: 0xe0 } as const;
const FIXED = 10;
/** Checksum and length of what was compressed. */
export const GZIP_TRAILER = 8;

/** Where the compressed data of a gzip member begins; undefined where the header is no usual one, or goes on behind `head`. */
export function gzipHeader(head: Bytes): number | undefined {
  const flags = head[3] ?? FLAG.reserved;
  if (head.length < FIXED || head[0] !== 0x1f || head[1] !== 0x8b || head[2] !== 8 || (flags & FLAG.reserved) !== 0) return undefined;
  let at = FIXED;
  if (flags & FLAG.extra) {
    if (head.length < at + 2) return undefined;
    at += 2 + head.readUInt16LE(at);
  }
  for (const text of [FLAG.name, FLAG.comment]) {
    if (!(flags & text)) continue;
    const end = head.indexOf(0, at);
    if (end < 0) return undefined;
    at = end + 1;
  }
  if (flags & FLAG.headerCrc) at += 2;
  return at < head.length ? at : undefined;
}

/** What inflating asks for and gives back, beside the content. */
export interface Member {
  /** The next compressed bytes, good until the next call; undefined at the end. What it throws ends the member. */
  next(): Promise<Bytes | undefined>;
  /** Called at the end with those of the last bytes that are not the member's own data, and the length of the content. */
  ended(left: Bytes, length: number): void;
}

/**
 * The content of a gzip member behind its header, without its checksum: for bytes that somebody vouches for otherwise, to whom the
 * checksum says nothing, and costs a tenth of inflating. Throws zlib's errors.
 */
export async function* inflateMember(first: Bytes, member: Member, options: ZlibOptions): AsyncGenerator<Bytes, void> {
  const engine = createInflateRaw(options);
  let given = 0;
  let last = first;
  const feed = async (): Promise<void> => {
    for (let chunk: Bytes | undefined = first; chunk; chunk = await member.next()) {
      given += chunk.length;
      last = chunk;
      await new Promise<void>((resolve) => engine.write(chunk, () => resolve()));
      // The member has ended inside of the chunk, or before it.
      if (engine.destroyed || engine.bytesWritten < given) return;
    }
    engine.end();
  };
  feed().catch((error: unknown) => engine.destroy(error as Error));
  let length = 0;
  try {
    for await (const chunk of engine) {
      length += (chunk as Bytes).length;
      yield chunk as Bytes;
    }
  } finally {
    engine.destroy();
  }
  member.ended(last.subarray(last.length - (given - engine.bytesWritten)), length);
}

/** Whether the trailer fits, as far as can be told for free. */
export function fitsTrailer(trailer: Bytes, length: number): boolean {
  return trailer.length === GZIP_TRAILER && trailer.readUInt32LE(4) === length % 2 ** 32;
}
