import type { Bytes } from '../../../util/bytes.ts';

/** One package of lib/apk/db/installed. */
export interface ApkPackage {
  readonly name: string;
  readonly version: string;
  readonly arch?: string;
  /** `o:`, the aport it was built from. */
  readonly source?: string;
  readonly maintainer?: string;
  /** `L:`, as written. */
  readonly license?: string;
  /** `s:`, the tag of the repository it was pinned to. */
  readonly tag?: string;
  /** Owned paths, each ended by a line feed: one text is cheaper to keep than ten thousand. */
  readonly files: string;
}

/** Alpine has 30,000 packages in all. */
const MAX_PACKAGES = 200_000;
/** Longer values are no names, versions or licences of anything. */
const MAX_VALUE = 8192;

const LINE_FEED = 0x0a;
const COLON = 0x3a;
/** The field letters that are read; all others cost a look at one byte. */
const letter = (character: string) => character.charCodeAt(0);
const [FOLDER, FILE] = [letter('F'), letter('R')];
const WANTED = new Set([...'PVAomLs'].map(letter));

interface Stanza {
  readonly fields: Map<number, string>;
  folder: string;
  files: string;
  /** Has a line that is no field. */
  foreign: boolean;
}

/**
 * Reads the installed database: stanzas of `X:value` lines, parted by blank lines. `complain` is told of each stanza that
 * names no package or no version, and of an end in the middle of one. Source: apk-installed-db(5), apk-package(5).
 */
export function parseInstalled(
  bytes: Bytes,
  complain: (code: 'malformed' | 'truncated' | 'too-large', what: string) => void,
): ApkPackage[] {
  const packages: ApkPackage[] = [];
  let stanza = newStanza();
  for (let at = 0; at < bytes.length; ) {
    let end = at;
    while (end < bytes.length && bytes[end] !== LINE_FEED) end++;
    if (end === at) {
      stanza = close(stanza);
      if (packages.length > MAX_PACKAGES) {
        complain('too-large', 'number of packages');
        return packages;
      }
    } else readLine(bytes, at, end, stanza);
    at = end + 1;
  }
  if (stanza.fields.size > 0 && bytes[bytes.length - 1] !== LINE_FEED) complain('truncated', 'apk database');
  close(stanza);
  return packages;

  function close(done: Stanza): Stanza {
    if (done.fields.size === 0 && done.files === '' && !done.foreign) return done;
    const made = toPackage(done);
    if (made) packages.push(made);
    else complain('malformed', 'package without name or version');
    return newStanza();
  }
}

function newStanza(): Stanza {
  return { fields: new Map(), folder: '', files: '', foreign: false };
}

function readLine(bytes: Bytes, start: number, end: number, stanza: Stanza): void {
  const field = bytes[start] ?? 0;
  if (bytes[start + 1] !== COLON) stanza.foreign = true;
  else if (field === FILE) stanza.files += `${stanza.folder}${bytes.toString('utf8', start + 2, end)}\n`;
  else if (field === FOLDER) stanza.folder = end === start + 2 ? '' : `${bytes.toString('utf8', start + 2, end)}/`;
  else if (WANTED.has(field) && !stanza.fields.has(field) && end - start <= MAX_VALUE)
    stanza.fields.set(field, bytes.toString('utf8', start + 2, end).trim());
}

function toPackage({ fields, files }: Stanza): ApkPackage | undefined {
  const text = (name: string) => fields.get(letter(name)) || undefined;
  const [name, version] = [text('P'), text('V')];
  if (name === undefined || version === undefined) return undefined;
  const [arch, source, maintainer, license, tag] = [text('A'), text('o'), text('m'), text('L'), text('s')];
  return {
    name,
    version,
    ...(arch ? { arch } : {}),
    ...(source ? { source } : {}),
    ...(maintainer ? { maintainer } : {}),
    ...(license ? { license } : {}),
    ...(tag ? { tag } : {}),
    files,
  };
}
