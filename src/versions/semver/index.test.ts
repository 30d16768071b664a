import reference from 'semver';
import { describe, expect, it } from 'vitest';
import { sharedVectorsHold, versionSchemeContract } from '../../../test/versions/contract.ts';
import { compareVersions } from '../index.ts';
import { semver } from './index.ts';

versionSchemeContract(semver, ['0', '1.2', '1.2.3-rc.1', 'v1.2.3-rc.1.2', '1.2.3', '1.2.3+b', '1.2.3beta', '1.2.4', '10.0.0']);
sharedVectorsHold(semver, 'semver.txt');

describe('node-semver is the authority for npm', () => {
  const parts = ['0', '1', '2', '10', '99'];
  const tails = [
    '',
    '-0',
    '-1',
    '-alpha',
    '-alpha.1',
    '-beta.2.x',
    '-rc-1',
    'beta',
    'rc.1',
    '-ALPHA',
    '+build',
    '-a+b',
    '-01a',
    '-x.7.z.92',
  ];
  const versions = tails.flatMap((tail, i) => parts.map((part, j) => `${parts[(i + j) % 5]}.${part}.${parts[(i * j) % 5]}${tail}`));

  it('orders as it does, read loosely', () => {
    const wrong = versions.flatMap((a) =>
      versions.filter((b) => {
        const mine = compareVersions(semver, a, b);
        return mine.kind !== 'ordered' || mine.order !== reference.compare(a, b, { loose: true });
      }),
    );
    expect(wrong).toEqual([]);
  });
});

describe('parts beyond the third', () => {
  it.each([
    ['4.0.0.1', '4.0.1', -1],
    ['4.0.0.1', '3.9.9', 1],
    ['4.0.0.1', '4.0.0.1', 0],
  ])('%s against %s', (a, b, order) => {
    expect(compareVersions(semver, a, b)).toEqual({ kind: 'ordered', order });
  });

  it('does not decide where they alone differ', () => {
    expect(compareVersions(semver, '4.0.0.1', '4.0.0.2').kind).toBe('undecided');
    expect(compareVersions(semver, '4.0.0.1', '4.0.0').kind).toBe('undecided');
  });
});

it.each(['latest', '1.x', '^1.2.3', '>=1', '1.2.3-', 'file:../a', 'workspace:*'])('%s is no version', (text) => {
  expect(semver.parse(text)).toBeUndefined();
});
