/**
 * A process that writes cache entries until it is killed, for tests: `node cache-writer.ts <folder> <entries> <limit>`. Each entry says
 * in its block which one it is. A letter on standard output tells that the first one is there.
 */
import { openFolderCache } from '../src/cache/index.ts';
import { cacheKey, sampleEntry } from './cache-entries.ts';

const [folder = '', count = '1', limit = '1e9'] = process.argv.slice(2);
const samples = Array.from({ length: Number(count) }, (_, n) => sampleEntry(n));
for (let round = 0; ; round++) {
  const cache = openFolderCache({ folder, limit: Number(limit), now: new Date(1_700_000_000_000 + round * 1000) });
  for (const [n, sample] of samples.entries()) await cache?.write(cacheKey(n), sample);
  cache?.finish();
  if (round === 0) process.stdout.write('w');
}
