import type { Bytes, RandomAccess } from '../bytes.ts';
import { PlimsollError } from '../errors.ts';
import { type Executable, Fields, type Mapping } from './executable.ts';

const MAX_SECTIONS = 96;
const WRITE = 0x80000000;

/**
 * Sections of a PE file (they are its segments too), addresses with the image base added. Source: Microsoft, PE Format.
 * Throws file-malformed; undefined for a DOS program that is no PE file.
 */
export async function readPe(access: RandomAccess, head: Bytes): Promise<Executable | undefined> {
  const start = new Fields(head, true, 'PE file').u32(0x3c);
  const bytes = await access.read(start, 4 + 20 + 0x200 + MAX_SECTIONS * 40);
  if (bytes.length < 4 || bytes.toString('latin1', 0, 4) !== 'PE\0\0') return undefined;
  const fields = new Fields(bytes, true, 'PE file');
  const count = fields.u16(4 + 2);
  const optionalSize = fields.u16(4 + 16);
  if (count > MAX_SECTIONS || optionalSize < 32 || optionalSize > 0x200) {
    throw new PlimsollError('file-malformed', { what: 'PE file', detail: 'the header is broken' });
  }
  const base = fields.u16(24) === 0x20b ? fields.u64(24 + 24) : fields.u32(24 + 28);
  const sections: Mapping[] = [];
  for (let index = 0, at = 24 + optionalSize; index < count; index++, at += 40) {
    const size = Math.min(fields.u32(at + 8), fields.u32(at + 16));
    const writable = (fields.u32(at + 36) & WRITE) !== 0;
    sections.push({ name: fields.text(at, 8), address: base + fields.u32(at + 12), offset: fields.u32(at + 20), size, writable });
  }
  return { format: 'pe', littleEndian: true, sections, segments: sections };
}
