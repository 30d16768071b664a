import { pipeline } from 'node:stream/promises';
import { createGunzip, createZstdDecompress, type Gunzip, type ZstdDecompress } from 'node:zlib';
import type { ByteStream, Bytes } from '../bytes.ts';
import { PlimsollError } from '../errors.ts';
import { type Compression, detectCompression, MAGIC_BYTES } from './detect.ts';
import { fitsTrailer, GZIP_TRAILER, gzipHeader, inflateMember } from './gzip-vouched.ts';
import { zstdFrames } from './zstd-frames.ts';

export { detectCompression } from './detect.ts';

/** When a stream is taken for a bomb. */
export interface ExpansionLimits {
  /** Bytes after decompression, whatever the ratio. */
  readonly output: number;
  /** Output over input that is refused, once the output is beyond `ratioFrom` bytes (small zero-filled layers are ordinary). */
  readonly ratio: number;
  readonly ratioFrom: number;
}

/** 128 GiB; deflate cannot do better than 1032 : 1, real layers stay below 20 : 1. */
export const EXPANSION_LIMITS: ExpansionLimits = { output: 2 ** 37, ratio: 200, ratioFrom: 2 ** 32 };

export interface DecompressOptions {
  /** What is read, for messages. */
  readonly what: string;
  readonly limits?: ExpansionLimits;
  /** True: `source` throws at its end where it is not what somebody vouched for. Then gzip's own checksum is left alone. */
  readonly vouched?: boolean | undefined;
}

/** Output comes in chunks of this size: each costs a turn of the event loop (1.5 s of CPU, 1.7 at 256 KB, 2.0 at 64 KB). */
const CHUNK = 1024 * 1024;
/** How much output may wait while the reader is busy. */
const AHEAD = 2 * CHUNK;

/**
 * The stream without its compression, told by its first bytes: gzip (all members; zeros may follow the last one, anything else
 * is refused as Go's reader refuses it), zstd (all frames), or as it is.
 *
 * @throws PlimsollError compression-unsupported, decompression-failed (damage, truncation), decompression-bomb, from the stream
 */
export async function* decompress(source: ByteStream, options: DecompressOptions): ByteStream {
  const limits = options.limits ?? EXPANSION_LIMITS;
  const counter = { input: 0 };
  const iterator = counted(source, counter)[Symbol.asyncIterator]();
  try {
    const head = await firstBytes(iterator);
    const format = detectCompression(head);
    if (format !== 'none' && format !== 'gzip' && format !== 'zstd')
      throw new PlimsollError('compression-unsupported', { what: options.what, format });
    let output = 0;
    for await (const chunk of opened(format, chain(head, iterator), options)) {
      output += chunk.length;
      if (output > limits.output || (output > limits.ratioFrom && output > counter.input * limits.ratio)) {
        throw new PlimsollError('decompression-bomb', { what: options.what, input: counter.input, output });
      }
      yield chunk;
    }
    // An engine stops at zeros behind its last member. Whoever checks the source does so at its end: all of it has to pass.
    while (!(await iterator.next()).done);
  } finally {
    await iterator.return?.();
  }
}

/** A writable mark of one byte: the next chunk is asked for when the last one is used up, since its memory may be used again. */
const SETTINGS = { chunkSize: CHUNK, readableHighWaterMark: AHEAD, writableHighWaterMark: 1 };

function opened(format: Compression, source: ByteStream, { what, vouched }: DecompressOptions): ByteStream {
  if (format === 'gzip') return vouched ? throughMembers(source, what) : throughEngine(source, createGunzip(SETTINGS), what, format);
  if (format === 'zstd') return throughEngine(zstdFrames(source), createZstdDecompress(SETTINGS), what, format);
  return source;
}

