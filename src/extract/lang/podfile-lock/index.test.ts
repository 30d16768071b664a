import { describe, expect, it } from 'vitest';
import { extractorContract } from '../../../../testing/extractor-contract.ts';
import { lockReader } from '../../../../testing/lock-files.ts';
import { podfileLock } from './index.ts';

const read = lockReader(podfileLock, 'ios/Podfile.lock');

/** Sections in the form of CocoaPods' own writer (CocoaPods/Core, lockfile.rb). */
const sample = `PODS:
  - Alamofire (5.4.3)
  - Firebase/Core (8.0.0):
    - Firebase/CoreOnly
    - FirebaseAnalytics (= 8.0.0)
  - Firebase/CoreOnly (8.0.0)
  - FirebaseAnalytics (8.0.0)
  - "GoogleUtilities/NSData+zlib (7.4.1)"
  - "NSLogger+Extras (1.9.7)":
    - "GoogleUtilities/NSData+zlib (~> 7.4)"
  - Own (0.1.0)

DEPENDENCIES:
  - Alamofire (~> 5.4)
  - Firebase/Core
  - "NSLogger+Extras (from \`https://example.com/x.git\`)"
  - Own (from \`../Own\`)

SPEC REPOS:
  trunk:
    - Alamofire

EXTERNAL SOURCES:
  "NSLogger+Extras":
    :git: https://example.com/x.git
  Own:
    :path: "../Own"

CHECKOUT OPTIONS:
  "NSLogger+Extras":
    :commit: 1234567890123456789012345678901234567890
    :git: https://example.com/x.git

SPEC CHECKSUMS:
  Alamofire: e447a2774a40c996748296fa2c55112fdbbc42f9

PODFILE CHECKSUM: 0000000000000000000000000000000000000000

COCOAPODS: 1.11.3
`;

extractorContract(podfileLock, import.meta.url, [{ path: 'ios/Podfile.lock', content: sample }]);

it('reads a Podfile.lock written after the form of CocoaPods: a pod for all its subspecs, none of a folder', async () => {
  const { packages, gaps } = await read(sample);
  expect(gaps).toEqual([]);
  expect(packages.map((one) => [one.purl, one.role])).toEqual([
    ['pkg:cocoapods/Alamofire@5.4.3', 'direct'],
    ['pkg:cocoapods/Firebase@8.0.0', 'direct'],
    ['pkg:cocoapods/FirebaseAnalytics@8.0.0', 'indirect'],
    ['pkg:cocoapods/GoogleUtilities@7.4.1', 'indirect'],
    ['pkg:cocoapods/NSLogger%2BExtras@1.9.7', 'direct'],
  ]);
});

it('reads one without pods', async () => {
  expect(await read('PODS: []\n\nDEPENDENCIES: []\n\nCOCOAPODS: 1.11.3\n')).toMatchObject({ lines: [], gaps: [] });
});

describe('malformed', () => {
  it.each(['', '{}', 'COCOAPODS: 1.11.3\n', '\0'])('%j is no Podfile.lock', async (text) => {
    expect((await read(text)).gaps).toMatchObject([{ code: 'malformed', params: { what: 'Podfile.lock' }, incomplete: true }]);
  });

  it.each([
    ['a pod without a version', 'PODS:\n  - A (1.0)\n  - B\n\nDEPENDENCIES:\n  - A\n'],
    ['an end before the dependencies', 'PODS:\n  - A (1.0)\n'],
    ['another indentation', 'PODS:\n  - A (1.0)\n   -  B (2.0)\n\nDEPENDENCIES:\n  - A\n'],
  ])('%s is told, and the others are kept', async (_, text) => {
    const { lines, gaps } = await read(text);
    expect(lines).toEqual(['A 1.0']);
    expect(gaps).toMatchObject([{ code: 'malformed', incomplete: true }]);
  });
});
