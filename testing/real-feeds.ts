import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const FOLDER = join(import.meta.dirname, '../../shared/data/advisories');

/** True where the real feeds are beside the project. Tests that need them say so by "needs ../shared/data". */
export const haveRealFeeds = existsSync(FOLDER);

/** Every `step`th record of a real feed: `os/gentoo-glsa`. */
export function realRecords(name: string, step = 1): readonly Readonly<Record<string, unknown>>[] {
  const lines = gunzipSync(readFileSync(join(FOLDER, `${name}.jsonl.gz`)))
    .toString('utf8')
    .split('\n');
  return lines.filter((line, number) => line !== '' && number % step === 0).map((line) => JSON.parse(line) as Record<string, unknown>);
}
