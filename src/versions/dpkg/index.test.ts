import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { sharedVectorsHold, versionSchemeContract } from '../../../test/versions/contract.ts';
import { readVectors, showVector } from '../../../test/versions/vectors.ts';
import { compareVersions } from '../index.ts';
import { dpkg } from './index.ts';

const GENERATED = fileURLToPath(new URL('testdata/vectors.txt', import.meta.url));

versionSchemeContract(dpkg, [
  '0',
  '1',
  '1~',
  '1~~',
  '1~rc1',
  '1~rc1-1',
  '1-1',
  '1-1+b1',
  '1-1~bpo12+1',
  '1-1.1',
  '1-1ubuntu0.1',
  '1.0',
  '1.0+dfsg-2',
  '1.10',
  '1.2',
  '1a',
  '1+a',
  '1.a',
  '1-a-2',
  '1:0',
  '2:1~rc1-1',
  '010',
  '10',
  '7.88.1-10+deb12u5',
  '2.36-9+deb12u4',
]);
sharedVectorsHold(dpkg, 'debian.txt');

describe('dpkg --compare-versions, as it answered tools/versions/dpkg-vectors.ts', () => {
  it('is followed in every line', () => {
    const vectors = readVectors(GENERATED);
    const wrong = vectors.filter(({ a, b, order }) => {
      const result = compareVersions(dpkg, a, b);
      return result.kind !== 'ordered' || result.order !== order;
    });
    expect(wrong.map(showVector)).toEqual([]);
    expect(vectors.length).toBeGreaterThan(250);
  });
});

// Exit status 2 of `dpkg --compare-versions <text> eq 1`, or a warning only; dpkg 1.21.22.
describe('versions to dpkg', () => {
  it.each(['', ' ', '1 2', '1 :2', ':1', 'a:1', '-1:1', '1:', '1-', '1--', '-', '1:-1', '1-a:b', '0x1:1', '2147483648:1'])(
    'refuses %j',
    (text) => {
      expect(dpkg.parse(text)).toBeUndefined();
      expect(compareVersions(dpkg, text, '1').kind).toBe('undecided');
    },
  );

  it.each([' 1 ', 'a', '1_2', '~', '+1:1', '1:2:3', '2147483647:1', '00000000000000000001:2'])('accepts %j', (text) => {
    expect(dpkg.parse(text)).toBeDefined();
  });

  it('has no order where a byte beyond ASCII decides, which dpkg orders by the sign of the machine’s char', () => {
    expect(compareVersions(dpkg, '1é', '1a').kind).toBe('undecided');
    expect(compareVersions(dpkg, '1é', '2').kind).toBe('ordered');
  });
});
