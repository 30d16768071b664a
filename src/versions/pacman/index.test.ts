import { describe, expect, it } from 'vitest';
import { toolVectorsHold, versionSchemeContract } from '../../../test/versions/contract.ts';
import { compareVersions } from '../index.ts';
import { pacman } from './index.ts';

versionSchemeContract(pacman, [
  '0',
  '1',
  '1rc1',
  '1.rc1',
  '1.',
  '1.0',
  '1.0a',
  '1.0.a',
  '1.0.1',
  '1.0+1',
  '1.10',
  '1.01',
  '1-1',
  '1-2',
  '1-1.1',
  '1:0',
  '2:1-1',
  'r123.gabcdef',
  'a',
  '2024.01.01-1',
]);
toolVectorsHold(pacman, 'vercmp of pacman 6.0.2', 'testdata/vectors.txt', import.meta.url);

describe('versions to pacman', () => {
  it.each(['', ' ', '1 2', '\t1', '1\n', '1\0', '1'.repeat(5000)])('refuses %j', (text) => {
    expect(pacman.parse(text)).toBeUndefined();
    expect(compareVersions(pacman, text, '1').kind).toBe('undecided');
  });

  // The order that vercmp(8) documents, and its rule on releases.
  it.each([
    ['1.0a', '1.0b'],
    ['1.0b', '1.0beta'],
    ['1.0beta', '1.0p'],
    ['1.0p', '1.0pre'],
    ['1.0pre', '1.0rc'],
    ['1.0rc', '1.0'],
    ['1.0', '1.0.a'],
    ['1.0.a', '1.0.1'],
    ['1', '1.0'],
    ['1.1.1', '1.2'],
    ['3.0.0', '1:1'],
    ['1.0-1', '1.0-2'],
  ])('%s is below %s', (a, b) => {
    expect(compareVersions(pacman, a, b)).toEqual({ kind: 'ordered', order: -1 });
  });

  it('compares releases only where both have one', () => {
    expect(compareVersions(pacman, '1.5-1', '1.5')).toEqual({ kind: 'ordered', order: 0 });
    expect(compareVersions(pacman, '1.5', '1.5-99')).toEqual({ kind: 'ordered', order: 0 });
  });
});
