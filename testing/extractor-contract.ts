import { describe, expect, it } from 'vitest';
import type { Extractor } from '../src/extract/types.ts';
import { gapRecorder, isWanted, mergedView, openFile } from './open-file.ts';

/** A file that the extractor wants; `packages` of it or, with `empty`, none (it states something else: file lists, os-release). */
export interface ContractSample {
  readonly path: string;
  readonly content: Uint8Array | string;
  readonly mode?: number;
  readonly empty?: boolean;
}

/**
 * What every extractor holds, whatever its format. `testUrl` is `import.meta.url` of the test that lies beside the extractor:
 * `index.test.ts` in the extractor's own folder.
 */
export function extractorContract<P>(extractor: Extractor<P>, testUrl: string, samples: readonly ContractSample[]): void {
  describe(`${extractor.id} keeps the extractor contract`, () => {
    it('has the id of its folder and a version', () => {
      expect(testUrl).toContain(`/src/extract/${extractor.id}/`);
      expect(extractor.id).toMatch(/^(os|lang|bin)\/[a-z0-9-]+$/);
      expect(extractor.class).toBe(extractor.id.startsWith('os/') ? 'os' : 'library');
      expect(Number.isInteger(extractor.version) && extractor.version > 0).toBe(true);
    });

    it('declares what it wants in the form that the dispatch table compares', () => {
      const { basenames = [], suffixes = [], paths = [], under = [], executable = false, executableNames } = extractor.wants;
      expect(basenames.length + suffixes.length + paths.length + under.length > 0 || executable || executableNames !== undefined).toBe(
        true,
      );
      expect(executableNames?.flags ?? '').toBe('');
      for (const name of basenames) expect(name).not.toContain('/');
      for (const suffix of suffixes) expect(suffix).toBe(suffix.toLowerCase());
      for (const path of [...paths, ...under.map((place) => place.dir)]) expect(path).toMatch(/^[^/].*[^/]$/);
    });

    describe.each(samples.map((sample) => [sample.path, sample] as const))('%s', (path, sample) => {
      const content = Buffer.from(typeof sample.content === 'string' ? Buffer.from(sample.content) : sample.content);
      const info = { mode: sample.mode ?? 0o644 };

      it('is wanted', () => {
        expect(isWanted(extractor.wants, openFile(path, content, info), content)).toBe(true);
      });

      it('gives a partial that survives JSON, and settle is pure and deterministic', async () => {
        const ctx = gapRecorder();
        const partial = await extractor.extract(openFile(path, content, info), ctx);
        expect(ctx.gaps).toEqual([]);
        expect(partial).toBeDefined();
        const stored = JSON.parse(JSON.stringify(partial)) as P;
        expect(stored).toEqual(partial);
        const view = mergedView([{ path, layer: 0, partial: deepFreeze(stored) }]);
        const settled = extractor.settle(view);
        expect(extractor.settle(view)).toEqual(settled);
        if (!sample.empty) expect(settled.packages.length).toBeGreaterThan(0);
        for (const found of settled.packages) {
          expect(found.name).not.toBe('');
          expect(found.purl.includes('@')).toBe(found.version !== '');
          expect(found.purl.startsWith(`pkg:${found.type}/`)).toBe(true);
          expect(found.path).toMatch(/^[^/]/);
          expect(found.layer).toBe(0);
          for (const owned of found.files ?? []) expect(owned).toMatch(/^[^/]/);
        }
      });

      it('never throws on truncated, damaged or foreign bytes, and settles what came of them', async () => {
        for (const bytes of damaged(content)) {
          const file = openFile(path, bytes, info);
          extractor.wants.accept?.(bytes.subarray(0, 4096), file);
          const partial = await extractor.extract(file, gapRecorder());
          if (partial !== undefined) extractor.settle(mergedView([{ path, layer: 0, partial: JSON.parse(JSON.stringify(partial)) as P }]));
        }
      });
    });
  });
}

/** Cut, flipped, repeated and foreign versions of a file; the same on every run. */
function* damaged(content: Buffer): Generator<Buffer> {
  yield Buffer.alloc(0);
  yield Buffer.alloc(70_000);
  yield Buffer.alloc(70_000, 0xff);
  yield Buffer.from('{"a":[[[[[[['.repeat(2000));
  yield Buffer.from('\ufeff\r\n: \0 x:\n'.repeat(2000));
  for (let i = 1; i <= 24; i++) yield content.subarray(0, Math.floor((content.length * i) / 25));
  yield Buffer.concat([content, content]);
  const next = random(1);
  for (let round = 0; round < 60; round++) {
    const copy = Buffer.from(content);
    for (let flips = 0; flips <= round % 8; flips++) if (copy.length > 0) copy[next() % copy.length] = next() & 0xff;
    yield copy;
  }
  const noise = Buffer.alloc(5000);
  for (let i = 0; i < noise.length; i++) noise[i] = next() & 0xff;
  yield noise;
}

/** A small linear congruential generator (Numerical Recipes' constants): no seed from outside, so that a failure repeats. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 8;
  };
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}
