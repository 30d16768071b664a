import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compareVersions } from '../../src/versions/index.ts';
import type { VersionScheme } from '../../src/versions/types.ts';
import { readVectors, sharedVectors, showVector } from './vectors.ts';

/** Texts that no scheme may choke on; whether it calls them versions is its own business. */
const GARBAGE: readonly string[] = [
  '',
  ' ',
  '\0',
  '\n1.0\n',
  '-',
  '--',
  '~',
  ':',
  '.',
  '...',
  '_',
  '+',
  '1:',
  ':1',
  '1-',
  '1.-1',
  'é',
  '１.２',
  '1.0 beta',
  '\u202e1.0',
  '$(id)',
  '9'.repeat(400),
  `1.${'0.'.repeat(2000)}1`,
  'a'.repeat(100_000),
  '1'.repeat(100_000),
  '-'.repeat(10_000),
];

/**
 * What every version scheme holds: nothing throws, order is reflexive, antisymmetric and transitive over `samples` and
 * garbage, and comparing changes nothing. `samples` are versions of the scheme, at least three different ones.
 */
export function versionSchemeContract(scheme: VersionScheme, samples: readonly string[]): void {
  const texts = [...new Set([...samples, ...GARBAGE])];

  describe(`${scheme.id}: contract of a version scheme`, () => {
    it('calls its samples versions', () => {
      expect(samples.filter((text) => scheme.parse(text) === undefined)).toEqual([]);
    });

    it('finds every version equal to itself', () => {
      const parsed = texts.map((text) => scheme.parse(text)).filter((version) => version !== undefined);
      expect(parsed.filter((version) => scheme.compare(version, version) !== 0)).toEqual([]);
    });

    it('answers the other way round when asked the other way round', () => {
      const wrong = texts.flatMap((a) => texts.filter((b) => order(scheme, a, b) !== negate(order(scheme, b, a))).map((b) => [a, b]));
      expect(wrong).toEqual([]);
    });

    it('is transitive', () => {
      const some = samples.slice(0, 60);
      const wrong: string[][] = [];
      for (const a of some)
        for (const b of some)
          for (const c of some)
            if (order(scheme, a, b) === -1 && order(scheme, b, c) === -1 && order(scheme, a, c) !== -1) wrong.push([a, b, c]);
      expect(wrong).toEqual([]);
    });
  });
}

/** Every line of a file of ../shared/data/versions holds, but for the lines (`a ? b`) that are stated to be undecided. */
export function sharedVectorsHold(scheme: VersionScheme, file: string, undecidedLines: readonly string[] = []): void {
  const path = sharedVectors(file);
  it.skipIf(path === undefined)(`orders every line of ${file} (needs ../shared/data/versions)`, () => {
    const wrong: string[] = [];
    const undecided: string[] = [];
    for (const vector of readVectors(path as string)) {
      const result = compareVersions(scheme, vector.a, vector.b);
      if (result.kind === 'undecided') undecided.push(`${vector.a} ? ${vector.b}`);
      else if (result.order !== vector.order) wrong.push(showVector(vector));
    }
    expect(wrong).toEqual([]);
    expect(undecided).toEqual(undecidedLines);
  });
}

/** Every line of a file of generated vectors holds; `tool` gave the answers. `file` is relative to the test that `base` (import.meta.url) names. */
export function toolVectorsHold(scheme: VersionScheme, tool: string, file: string, base: string): void {
  it(`answers as ${tool} does`, () => {
    const wrong = readVectors(fileURLToPath(new URL(file, base))).filter((vector) => order(scheme, vector.a, vector.b) !== vector.order);
    expect(wrong.map(showVector)).toEqual([]);
  });
}

function order(scheme: VersionScheme, a: string, b: string): -1 | 0 | 1 | undefined {
  const result = compareVersions(scheme, a, b);
  return result.kind === 'ordered' ? result.order : undefined;
}

function negate(value: number | undefined): number | undefined {
  return value === undefined ? undefined : 0 - value;
}
