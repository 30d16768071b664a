import type { Bytes } from '../bytes.ts';
import { tarText } from './header.ts';
import { malformedTar, type TarPosition } from './position.ts';

/** A whole extended header beyond this is refused; Go's archive/tar draws the same line. */
export const MAX_PAX_BYTES = 1 << 20;
const MAX_RECORDS = 10_000;
const EQUALS = 0x3d;
const NEWLINE = 0x0a;
const SPACE = 0x20;

/** Records of an extended header in their order; keys may repeat (GNU.sparse.offset does). */
export type PaxRecord = readonly [key: string, value: string];

/**
 * Parses `LENGTH KEY=VALUE\n` records; LENGTH counts the whole record, itself included.
 * Source: POSIX.1-2017 pax, "pax Extended Header".
 *
 * @throws PlimsollError tar-malformed
 */
export function parsePaxRecords(content: Bytes, at: TarPosition): PaxRecord[] {
  const records: PaxRecord[] = [];
  let start = 0;
  while (start < content.length) {
    if (content[start] === 0) break; // padding inside the stated size, as some writers leave
    if (records.length >= MAX_RECORDS) throw malformedTar(at, 'the extended header has too many records');
    const record = oneRecord(content, start, at);
    records.push(record.pair);
    start = record.end;
  }
  return records;
}

function oneRecord(content: Bytes, start: number, at: TarPosition): { pair: PaxRecord; end: number } {
  const space = content.indexOf(SPACE, start);
  const length = space < 0 || space - start > 10 ? Number.NaN : decimal(content.toString('latin1', start, space));
  const end = start + length;
  if (!(end <= content.length && end > space + 1)) throw malformedTar(at, 'an extended header record has a wrong length');
  if (content[end - 1] !== NEWLINE) throw malformedTar(at, 'an extended header record does not end in a line feed');
  const equals = content.indexOf(EQUALS, space + 1);
  if (equals < 0 || equals >= end || equals === space + 1) throw malformedTar(at, 'an extended header record has no key');
  return { pair: [content.toString('utf8', space + 1, equals), tarText(content, equals + 1, end - 1)], end };
}

/** A decimal number without sign; NaN for anything else. */
export function decimal(text: string): number {
  return /^[0-9]{1,16}$/.test(text) ? Number(text) : Number.NaN;
}

/** What of a PAX header changes how an entry is read. Absent: the header block's own field counts. */
export interface PaxFields {
  readonly path?: string;
  readonly linkPath?: string;
  readonly size?: number;
  readonly uid?: number;
  readonly gid?: number;
  /** The file carries capabilities of its own (`setcap`), which are in the kernel's binary form and not read here. */
  readonly capabilities?: true;
  /** Records whose key starts with `GNU.sparse.`, prefix dropped. */
  readonly sparse?: readonly PaxRecord[];
}

/**
 * The fields that matter, the last record of a key winning. An empty value means "as in the header block".
 *
 * @throws PlimsollError tar-malformed where a number is none or a path holds a NUL.
 */
export function paxFields(records: readonly PaxRecord[], at: TarPosition): PaxFields {
  const fields: { -readonly [K in keyof PaxFields]: PaxFields[K] } = {};
  const sparse: PaxRecord[] = [];
  for (const [key, value] of records) {
    if (key.startsWith('GNU.sparse.')) sparse.push([key.slice('GNU.sparse.'.length), value]);
    if (value === '') continue;
    if (key === 'path') fields.path = text(key, value, at);
    else if (key === 'linkpath') fields.linkPath = text(key, value, at);
    else if (key === 'SCHILY.xattr.security.capability') fields.capabilities = true;
    else if (key === 'size' || key === 'uid' || key === 'gid') fields[key] = number(key, value, at);
  }
  if (sparse.length > 0) fields.sparse = sparse;
  return fields;
}

function text(key: string, value: string, at: TarPosition): string {
  if (value.includes('\0')) throw malformedTar(at, `the extended header's ${key} holds a NUL`);
  return value;
}

function number(key: string, value: string, at: TarPosition): number {
  const n = decimal(value);
  if (!Number.isSafeInteger(n)) throw malformedTar(at, `the extended header's ${key} is not a number`);
  return n;
}
