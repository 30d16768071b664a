import type { CacheEntry, CacheKey, Facts, LayerCache } from './types.ts';

/**
 * Entries of one run, for images that share layers. Nothing goes before the end: where images come one after the other, what was
 * used last is no better a guess than what was there first. Entries beyond `limit` bytes are not kept.
 */
export class MemoryCache implements LayerCache {
  readonly #entries = new Map<string, CacheEntry>();
  #left: number;

  constructor(limit: number) {
    this.#left = limit;
  }

  read(key: CacheKey, _blocks: readonly string[], confirm: (facts: Facts) => boolean): CacheEntry | undefined {
    const entry = this.#entries.get(nameOf(key));
    return entry && confirm(entry.facts) ? entry : undefined;
  }

  async write(key: CacheKey, entry: CacheEntry): Promise<void> {
    const size = Object.values(entry.blocks).reduce((sum, block) => sum + block.byteLength, 0);
    const name = nameOf(key);
    if (size > this.#left || this.#entries.has(name)) return;
    this.#left -= size;
    this.#entries.set(name, entry);
  }

  finish(): void {
    this.#entries.clear();
  }
}

function nameOf({ digest, family, version, mode }: CacheKey): string {
  return [digest, family, version, mode].join(' ');
}
