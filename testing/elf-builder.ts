/** One loaded run of bytes, with a section of the same extent where it has a name. */
export interface ElfPart {
  readonly address: number;
  readonly content: Uint8Array;
  /** PT_LOAD with PF_X 1, PF_W 2, PF_R 4. */
  readonly flags: number;
  readonly section?: string;
  /** Program header type; PT_LOAD by default. */
  readonly type?: number;
}

/** A small ELF program of either width and byte order. Layout: header, program headers, contents, names, section headers. */
export function buildElf(options: { wide: boolean; little: boolean; parts: readonly ElfPart[]; type?: number; padTo?: number }): Buffer {
  const { wide, little, parts } = options;
  const named = parts.filter((part) => part.section !== undefined);
  const headerSize = wide ? 64 : 52;
  const programSize = wide ? 56 : 32;
  const sectionSize = wide ? 64 : 40;
  const names = Buffer.from(`\0.shstrtab\0${named.map((part) => `${part.section}\0`).join('')}`);
  let at = headerSize + programSize * parts.length;
  const offsets = parts.map((part) => {
    at = Math.ceil(at / 16) * 16;
    at += part.content.length;
    return at - part.content.length;
  });
  const namesAt = at;
  const sectionsAt = Math.ceil((at + names.length) / 8) * 8;
  const bytes = Buffer.alloc(Math.max(options.padTo ?? 0, sectionsAt + sectionSize * (named.length + 2)));
  const u16 = (offset: number, value: number) => (little ? bytes.writeUInt16LE(value, offset) : bytes.writeUInt16BE(value, offset));
  const u32 = (offset: number, value: number) => (little ? bytes.writeUInt32LE(value, offset) : bytes.writeUInt32BE(value, offset));
  const word = (offset: number, value: number) => {
    if (!wide) return u32(offset, value);
    return little ? bytes.writeBigUInt64LE(BigInt(value), offset) : bytes.writeBigUInt64BE(BigInt(value), offset);
  };

  bytes.write('\x7fELF', 'latin1');
  bytes.set([wide ? 2 : 1, little ? 1 : 2, 1], 4);
  u16(16, options.type ?? 2);
  const w = wide ? 8 : 4;
  word(24 + w, headerSize);
  word(24 + 2 * w, sectionsAt);
  const tail = 24 + 3 * w + 4;
  [headerSize, programSize, parts.length, sectionSize, named.length + 2, 1].forEach((value, index) => void u16(tail + 2 * index, value));

  parts.forEach((part, index) => {
    const header = headerSize + programSize * index;
    const { length } = part.content;
    u32(header, part.type ?? 1);
    if (wide) u32(header + 4, part.flags);
    else u32(header + 24, part.flags);
    const [offset, address, size] = wide ? [8, 16, 32] : [4, 8, 16];
    word(header + offset!, offsets[index]!);
    word(header + address!, part.address);
    word(header + size!, length);
    bytes.set(part.content, offsets[index]!);
  });

  bytes.set(names, namesAt);
  section(1, 1, 3, 0, 0, namesAt, names.length);
  let name = 11;
  named.forEach((part, index) => {
    section(index + 2, name, 1, 3, part.address, offsets[parts.indexOf(part)]!, part.content.length);
    name += (part.section?.length ?? 0) + 1;
  });
  return bytes;

  function section(index: number, nameAt: number, type: number, flags: number, address: number, offset: number, size: number): void {
    const header = sectionsAt + index * sectionSize;
    u32(header, nameAt);
    u32(header + 4, type);
    [flags, address, offset, size].forEach((value, field) => void word(header + 8 + field * w, value));
  }
}
