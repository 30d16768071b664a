import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fields } from '../../util/fields.ts';

/** Names that begin with a dot are the mirror's own and no feed's. */
const STATE_FILE = '.mirror.json';
const VERSION = 1;

/** What is known of one mirrored file. */
export interface FileState {
  /** Where it came from; absent for files that an upstream wrote itself. */
  readonly url?: string;
  readonly etag?: string;
  readonly lastModified?: string;
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

/** What a mirror remembers between two updates. */
export interface MirrorState {
  readonly files: Map<string, FileState>;
  readonly cursors: Map<string, string>;
  /** When the last update ended well, RFC 3339. */
  updatedAt?: string;
}

/**
 * The state of the mirror in `folder`. Files are believed only where they are there in the size that was noted. One that is not
 * was replaced after the state was written, by a process that was killed; or it was damaged or lost, and then cursors are
 * forgotten too: they say "everything up to here", which is no longer so.
 */
export function readState(folder: string): MirrorState {
  const stated = parseState(folder);
  const found = filesIn(folder);
  const files = new Map([...stated.files].filter(([name, { size }]) => found.get(name)?.size === size));
  const written = statSync(join(folder, STATE_FILE), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const lost = [...stated.files.keys()].some((name) => !files.has(name) && (found.get(name)?.modifiedMs ?? 0) <= written);
  return { files, cursors: lost ? new Map() : stated.cursors, ...(stated.updatedAt === undefined ? {} : { updatedAt: stated.updatedAt }) };
}

/** Replaces the state by rename: a process that is killed leaves the old one or the new one. */
export function writeState(folder: string, { files, cursors, updatedAt }: MirrorState): void {
  mkdirSync(folder, { recursive: true });
  const text = JSON.stringify({ version: VERSION, updatedAt, cursors: Object.fromEntries(cursors), files: Object.fromEntries(files) });
  const temporary = join(folder, `${STATE_FILE}.new`);
  writeFileSync(temporary, `${text}\n`, { flush: true });
  renameSync(temporary, join(folder, STATE_FILE));
}

export interface FoundFile {
  /** Bytes. */
  readonly size: number;
  readonly modifiedMs: number;
}

/** Mirrored files below `folder`, by name; none where there is no folder. */
export function filesIn(folder: string): ReadonlyMap<string, FoundFile> {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    return new Map(
      entries
        .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
        .map((entry) => {
          const path = join(entry.parentPath, entry.name);
          const { size, mtimeMs } = statSync(path);
          return [relative(folder, path).replaceAll('\\', '/'), { size, modifiedMs: mtimeMs }];
        }),
    );
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
    throw cause;
  }
}

/** A state that cannot be read is none: everything is asked for again. */
function parseState(folder: string): MirrorState {
  const files = new Map<string, FileState>();
  const cursors = new Map<string, string>();
  try {
    const value = fields(JSON.parse(readFileSync(join(folder, STATE_FILE), 'utf8')));
    if (value.version !== VERSION) return { files, cursors };
    for (const [name, file] of Object.entries(fields(value.files))) if (isFileState(file)) files.set(name, file);
    for (const [key, cursor] of Object.entries(fields(value.cursors))) if (typeof cursor === 'string') cursors.set(key, cursor);
    return { files, cursors, ...(typeof value.updatedAt === 'string' ? { updatedAt: value.updatedAt } : {}) };
  } catch {
    return { files, cursors };
  }
}

function isFileState(value: unknown): value is FileState {
  const { url, etag, lastModified, sha256, size } = fields(value);
  const isText = (item: unknown) => item === undefined || typeof item === 'string';
  return typeof sha256 === 'string' && typeof size === 'number' && [url, etag, lastModified].every(isText);
}
