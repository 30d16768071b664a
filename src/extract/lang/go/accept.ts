import type { Bytes } from '../../../util/bytes.ts';
import { ELF_MAGIC, type ElfHeader, elfHeader, machKind, PT_INTERP, PT_NOTE, programHeaders } from '../../../util/elf/index.ts';
import type { FileInfo } from '../../types.ts';

/**
 * The smallest program that the gc toolchain links is far larger, because of the runtime: an empty main for 386, stripped, is
 * 1.1 MB with Go 1.26.
 */
export const SMALLEST = 512 << 10;

/**
 * Whether the first 4 KiB may be those of a Go program. Nothing in them tells an externally linked program with an empty build
 * id from any other program, so everything passes but what cannot be one: small files, scripts, object files, core dumps, and
 * shared libraries (by name and by their lack of an interpreter) without Go's own note. A Go shared library that was built with
 * an empty build id is therefore not looked into.
 */
export function mayBeGo(head: Bytes, file: FileInfo): boolean {
  if (file.size < SMALLEST || head.length < 64) return false;
  if (head.readUInt32BE(0) !== ELF_MAGIC) return (head[0] === 0x4d && head[1] === 0x5a) || machKind(head) !== undefined;
  let header: ElfHeader;
  try {
    header = elfHeader(head);
  } catch {
    return false;
  }
  if (header.type !== ET_EXEC && header.type !== ET_DYN) return false;
  return header.type === ET_EXEC || !isLibraryName(file.path) || mayHaveGoNote(head, header);
}

const ET_EXEC = 2;
const ET_DYN = 3;

function isLibraryName(path: string): boolean {
  return /\.so(\.[^/]*)?$/.test(path);
}

/** True where the note is there, where there is an interpreter (a program after all), and where the head does not reach far enough to tell. */
function mayHaveGoNote(head: Bytes, header: ElfHeader): boolean {
  const { offset, entrySize, count } = header.programs;
  if (offset + entrySize * count > head.length) return true;
  const programs = programHeaders(head.subarray(offset), header);
  if (programs.some((program) => program.type === PT_INTERP)) return true;
  return programs.some(
    (note) =>
      note.type === PT_NOTE &&
      (note.offset + note.fileSize > head.length ||
        head.subarray(note.offset, note.offset + note.fileSize).includes('Go\0\0', 0, 'latin1')),
  );
}
