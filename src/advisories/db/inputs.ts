import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fields } from '../../util/fields.ts';
import type { AdvisorySource } from '../types.ts';
import { isArchive } from './archive.ts';

/** A file of the folder that a database is built from. */
export interface InputFile {
  /** Below the folder, with forward slashes. */
  readonly name: string;
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** RFC 3339. */
  readonly modifiedAt: string;
}

/** Beside the data: when each feed was fetched, `{"ghsa": "2026-11-01T00:00:00Z"}`; else the files' own dates count. */
const FETCHED_FILE = 'feeds.json';

/** All files below `folder`, sorted by name. Links are not followed; names with a dot in front, of folders too, are nobody's data. */
export function listFiles(folder: string): readonly InputFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const { size, mtime } = statSync(path);
      return { name: relative(folder, path).replaceAll('\\', '/'), path, size, modifiedAt: seconds(mtime) };
    })
    .filter(({ name }) => !name.startsWith('.') && !name.includes('/.'))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Splits files by the feed that claims them; archives are folders, and who claims what is in them is seen when they are read. */
export function claim(files: readonly InputFile[], sources: readonly AdvisorySource[], folders?: ReadonlyMap<string, string>) {
  const wanted = folders === undefined ? undefined : new Set(folders.values());
  const claimed: { readonly file: InputFile; readonly feed: string }[] = [];
  const archives: InputFile[] = [];
  const unread: string[] = [];
  for (const file of files) {
    if (wanted !== undefined && !wanted.has(topOf(file.name))) continue;
    if (isArchive(file.name)) {
      archives.push(file);
      continue;
    }
    const source = claimant(file.name, sources, folders);
    if (source !== undefined) claimed.push({ file, feed: source.id });
    else if (file.name !== FETCHED_FILE) unread.push(file.name);
  }
  return { claimed, archives, unread };
}

/** The feed that a file, or an entry of an archive, belongs to. Where a feed is read from one folder only, it has no files elsewhere. */
export function claimant(
  name: string,
  sources: readonly AdvisorySource[],
  folders: ReadonlyMap<string, string> | undefined,
): AdvisorySource | undefined {
  const source = sources.find((item) => item.claims(name));
  return source === undefined || folders === undefined || folders.get(source.id) === topOf(name) ? source : undefined;
}

function topOf(name: string): string {
  return name.slice(0, Math.max(0, name.indexOf('/')));
}

/** Fetch dates from `feeds.json`, by feed; none where there is no such file. Throws where it is not what it should be. */
export function fetchDates(folder: string, files: readonly InputFile[]): ReadonlyMap<string, string> {
  if (!files.some((file) => file.name === FETCHED_FILE)) return new Map();
  const value = fields(JSON.parse(readFileSync(join(folder, FETCHED_FILE), 'utf8')));
  return new Map(
    Object.entries(value).map(([feed, date]) => {
      if (typeof date !== 'string' || Number.isNaN(Date.parse(date))) throw new Error(`${FETCHED_FILE}: ${feed} has no date`);
      return [feed, seconds(new Date(date))];
    }),
  );
}

/** RFC 3339 in UTC to the second. */
export function seconds(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}
