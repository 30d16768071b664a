import type { Bytes, RandomAccess } from '../bytes.ts';
import { PlimsollError } from '../errors.ts';

/** A run of a file that is mapped at an address. */
export interface Mapping {
  /** Section name; empty for segments. */
  readonly name: string;
  readonly address: number;
  readonly offset: number;
  /** Bytes in the file: uninitialised memory has none. */
  readonly size: number;
  /** Writable and not executable: data. */
  readonly writable: boolean;
}

/** What a program file states of itself; addresses above 2^53 are rounded and lead nowhere. */
export interface Executable {
  readonly format: 'elf' | 'pe' | 'mach-o';
  readonly littleEndian: boolean;
  /** Sections with content, in file order of the header table. Empty where they are stripped or unreadable. */
  readonly sections: readonly Mapping[];
  /** What is loaded: ELF PT_LOAD, Mach-O segments, PE sections. */
  readonly segments: readonly Mapping[];
}

/** Up to `length` bytes of memory at an address, as far as the file has them; empty where nothing is mapped. */
export async function readAddress(access: RandomAccess, program: Executable, address: number, length: number): Promise<Bytes> {
  for (const { address: start, offset, size } of program.segments) {
    if (address < start || address >= start + size) continue;
    return access.read(offset + (address - start), Math.min(length, start + size - address));
  }
  return Buffer.alloc(0);
}

/** Reads fixed-width numbers of either byte order; throws file-malformed beyond the end. */
export class Fields {
  readonly #bytes: Bytes;
  readonly #little: boolean;
  readonly #what: string;

  constructor(bytes: Bytes, littleEndian: boolean, what: string) {
    this.#bytes = bytes;
    this.#little = littleEndian;
    this.#what = what;
  }

  u16(at: number): number {
    this.#need(at, 2);
    return this.#little ? this.#bytes.readUInt16LE(at) : this.#bytes.readUInt16BE(at);
  }

  u32(at: number): number {
    this.#need(at, 4);
    return this.#little ? this.#bytes.readUInt32LE(at) : this.#bytes.readUInt32BE(at);
  }

  u64(at: number): number {
    this.#need(at, 8);
    return Number(this.#little ? this.#bytes.readBigUInt64LE(at) : this.#bytes.readBigUInt64BE(at));
  }

  /** Text up to the first NUL, at most `length` bytes. */
  text(at: number, length: number): string {
    const part = this.#bytes.subarray(at, at + length);
    const end = part.indexOf(0);
    return part.toString('latin1', 0, end < 0 ? part.length : end);
  }

  #need(at: number, width: number): void {
    if (at < 0 || at + width > this.#bytes.length)
      throw new PlimsollError('file-malformed', { what: this.#what, detail: 'a header is cut off' });
  }
}
