import { describe, expect, it } from 'vitest';
import { toolVectorsHold, versionSchemeContract } from '../../../test/versions/contract.ts';
import { compareVersions } from '../index.ts';
import { gentoo } from './index.ts';

versionSchemeContract(gentoo, [
  '0',
  '1',
  '1-r0',
  '1-r1',
  '1.0',
  '1.00',
  '1.01',
  '1.1',
  '1.10',
  '1b',
  '1.2b',
  '1.2.5',
  '1_alpha',
  '1_beta2',
  '1_pre',
  '1_rc1',
  '1_p',
  '1_p0',
  '1_p20240101-r3',
  '1_rc1_p2',
  '12345678901234567890.1',
]);
toolVectorsHold(gentoo, 'vercmp of Portage 3.0.83', 'testdata/vectors.txt', import.meta.url);

describe('versions to Gentoo', () => {
  it.each(['', ' ', '1.', '.1', '1..2', 'v1', '1a2', '1ab', '1_git', '1-1', '1-r', '1-r1-r2', '7.4*', '9999 ', '1'.repeat(5000)])(
    'refuses %j',
    (text) => {
      expect(gentoo.parse(text)).toBeUndefined();
      expect(compareVersions(gentoo, text, '1').kind).toBe('undecided');
    },
  );

  // The examples of the Package Manager Specification's text and of Gentoo's development guide.
  it.each([
    ['1', '1.0'],
    ['1.02', '1.1'],
    ['1.2b', '1.2.5'],
    ['1_alpha', '1_beta'],
    ['1_beta', '1_pre'],
    ['1_pre', '1_rc'],
    ['1_rc', '1'],
    ['1', '1_p'],
    ['1.0', '1.0-r1'],
    ['1.0-r9', '1.0-r10'],
  ])('%s is below %s', (a, b) => {
    expect(compareVersions(gentoo, a, b)).toEqual({ kind: 'ordered', order: -1 });
  });

  it.each([
    ['1.0', '1.0-r0'],
    ['1.0', '1.00'],
    ['01', '1'],
    ['1_p1', '1_p01'],
  ])('%s equals %s', (a, b) => {
    expect(compareVersions(gentoo, a, b)).toEqual({ kind: 'ordered', order: 0 });
  });
});
