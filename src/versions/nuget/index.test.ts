import { expect, it } from 'vitest';
import { sharedVectorsHold, versionSchemeContract } from '../../../test/versions/contract.ts';
import { compareVersions } from '../index.ts';
import { nuget } from './index.ts';

versionSchemeContract(nuget, [
  '1',
  '1.0',
  '1.0.0-alpha',
  '1.0.0-ALPHA.1',
  '1.0.0',
  '1.0.0.1',
  '1.0.01',
  '1.0.0+meta',
  '4.3.0-preview1-24530-04',
]);
sharedVectorsHold(nuget, 'nuget.txt');

/**
 * NuGet's library does not install here; these follow from `VersionComparer.CompareRelease` (NuGet.Versioning), which reads labels with
 * `int.TryParse` and compares the others as `StringComparer.OrdinalIgnoreCase` does.
 */
it.each([
  ['1.2.3-1.9', '1.2.3-1.50', -1],
  ['1.2.3-1.50A', '1.2.3-1.9A', -1],
  ['1.2.3-A.999999', '1.2.3-A.56-2', -1],
  ['1.2.3-a.2.3.4', '1.2.3-a.2.3.4.5', -1],
  ['1.2.3-A-b2-C', '1.2.3-a-B2-c', 0],
  ['1.0.0-2147483647', '1.0.0-2147483648', -1],
  ['1.0.0-20240101120000', '1.0.0-3000000000', -1],
  ['1.0.0--1', '1.0.0-0', -1],
  ['1.0.0-preview.10', '1.0.0-preview.9', 1],
])('%s against %s', (a, b, order) => {
  expect(compareVersions(nuget, a, b)).toEqual({ kind: 'ordered', order });
});

it.each(['', '1.2.3.4.5', '1.2.3-', '1.2.3-a..b', '1.2.3-02', '1.2.3+', '1.2.3+a+b', '-1.2.3', '1.-2', 'v1.2.3', '[1.0,2.0)', '1.*'])(
  '"%s" is no version',
  (text) => {
    expect(nuget.parse(text)).toBeUndefined();
  },
);
