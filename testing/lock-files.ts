import { readFileSync } from 'node:fs';
import type { Extractor } from '../src/extract/types.ts';
import { gapRecorder, mergedView, openFile } from './open-file.ts';

/** Reads one lock file through an extractor: packages as found, and as sorted lines `name version [dev]`, each once. */
export function lockReader<P>(extractor: Extractor<P>, defaultPath: string) {
  return async (content: string | Uint8Array, path = defaultPath) => {
    const ctx = gapRecorder();
    const partial = await extractor.extract(openFile(path, content), ctx);
    const settled = partial === undefined ? { packages: [] } : extractor.settle(mergedView([{ path, layer: 0, partial }]));
    const lines = settled.packages.map(({ name, version, dev }) => `${name} ${version}${dev ? ' dev' : ''}`);
    return { packages: settled.packages, lines: [...new Set(lines)].sort(), gaps: [...ctx.gaps, ...(settled.gaps ?? [])] };
  };
}

/** The lines of `expected.txt` in a folder of testdata: what the package manager itself says is in its lock file. */
export function expectedList(folder: URL): string[] {
  return readFileSync(new URL('expected.txt', folder), 'utf8').trim().split('\n').sort();
}
