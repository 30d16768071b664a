import type { Bytes, RandomAccess } from '../../../util/bytes.ts';
import { type Executable, Fields, readAddress, readExecutable } from '../../../util/elf/index.ts';
import { PlimsollError } from '../../../util/errors.ts';

/** What the Go linker left in a program. */
export interface RawBuildInfo {
  /** `go1.22.3`, `devel go1.23-...`, with experiments behind it: `go1.22.3 X:boringcrypto`. */
  readonly goVersion: string;
  /** Lines of `go version -m`; empty where the program was built without modules. */
  readonly modules: string;
}

/** Longer than any known: 377 modules are 30 kB. */
const MAX_TEXT = 16 << 20;
const MAGIC = Buffer.from('\xff Go buildinf:', 'latin1');
const ALIGN = 16;
const HEADER_LENGTH = 32;
const CHUNK = 1 << 20;
const INLINE_STRINGS = 2;
const BIG_ENDIAN = 1;

/**
 * The build information of an ELF, PE or Mach-O file: strings inline (Go 1.18 and later) or behind pointers (1.12 to 1.17).
 * Undefined where the file is no Go program. Source: Go's cmd/link, data.go, `buildinfo`; package debug/buildinfo.
 * Throws file-malformed where the file's headers, or the strings after a valid magic number, are broken.
 */
export async function readBuildInfo(access: RandomAccess): Promise<RawBuildInfo | undefined> {
  const program = await readExecutable(access);
  if (!program) return undefined;
  const found = await findMagic(access, program);
  if (found === undefined) return undefined;
  const header = await readAddress(access, program, found, HEADER_LENGTH);
  if (header.length < HEADER_LENGTH) throw malformed('it is cut off');
  const texts =
    (header[15]! & INLINE_STRINGS) !== 0 ? await inlineTexts(access, program, found) : await pointedTexts(access, program, header);
  if (texts.version === '') throw malformed('it has no Go version');
  return { goVersion: texts.version, modules: unframed(texts.modules) };
}

/** Address of the 16-aligned magic number, in its own section or in the data that is loaded. */
async function findMagic(access: RandomAccess, program: Executable): Promise<number | undefined> {
  const own = program.sections.find((section) => section.name === '.go.buildinfo' || section.name === '__go_buildinfo');
  const data = own ?? program.segments.find((segment) => segment.writable && segment.size > 0 && segment.address !== 0);
  if (!data) return undefined;
  const skip = (ALIGN - (data.address % ALIGN)) % ALIGN;
  const end = Math.min(data.size, access.size - data.offset);
  for (let at = skip; at < end; at += CHUNK) {
    const bytes = await access.read(data.offset + at, Math.min(CHUNK, end - at));
    for (let i = bytes.indexOf(MAGIC); i >= 0; i = bytes.indexOf(MAGIC, i + 1)) {
      if (i % ALIGN === 0) return data.address + at + i;
    }
    if (bytes.length === 0) return undefined;
  }
  return undefined;
}

interface Texts {
  readonly version: string;
  /** With its frame of 16 bytes at each end. */
  readonly modules: Bytes;
}

async function inlineTexts(access: RandomAccess, program: Executable, start: number): Promise<Texts> {
  let at = start + HEADER_LENGTH;
  const version = await next();
  return { version: version.toString('utf8'), modules: await next() };

  async function next(): Promise<Bytes> {
    const [length, width] = uvarint(await readAddress(access, program, at, 10));
    const text = await readText(access, program, at + width, length);
    at += width + length;
    return text;
  }
}

async function pointedTexts(access: RandomAccess, program: Executable, header: Bytes): Promise<Texts> {
  const pointer = header[14]!;
  if (pointer !== 4 && pointer !== 8) throw malformed('its pointer size is wrong');
  const little = (header[15]! & BIG_ENDIAN) === 0;
  const word = (bytes: Bytes, index: number) => {
    const fields = new Fields(bytes, little, 'Go build information');
    return pointer === 8 ? fields.u64(index * 8) : fields.u32(index * 4);
  };
  const follow = async (index: number) => {
    const address = word(header.subarray(16), index);
    if (address === 0) return Buffer.alloc(0);
    const text = await readAddress(access, program, address, 2 * pointer);
    return readText(access, program, word(text, 0), word(text, 1));
  };
  return { version: (await follow(0)).toString('utf8'), modules: await follow(1) };
}

async function readText(access: RandomAccess, program: Executable, address: number, length: number): Promise<Bytes> {
  if (length > MAX_TEXT) throw new PlimsollError('file-too-large', { what: 'Go build information', limit: MAX_TEXT });
  const text = await readAddress(access, program, address, length);
  if (text.length < length) throw malformed('a text is cut off');
  return text;
}

/** Value and width of an unsigned LEB128 number. */
function uvarint(bytes: Bytes): [number, number] {
  let value = 0;
  for (let i = 0; i < Math.min(bytes.length, 6); i++) {
    value += (bytes[i]! & 0x7f) * 2 ** (7 * i);
    if (bytes[i]! < 0x80) return [value, i + 1];
  }
  throw malformed('a length is broken');
}

/** The go command frames the text with 16 bytes at each end, so that it can be found in memory too; without them it is not the go command's. */
function unframed(text: Bytes): string {
  return text.length >= 33 && text[text.length - 17] === 0x0a ? text.toString('utf8', 16, text.length - 16) : '';
}

function malformed(detail: string): PlimsollError {
  return new PlimsollError('file-malformed', { what: 'Go build information', detail });
}
