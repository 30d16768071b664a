import { expect, it } from 'vitest';
import { sharedVectorsHold, versionSchemeContract } from '../../../test/versions/contract.ts';
import { compareVersions } from '../index.ts';
import { pub } from './index.ts';

versionSchemeContract(pub, ['0.1.0', '1.0.0-a', '1.0.0-a+1', '1.0.0', '1.0.0+1', '1.0.0+a', '1.0.0+a.1', 'v1.2.3', '2.0.0--1']);
sharedVectorsHold(pub, 'pub.txt');

/** Dart's tool does not install here; these follow from `_splitParts` and `_compareLists` of pub_semver's `version.dart`. */
it.each([
  ['1.0.0+2', '1.0.0+10', -1],
  ['1.0.0+02', '1.0.0+2', 0],
  ['1.0.0-01', '1.0.0-1', 0],
  ['1.0.0+1', '1.0.0+1.0', -1],
  ['1.0.0-a+2', '1.0.0-a.0', -1],
  ['1.0.0-9', '1.0.0-0x0a', -1],
  ['1.0.0--1', '1.0.0-0', -1],
  ['1.0.0-9', '1.0.0-9223372036854775808', -1],
  ['1.0.0-a', '1.0.0-9223372036854775808', 1],
])('%s against %s', (a, b, order) => {
  expect(compareVersions(pub, a, b)).toEqual({ kind: 'ordered', order });
});
