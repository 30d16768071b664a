import { expect, it } from 'vitest';
import { sharedVectorsHold, toolVectorsHold, versionSchemeContract } from '../../../test/versions/contract.ts';
import { compareVersions } from '../index.ts';
import { packagist } from './index.ts';

const LONG = '9'.repeat(29);

versionSchemeContract(packagist, ['0.1', '1.0-dev', '1.0.0-alpha1', '1.0.0RC2', 'v1.0.0', '1.0.0-p1', '1.x-dev', '2024-01-31', '2.0.0.1']);
sharedVectorsHold(packagist, 'packagist.txt', [
  // Composer refuses these; the lines are PHP's own order of texts.
  '4.3-2RC1 ? 4.3-2RC2',
  '4.3-2RC2 ? 4.3-2beta5',
  '4.3-2 ? 4.3-2beta1',
  // One version to Composer, two to PHP.
  '1.0.0 ? 1.0',
  // A branch is no version.
  'dev-foo ? 1.26.0',
  '1.26.0 ? dev-foo',
  // Refused by Composer, as above.
  '1.2.3.# ? 1.2.3',
  '1.2.3.# ? 1.2.3.#',
  '1.2.3.# ? 1.2.3.1',
  '1.2.3.#.1 ? 1.2.3',
  '1.2.3.#.p3 ? 1.2.3',
  '1.2.3.#.beta ? 1.2.3',
  `${LONG}1 ? ${LONG}9`,
  `${LONG}1.${LONG}1.${LONG}1 ? ${LONG}9.${LONG}1.${LONG}1`,
]);

/** tools/versions/packagist-vectors.php */
toolVectorsHold(packagist, 'composer/semver 3.3', 'testdata/composer-semver-3.3.txt', import.meta.url);

it.each(['dev-main', 'dev-1.2', 'master', 'v', '1.0-foo', '^1.2', '>=1.0', '1.2.3.4.5', '1.*'])('%s is no version', (text) => {
  expect(packagist.parse(text)).toBeUndefined();
});

it('does not decide where Composer finds versions equal and PHP does not', () => {
  expect(compareVersions(packagist, '1.0', '1.0.0').kind).toBe('undecided');
  expect(compareVersions(packagist, '1.0', '1.0.0-p1')).toEqual({ kind: 'ordered', order: -1 });
});

it('reads hostile texts in no time', () => {
  expect(packagist.parse(`1.0-a${'1'.repeat(240)}x`)).toBeUndefined();
});
