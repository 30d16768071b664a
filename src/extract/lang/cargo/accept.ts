import type { Bytes } from '../../../util/bytes.ts';
import { ELF_MAGIC, type ElfHeader, elfHeader, machKind, programHeaders } from '../../../util/elf/index.ts';
import type { FileInfo } from '../../types.ts';

/** The smallest program with std is far larger: `println!` alone, optimised for size without unwinding and stripped, is 290 kB. */
export const SMALLEST = 128 << 10;
const ET_EXEC = 2;
const ET_DYN = 3;
const PT_TLS = 7;

/**
 * Whether the first 4 KiB may be those of a Rust program or library. Rust's std counts panics in thread-local storage, so an ELF
 * file that has none is none of its: of 1,214 files in a Debian's /usr/bin that leaves 61. Programs without std are therefore not
 * looked into; neither are files without section headers, where the list of crates would be.
 */
export function mayBeRust(head: Bytes, file: FileInfo): boolean {
  if (file.size < SMALLEST || head.length < 64) return false;
  if (head.readUInt32BE(0) !== ELF_MAGIC) return (head[0] === 0x4d && head[1] === 0x5a && isExe(file.path)) || machKind(head) !== undefined;
  let header: ElfHeader;
  try {
    header = elfHeader(head);
  } catch {
    return false;
  }
  if ((header.type !== ET_EXEC && header.type !== ET_DYN) || header.sections.count === 0) return false;
  const { offset, entrySize, count } = header.programs;
  if (offset + entrySize * count > head.length) return true;
  return programHeaders(head.subarray(offset), header).some(({ type }) => type === PT_TLS);
}

/** .NET's libraries are in the same format as Windows programs, and there are many of them. */
function isExe(path: string): boolean {
  return /\.exe$/i.test(path);
}