/** gzip of which the first member, mostly the only one, is not held against its checksum. */
async function* throughMembers(source: ByteStream, what: string): ByteStream {
  const iterator = source[Symbol.asyncIterator]();
  const first = await iterator.next();
  const head: Bytes = first.done ? Buffer.alloc(0) : first.value;
  const start = gzipHeader(head);
  let behind = head;
  if (start !== undefined) {
    let sourceError: unknown;
    let length = 0;
    const member = {
      next: async () => {
        try {
          const next = await iterator.next();
          return next.done ? undefined : next.value;
        } catch (error) {
          sourceError = error;
          throw error;
        }
      },
      ended: (left: Bytes, total: number) => {
        behind = Buffer.from(left);
        length = total;
      },
    };
    try {
      for await (const chunk of inflateMember(head.subarray(start), member, SETTINGS)) {
        yield chunk;
        release(chunk);
      }
    } catch (error) {
      throw sourceError instanceof PlimsollError ? sourceError : failure(error, what, 'gzip');
    }
    while (behind.length <= GZIP_TRAILER) {
      const next = await iterator.next();
      if (next.done) break;
      behind = Buffer.concat([behind, next.value]);
    }
    const trailer = behind.subarray(0, GZIP_TRAILER);
    if (!fitsTrailer(trailer, length))
      throw new PlimsollError('decompression-failed', { what, format: 'gzip', detail: 'the length at the end of the member is another' });
    behind = behind.subarray(GZIP_TRAILER);
    if (behind.length === 0 || behind[0] === 0) return;
  }
  yield* throughEngine(chain(behind, iterator), createGunzip(SETTINGS), what, 'gzip');
}

async function* throughEngine(source: ByteStream, engine: Gunzip | ZstdDecompress, what: string, format: Compression): ByteStream {
  let sourceError: unknown;
  const feeding = pipeline(keepError(source), engine).catch((error: unknown) => {
    sourceError ??= error;
  });
  async function* keepError(from: ByteStream): ByteStream {
    try {
      yield* from;
    } catch (error) {
      sourceError = error;
      throw error;
    }
  }
  try {
    for await (const chunk of engine) {
      yield chunk as Bytes;
      release(chunk as Bytes);
    }
  } catch (error) {
    throw sourceError instanceof PlimsollError ? sourceError : failure(error, what, format);
  } finally {
    engine.destroy();
    await feeding;
  }
}

/**
 * Gives the memory of a used chunk back at once. Left to the garbage collector, half a gigabyte of chunks makes it mark the
 * whole heap some thirty times. The engine puts several chunks into one buffer: only the one that fills it up ends its use.
 */
function release({ buffer, byteOffset, byteLength }: Bytes): void {
  const isLast = byteLength > 0 && byteOffset + byteLength === CHUNK;
  if (isLast && buffer instanceof ArrayBuffer && buffer.byteLength === CHUNK) buffer.transfer(0);
}

function failure(error: unknown, what: string, format: Compression): unknown {
  return isEngineError(error)
    ? new PlimsollError('decompression-failed', { what, format, detail: error.message }, { cause: error })
    : error;
}

/** zlib's and zstd's own errors have codes like Z_DATA_ERROR, ZSTD_error_prefix_unknown. */
function isEngineError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && /^Z(STD)?_/.test(String(error.code));
}

async function* counted(source: ByteStream, counter: { input: number }): ByteStream {
  for await (const chunk of source) {
    counter.input += chunk.length;
    yield chunk;
  }
}

/** The first chunk, joined with as many as it takes to have the magic. */
async function firstBytes(iterator: AsyncIterator<Bytes>): Promise<Bytes> {
  let head: Bytes = Buffer.alloc(0);
  while (head.length < MAGIC_BYTES) {
    const next = await iterator.next();
    if (next.done) break;
    if (head.length === 0 && next.value.length >= MAGIC_BYTES) return next.value;
    head = Buffer.concat([head, next.value]); // a copy: the chunk's memory may be used again
  }
  return head;
}

/** `rest` stays open when nobody reads on. */
async function* chain(head: Bytes, rest: AsyncIterator<Bytes>): ByteStream {
  if (head.length > 0) yield head;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}
