import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fields } from '../osv-record.ts';
import type { AdvisorySource } from '../types.ts';

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
export const FETCHED_FILE = 'feeds.json';

/** All files below `folder`, sorted by name. Links are not followed. */
export function listFiles(folder: string): readonly InputFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const { size, mtime } = statSync(path);
      return { name: relative(folder, path).replaceAll('\\', '/'), path, size, modifiedAt: seconds(mtime) };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Splits files by the feed that claims them. */
export function claim(files: readonly InputFile[], sources: readonly AdvisorySource[]) {
  const claimed: { readonly file: InputFile; readonly feed: string }[] = [];
  const unread: string[] = [];
  for (const file of files) {
    const source = sources.find((item) => item.claims(file.name));
    if (source !== undefined) claimed.push({ file, feed: source.id });
    else if (file.name !== FETCHED_FILE) unread.push(file.name);
  }
  return { claimed, unread };
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
