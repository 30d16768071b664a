import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import type { CacheEntry, CacheKey } from '../src/cache/index.ts';

export function cacheKey(n: number): CacheKey {
  return { digest: `sha256:${createHash('sha256').update(String(n)).digest('hex')}`, family: 'packages', version: 'aa', mode: 'whole' };
}

/** Some 60 KB that compression makes little of, and differs with `n`. */
export function sampleEntry(n: number): CacheEntry {
  const noise = Array.from({ length: 2000 }, (_, i) => createHash('sha256').update(`${n}.${i}`).digest());
  return { facts: { size: n }, blocks: { results: Buffer.from(`entry ${n}`), paths: Buffer.concat(noise) } };
}

/** All that a folder of entries holds, blocks unpacked: what a search for words in it has to go through. */
export function keptTexts(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  return files.flatMap(({ parentPath, name }) => {
    const bytes = readFileSync(join(parentPath, name));
    const head = bytes.subarray(44, 44 + bytes.readUInt32LE(8)).toString();
    if (!head.startsWith('{')) return [bytes.toString('latin1')];
    let at = 44 + Buffer.byteLength(head);
    const { blocks } = JSON.parse(head) as { readonly blocks: readonly { readonly stored: number }[] };
    return [head, ...blocks.map(({ stored }) => zstdDecompressSync(bytes.subarray(at, (at += stored))).toString('latin1'))];
  });
}
