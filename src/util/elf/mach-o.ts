import type { Bytes, RandomAccess } from '../bytes.ts';
import { PlimsollError } from '../errors.ts';
import { type Executable, Fields, type Mapping } from './executable.ts';

const MAX_COMMANDS = 1 << 20;
const LC_SEGMENT = 1;
const LC_SEGMENT_64 = 0x19;

/** Byte order and width by the magic number; undefined for anything else, universal files included. */
export function machKind(head: Bytes): { readonly little: boolean; readonly wide: boolean } | undefined {
  if (head.length < 4) return undefined;
  switch (head.readUInt32LE(0)) {
    case 0xfeedface:
      return { little: true, wide: false };
    case 0xfeedfacf:
      return { little: true, wide: true };
    case 0xcefaedfe:
      return { little: false, wide: false };
    case 0xcffaedfe:
      return { little: false, wide: true };
    default:
      return undefined;
  }
}

/** Sections and segments of a thin Mach-O file. Source: Apple, mach-o/loader.h. Throws file-malformed. */
export async function readMachO(access: RandomAccess, head: Bytes, kind: { little: boolean; wide: boolean }): Promise<Executable> {
  const { little, wide } = kind;
  const header = new Fields(head, little, 'Mach-O file');
  const count = header.u32(16);
  const length = header.u32(20);
  if (length > MAX_COMMANDS) throw new PlimsollError('file-malformed', { what: 'Mach-O file', detail: 'the load commands are too long' });
  const fields = new Fields(await access.read(wide ? 32 : 28, length), little, 'Mach-O file');
  const sections: Mapping[] = [];
  const segments: Mapping[] = [];
  for (let index = 0, at = 0; index < count && at + 8 <= length; index++) {
    const command = fields.u32(at);
    const size = fields.u32(at + 4);
    if (size < 8) throw new PlimsollError('file-malformed', { what: 'Mach-O file', detail: 'a load command has no length' });
    if (command === LC_SEGMENT || command === LC_SEGMENT_64) readSegment(fields, at, size, command === LC_SEGMENT_64, segments, sections);
    at += size;
  }
  return { format: 'mach-o', littleEndian: little, sections, segments };
}

function readSegment(fields: Fields, at: number, length: number, wide: boolean, segments: Mapping[], sections: Mapping[]): void {
  const word = (offset: number) => (wide ? fields.u64(at + offset) : fields.u32(at + offset));
  const protection = fields.u32(at + (wide ? 60 : 44));
  const writable = (protection & 2) !== 0;
  segments.push({ name: '', address: word(24), offset: word(wide ? 40 : 32), size: word(wide ? 48 : 36), writable });
  const entrySize = wide ? 80 : 68;
  for (let section = wide ? 72 : 56; section + entrySize <= length && sections.length < 4096; section += entrySize) {
    const offset = fields.u32(at + section + (wide ? 48 : 40));
    sections.push({
      name: fields.text(at + section, 16),
      address: word(section + 32),
      offset,
      size: offset === 0 ? 0 : word(section + (wide ? 40 : 36)),
      writable,
    });
  }
}
