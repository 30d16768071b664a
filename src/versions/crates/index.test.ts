import { expect, it } from 'vitest';
import { toolVectorsHold, versionSchemeContract } from '../../../test/versions/contract.ts';
import { crates } from './index.ts';

versionSchemeContract(crates, ['0.1.0', '1.0.0-0', '1.0.0-a.1', '1.0.0-a.b', '1.0.0', '1.0.0+b', '1.2', '2']);

/** tools/versions/crates-oracle */
toolVectorsHold(crates, 'the semver crate 1.0.28', 'testdata/semver-1.0.28.txt', import.meta.url);

it.each(['v1.0.0', '01.0.0', '1.0.0-01', '1.0.0-', '1.0.0.0', '1.0.0beta', '^1', ' 1.0.0'])('"%s" is no version', (text) => {
  expect(crates.parse(text)).toBeUndefined();
});
