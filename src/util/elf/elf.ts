import type { Bytes, RandomAccess } from '../bytes.ts';
import { PlimsollError } from '../errors.ts';
import { type Executable, Fields, type Mapping } from './executable.ts';

/**
 * Sections and segments of an ELF file. Section headers that are cut off or beyond the bounds are left out: the segments still
 * tell what is loaded. Source: System V gABI, chapters 4 and 5. Throws file-malformed where the file header is broken.
 */
export async function readElf(access: RandomAccess, head: Bytes): Promise<Executable> {
  const header = elfHeader(head);
  const programs = await table(access, header.programs);
  if (!programs) throw new PlimsollError('file-malformed', { what: 'ELF file', detail: 'the program headers are cut off' });
  const segments: Mapping[] = [];
  for (const { type, flags, offset, address, fileSize } of programHeaders(programs, header)) {
    if (type === PT_LOAD) segments.push({ name: '', address, offset, size: fileSize, writable: (flags & 3) === 2 });
  }
  return { format: 'elf', littleEndian: header.little, sections: await sections(access, header), segments };
}

export interface ElfHeader {
  readonly little: boolean;
  readonly wide: boolean;
  /** ET_EXEC 2, ET_DYN 3, ET_REL 1, ET_CORE 4. */
  readonly type: number;
  readonly programs: Table;
  readonly sections: Table;
  readonly nameSection: number;
}

interface Table {
  readonly offset: number;
  readonly entrySize: number;
  readonly count: number;
}

export interface ProgramHeader {
  readonly type: number;
  readonly flags: number;
  readonly offset: number;
  readonly address: number;
  readonly fileSize: number;
}

const PT_LOAD = 1;
export const PT_INTERP = 3;
export const PT_NOTE = 4;
export const ELF_MAGIC = 0x7f454c46;
const MAX_HEADERS = 65_536;
const MAX_NAMES = 4 << 20;
const SHT_NOBITS = 8;

/** The file header. Throws file-malformed. */
export function elfHeader(head: Bytes): ElfHeader {
  if (head.length < 52 || head.readUInt32BE(0) !== ELF_MAGIC || !(head[4] === 1 || head[4] === 2) || !(head[5] === 1 || head[5] === 2)) {
    throw new PlimsollError('file-malformed', { what: 'ELF file', detail: 'the header is broken' });
  }
  const wide = head[4] === 2;
  const little = head[5] === 1;
  const fields = new Fields(head, little, 'ELF file');
  const at = wide ? 32 : 28;
  const word = wide ? 8 : 4;
  const read = (offset: number) => (wide ? fields.u64(offset) : fields.u32(offset));
  const counts = at + 2 * word + 6;
  return {
    little,
    wide,
    type: fields.u16(16),
    programs: { offset: read(at), entrySize: fields.u16(counts), count: fields.u16(counts + 2) },
    sections: { offset: read(at + word), entrySize: fields.u16(counts + 4), count: fields.u16(counts + 6) },
    nameSection: fields.u16(counts + 8),
  };
}

/** The program headers in `bytes`, which begin with the first; entries that are cut off are left out. */
export function programHeaders(bytes: Bytes, { little, wide, programs }: ElfHeader): ProgramHeader[] {
  const fields = new Fields(bytes, little, 'ELF file');
  const found: ProgramHeader[] = [];
  const entrySize = Math.max(programs.entrySize, wide ? 56 : 32);
  for (let at = 0; found.length < programs.count && at + entrySize <= bytes.length; at += entrySize) {
    found.push(
      wide
        ? {
            type: fields.u32(at),
            flags: fields.u32(at + 4),
            offset: fields.u64(at + 8),
            address: fields.u64(at + 16),
            fileSize: fields.u64(at + 32),
          }
        : {
            type: fields.u32(at),
            flags: fields.u32(at + 24),
            offset: fields.u32(at + 4),
            address: fields.u32(at + 8),
            fileSize: fields.u32(at + 16),
          },
    );
  }
  return found;
}

async function sections(access: RandomAccess, header: ElfHeader): Promise<Mapping[]> {
  const bytes = await table(access, header.sections);
  if (!bytes || header.sections.count === 0) return [];
  const { wide } = header;
  const fields = new Fields(bytes, header.little, 'ELF file');
  const word = (at: number) => (wide ? fields.u64(at) : fields.u32(at));
  const raw = Array.from({ length: header.sections.count }, (_, index) => {
    const at = index * header.sections.entrySize;
    return {
      name: fields.u32(at),
      type: fields.u32(at + 4),
      flags: word(at + 8),
      address: word(at + (wide ? 16 : 12)),
      offset: word(at + (wide ? 24 : 16)),
      size: word(at + (wide ? 32 : 20)),
    };
  });
  const strings = raw[header.nameSection];
  if (!strings || strings.size > MAX_NAMES) return [];
  const names = new Fields(await access.read(strings.offset, strings.size), true, 'ELF file');
  return raw
    .filter((section) => section.type !== SHT_NOBITS && section.type !== 0)
    .map(({ name, flags, address, offset, size }) => ({ name: names.text(name, 256), address, offset, size, writable: flags % 2 === 1 }));
}

/** Undefined where the table is not all in the file or its entries cannot be such. */
async function table(access: RandomAccess, { offset, entrySize, count }: Table): Promise<Bytes | undefined> {
  if (count === 0) return Buffer.alloc(0);
  if (count > MAX_HEADERS || entrySize < 32 || entrySize > 1024 || offset + count * entrySize > access.size) return undefined;
  return access.read(offset, count * entrySize);
}
