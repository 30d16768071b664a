import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { sharedVectorsHold, versionSchemeContract } from '../../../test/versions/contract.ts';
import { readVectors, showVector } from '../../../test/versions/vectors.ts';
import { compareVersions } from '../index.ts';
import { acceptedByApk2, compareApk2 } from './apk2.ts';
import { acceptedByApk3, compareApk3 } from './apk3.ts';
import { apk } from './index.ts';

const GENERATED = fileURLToPath(new URL('testdata/apk-tools-2.txt', import.meta.url));

versionSchemeContract(apk, [
  '1',
  '1.0',
  '1.0.1',
  '1.1',
  '1.1-r0',
  '1.1-r10',
  '1.1a',
  '1.1b-r1',
  '1.1_alpha',
  '1.1_alpha2',
  '1.1_beta1',
  '1.1_pre3-r1',
  '1.1_rc1',
  '1.1_cvs2',
  '1.1_git20240101',
  '1.1_p1',
  '1.1_p1-r2',
  '1.1_p2_rc1',
  '1.10',
  '1.1~0a1b2c',
  '1.1~0a1b2c-r1',
  '20191002222144',
]);

// All of these are invalid to one line of apk-tools or to both, and the two lines disagree on their order or have none. The
// file says so too, but for `0.r1` and `0.8.21.r2`, where apk-tools 2.10 and 2.14 answer `>` and 3.x calls them invalid.
sharedVectorsHold(apk, 'alpine.txt', [
  '1-r-0 ? 1-r0',
  '1-r-1 ? 1-r0',
  '0.r1 ? 0r2',
  '0.8.21.r2 ? 0.8.21r2',
  '1.2.0A ? 1.2.0d',
  '1.2.0D ? 1.2.0d',
  '1 ? 1-ruff',
  '1-r0-1 ? 1-r-2',
  '1-r0-1 ? 1-r0-2',
  '1-ruff2 ? 1-ruff1',
  '1-ruff2 ? 1--ruff1',
  '1-r0-ruff2 ? 1-r0-ruff1',
]);

describe('apk-tools 2, as it answered tools/versions/apk-vectors.ts', () => {
  const vectors = readVectors(GENERATED);

  it('is followed in its order', () => {
    expect(vectors.filter(({ a, b, order }) => compareApk2(a, b) !== order).map(showVector)).toEqual([]);
    expect(vectors.length).toBeGreaterThan(250);
  });

  it('is followed in what it accepts', () => {
    const invalid = new Set([...readFileSync(GENERATED, 'utf8').matchAll(/^# invalid: (.*)$/gm)].map((match) => match[1]));
    const texts = new Set(vectors.flatMap(({ a, b }) => [a, b]));
    expect([...texts].filter((text) => acceptedByApk2(text) === invalid.has(text))).toEqual([]);
  });

  it('is never contradicted where it accepts both: the answer is its own or undecided', () => {
    const accepted = vectors.filter(({ a, b }) => acceptedByApk2(a) && acceptedByApk2(b));
    const wrong = accepted.filter(({ a, b, order }) => {
      const result = compareVersions(apk, a, b);
      return result.kind === 'ordered' && result.order !== order;
    });
    expect(wrong.map(showVector)).toEqual([]);
    expect(accepted.length).toBeGreaterThan(100);
  });
});

describe('apk-tools 3', () => {
  // Source: the comments of the test data of apk-tools 3 and its grammar, `digit{.digit}{letter}{_suf{#}}{~hash}{-r#}`.
  it.each([
    ['1.2', true],
    ['1.2a_p1_rc2~0af-r3', true],
    ['1.2_', false],
    ['1.2_foo', false],
    ['1.2-r', false],
    ['1..2', false],
    ['.1', false],
    ['1.2a1', false],
    ['1.2-r1-r1', false],
    ['1.2~xyz', false],
    ['1.2-r1_p1', false],
    ['', false],
  ])('accepts %j: %s', (text, expected) => {
    expect(acceptedByApk3(text)).toBe(expected);
  });

  it.each([
    ['1.2~1', '1.2~2', -1],
    ['1.2', '1.2~2', -1],
    ['1.2_p1', '1.2~2', 1],
    ['1.010', '1.02', -1],
    ['1.00', '1.0', 1],
    ['10', '9', 1],
  ])('orders %s and %s', (a, b, order) => {
    expect(compareApk3(a, b)).toBe(order);
  });
});

describe('where the two lines of apk-tools disagree', () => {
  it.each([
    ['1.010', '1.02', 'leading zeros: a number to one, a text to the other'],
    ['1.00', '1.0', 'likewise'],
    ['1.2-r1x', '1.2-r1y', 'both stop reading at the same place'],
  ])('%s and %s have no order (%s)', (a, b) => {
    expect(compareVersions(apk, a, b).kind).toBe('undecided');
  });

  it.each([
    ['1.2~a', '1.2~b', -1, 'only apk-tools 3 knows commit hashes'],
    ['6.6.2p1', '6.6.2p2', -1, 'only apk-tools 2 accepts digits after a letter'],
  ])('%s and %s have the order of the line that accepts them', (a, b, order) => {
    expect(compareVersions(apk, a, b)).toEqual({ kind: 'ordered', order });
  });
});
