import { expect, it } from 'vitest';
import { sharedVectorsHold, toolVectorsHold, versionSchemeContract } from '../../../test/versions/contract.ts';
import { compareVersions } from '../index.ts';
import { pep440 } from './index.ts';

versionSchemeContract(pep440, ['1.dev1', '1a1', '1.0rc1', '1', '1.0+local', '1.0.post1', '1!0.5', ' 1.1 ']);

/** The file itself says that `packaging` considers these invalid. */
sharedVectorsHold(pep440, 'pypi.txt', [
  '0.1-bulbasaur ? 0.1-charmander',
  '0.1-charmander ? 0.9-doduo',
  '0.9-doduo ? 0.9-eevee',
  '0.9-eevee ? 0.9-fearow',
  '0.9-fearow ? 0.9-gyarados',
  '0.9-gyarados ? 0.9-horsea',
  '0.9-horsea ? 0.9-ivysaur',
  '0.9-ivysaur ? 1.0',
  '-class.-jw.util.version.version-pre ? 1.0',
  '-class.-jw.util.version.version-preview ? 1.0',
  '-class.-jw.util.version.version-dev ? 1.0',
]);

/** tools/versions/pep440-vectors.py */
toolVectorsHold(pep440, 'packaging 26', 'testdata/packaging-26.txt', import.meta.url);

it.each([
  ['what a double would round', '1.0.20240101000000001', '1.0.20240101000000002'],
  ['a local part that looks like a number', '1.0+12e5', '1.0+abc'],
])('does not decide %s', (_what, a, b) => {
  expect(compareVersions(pep440, a, b).kind).toBe('undecided');
});
