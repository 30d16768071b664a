import type { Bytes, RandomAccess } from '../bytes.ts';
import { PlimsollError } from '../errors.ts';

export interface NdbLimits {
  /** Bytes of one blob. */
  readonly blob: number;
}

const HEADER_MAGIC = 'RpmP';
const HEADER_LENGTH = 32;
const SLOT_MAGIC = 'Slot';
const SLOT_LENGTH = 16;
const SLOT_PAGE = 4096;
/** Unit of offsets and lengths in slots. */
const BLOCK = 16;
const BLOB_MAGIC = 'BlbS';
const BLOB_HEADER = 16;
const BLOB_TAIL = 12;
/** 16 million packages. */
const MAX_SLOT_PAGES = 65_536;

/**
 * The blobs of an rpm package database of the kind `ndb` (SUSE), by their slots. Source: lib/backend/ndb/rpmpkg.c of rpm 4.14 and
 * later, constants PKGDB_*, SLOT_*, BLOBHEAD_*. Throws file-malformed, file-unsupported and file-too-large.
 */
export async function* readNdb(access: RandomAccess, limits: NdbLimits): AsyncGenerator<Bytes> {
  const header = await access.read(0, HEADER_LENGTH);
  if (!isNdb(header)) throw malformed('no header');
  if (header.readUInt32LE(4) !== 0)
    throw new PlimsollError('file-unsupported', { what: WHAT, detail: `version ${header.readUInt32LE(4)}` });
  const slotPages = header.readUInt32LE(12);
  if (slotPages < 1 || slotPages > MAX_SLOT_PAGES || slotPages * SLOT_PAGE > access.size) throw malformed(`${slotPages} pages of slots`);
  let bytesLeft = access.size;
  for (let page = 0; page < slotPages; page++) {
    const slots = await access.read(page * SLOT_PAGE, SLOT_PAGE);
    for (let at = page === 0 ? HEADER_LENGTH : 0; at < SLOT_PAGE; at += SLOT_LENGTH) {
      if (slots.toString('latin1', at, at + 4) !== SLOT_MAGIC) throw malformed('a slot without its mark');
      const index = slots.readUInt32LE(at + 4);
      if (index === 0) continue;
      const length = slots.readUInt32LE(at + 12) * BLOCK;
      // In a sound file blobs do not overlap, so that all of them together are no longer than the file.
      bytesLeft -= length;
      if (bytesLeft < 0) throw malformed('blobs longer than the file');
      yield await readBlob(access, limits, index, slots.readUInt32LE(at + 8) * BLOCK, length);
    }
  }
}

/** True for the first bytes of such a database. */
export function isNdb(head: Bytes): boolean {
  return head.length >= HEADER_LENGTH && head.toString('latin1', 0, 4) === HEADER_MAGIC;
}

async function readBlob(access: RandomAccess, limits: NdbLimits, index: number, offset: number, room: number): Promise<Bytes> {
  if (room > limits.blob) throw new PlimsollError('file-too-large', { what: `package of an ${WHAT}`, limit: limits.blob });
  const bytes = await access.read(offset, room);
  if (room < BLOB_HEADER + BLOB_TAIL || bytes.length < room) throw malformed(`package ${index} is cut off`);
  const length = bytes.readUInt32LE(12);
  const isOurs = bytes.toString('latin1', 0, 4) === BLOB_MAGIC && bytes.readUInt32LE(4) === index;
  if (!isOurs || BLOB_HEADER + length + BLOB_TAIL > room) throw malformed(`package ${index} is not where its slot says`);
  return bytes.subarray(BLOB_HEADER, BLOB_HEADER + length);
}

const WHAT = 'ndb database';

function malformed(detail: string): PlimsollError {
  return new PlimsollError('file-malformed', { what: WHAT, detail });
}
