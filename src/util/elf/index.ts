import type { RandomAccess } from '../bytes.ts';
import { ELF_MAGIC, readElf } from './elf.ts';
import type { Executable } from './executable.ts';
import { machKind, readMachO } from './mach-o.ts';
import { readPe } from './pe.ts';

export { ELF_MAGIC, type ElfHeader, elfHeader, PT_INTERP, PT_NOTE, programHeaders } from './elf.ts';
export { type Executable, Fields, readAddress } from './executable.ts';
export { machKind } from './mach-o.ts';

/** Sections and segments of an ELF, PE or thin Mach-O file; undefined for any other file. Throws file-malformed. */
export async function readExecutable(access: RandomAccess): Promise<Executable | undefined> {
  const head = await access.read(0, 4096);
  if (head.length < 64) return undefined;
  if (head.readUInt32BE(0) === ELF_MAGIC) return readElf(access, head);
  if (head[0] === 0x4d && head[1] === 0x5a) return readPe(access, head);
  const mach = machKind(head);
  return mach && readMachO(access, head, mach);
}
