import { expect, it } from 'vitest';
import { licenseClass } from './class.ts';

it.each([
  ['MIT', 'permissive'],
  ['Apache-2.0 AND BSD-3-Clause', 'permissive'],
  ['GPL-2.0-or-later', 'copyleft'],
  ['GPL-2.0-only AND MIT', 'copyleft'],
  ['MIT OR GPL-3.0-only', 'permissive'],
  ['(MIT OR GPL-3.0-only) AND LGPL-2.1-or-later', 'weak-copyleft'],
  ['GPL-2.0-only WITH Classpath-exception-2.0', 'weak-copyleft'],
  ['GPL-3.0-or-later WITH GCC-exception-3.1', 'weak-copyleft'],
  ['AGPL-3.0-only', 'network-copyleft'],
  ['MPL-2.0', 'weak-copyleft'],
  ['CC0-1.0', 'public-domain'],
  ['BUSL-1.1', 'proprietary'],
  ['LicenseRef-Something-else', 'other'],
  ['MIT AND LicenseRef-Something-else', 'other'],
  ['((', 'other'],
  [undefined, 'unknown'],
  ['', 'unknown'],
] as const)('%s is %s', (expression, expected) => {
  expect(licenseClass(expression)).toBe(expected);
});
