import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import type { ByteStream, Bytes } from '../../util/bytes.ts';
import { decompress, detectCompression } from '../../util/compression/index.ts';

/** What is expanded in one go, without a stream that costs more than the work. */
const SMALL = 1 << 20;
/** What may follow a file in its compressed member: padding and the header of the next one. */
const SLACK = 64 << 10;

/**
 * The first `length` bytes of what `stored`, a gzip member or a zstd frame with perhaps more of them behind it, expands to; fewer
 * where there are no more.
 *
 * @throws PlimsollError compression-unsupported, decompression-failed
 */
export async function expandFirst(stored: Bytes, length: number, what: string): Promise<Bytes> {
  const quick = length <= SMALL ? atOnce(stored, length + SLACK) : undefined;
  if (quick !== undefined && quick.length >= length) return quick.subarray(0, length);
  const parts: Bytes[] = [];
  let have = 0;
  for await (const chunk of decompress(once(stored), { what })) {
    parts.push(Buffer.from(chunk.subarray(0, length - have)));
    have += chunk.length;
    if (have >= length) break;
  }
  return parts.length === 1 ? (parts[0] as Bytes) : Buffer.concat(parts);
}

/** Undefined where it is damaged or longer: the slow way tells. */
function atOnce(stored: Bytes, maxOutputLength: number): Bytes | undefined {
  const format = detectCompression(stored);
  try {
    if (format === 'gzip') return gunzipSync(stored, { maxOutputLength });
    return format === 'zstd' ? zstdDecompressSync(stored, { maxOutputLength }) : undefined;
  } catch {
    return undefined;
  }
}

async function* once(bytes: Bytes): ByteStream {
  yield bytes;
}
