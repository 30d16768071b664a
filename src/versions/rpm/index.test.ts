import { describe, expect, it } from 'vitest';
import { sharedVectorsHold, toolVectorsHold, versionSchemeContract } from '../../../test/versions/contract.ts';
import { compareVersions } from '../index.ts';
import { rpm } from './index.ts';

versionSchemeContract(rpm, [
  '0',
  '1',
  '1~',
  '1~~',
  '1~rc1',
  '1~rc1^git1',
  '1^',
  '1^git1',
  '1^git1~pre',
  '1^^2',
  '1-',
  '1-0',
  '1-1',
  '1-1.el9_4',
  '1-1~el9',
  '1-1^el9',
  '1.0',
  '1.1',
  '1.01',
  '1.10',
  '1a',
  '1.a',
  'a',
  'a1',
  '1:0',
  '2:1~rc1-1',
  '0:3.10.0-229.1.2.ael7b',
  '4.18.0-553.el8_10',
  '1.24.1-4.module+el9.4.0+22950+8c2a2da3.2',
]);
sharedVectorsHold(rpm, 'redhat.txt');
toolVectorsHold(rpm, 'rpm.vercmp of rpm 4.18', 'testdata/vectors.txt', import.meta.url);

describe('versions to rpm', () => {
  // rpm refuses these characters in Version and Release ("Illegal char"), and `rpm.vercmp('', '1')` is an error.
  it.each(['', ' ', '1 2', '\t1', '1\n', '1\0', '1'.repeat(5000)])('refuses %j', (text) => {
    expect(rpm.parse(text)).toBeUndefined();
    expect(compareVersions(rpm, text, '1').kind).toBe('undecided');
  });

  // Answers of rpm 4.18: rpm --eval "%{lua:print(rpm.vercmp('3000000000:1', '2:1'))}".
  it.each([
    ['3000000000:1', 1, '2:1'],
    ['0002:1', 0, '2:1'],
    [':1', 0, '1'],
    ['1', -1, '1-'],
    ['1-', -1, '1-0'],
    ['1.0-1', -1, '1.0-1.1'],
    ['1.0^', 1, '1.0'],
    ['1.0^', -1, '1.0.0'],
    ['1.0~', -1, '1.0'],
    ['1-2-3', 1, '1-1-9'],
  ])('%s is %i to %s', (a, order, b) => {
    expect(compareVersions(rpm, a, b)).toEqual({ kind: 'ordered', order });
  });
});
