import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { PackageType } from '../model/index.ts';
import { licenseExpression } from './index.ts';
import { EXCEPTION_IDS, LICENSE_IDS } from './spdx-ids.ts';

/** Expected values: the SPDX License List, and each ecosystem's own words on what its names mean. */
const DECLARED: readonly (readonly [PackageType, string | readonly string[], string | undefined])[] = [
  ['npm', 'MIT', 'MIT'],
  ['npm', '(MIT OR Apache-2.0)', 'MIT OR Apache-2.0'],
  ['npm', '(AFL-2.1 OR BSD-3-Clause) AND ISC', '(AFL-2.1 OR BSD-3-Clause) AND ISC'],
  ['npm', ['MIT', 'GPL-2.0'], 'MIT OR GPL-2.0-only'],
  ['npm', 'MIT/X11', 'MIT'],
  ['npm', 'BSD', 'LicenseRef-BSD'],
  ['npm', 'Public Domain', 'LicenseRef-public-domain'],
  ['npm', 'SEE LICENSE IN LICENSE.md', 'LicenseRef-SEE-LICENSE-IN-LICENSE.md'],
  ['npm', 'UNLICENSED', 'LicenseRef-UNLICENSED'],
  ['deb', 'Expat', 'MIT'],
  ['deb', 'GPL-2+', 'GPL-2.0-or-later'],
  ['deb', 'GPL-2', 'GPL-2.0-only'],
  ['deb', 'LGPL-2.1+ and BSD-3-clause', 'LGPL-2.1-or-later AND BSD-3-Clause'],
  ['deb', 'GPL-1+ or Artistic, and BSD-4-clause', '(GPL-1.0-or-later OR Artistic-1.0-Perl) AND BSD-4-Clause'],
  ['deb', 'GPL-2+ and BSD-2-clause or Zlib', 'GPL-2.0-or-later AND BSD-2-Clause OR Zlib'],
  ['deb', 'GPL-3+ with Autoconf exception', 'GPL-3.0-or-later WITH Autoconf-exception-3.0'],
  ['deb', 'GPL-2 with Linux-syscall-note exception', 'GPL-2.0-only WITH Linux-syscall-note'],
  ['deb', 'GPL-2+ with odd exception', 'LicenseRef-GPL-2-with-odd-exception'],
  ['deb', 'GFDL-NIV-1.3+', 'GFDL-1.3-no-invariants-or-later'],
  ['deb', ['GPL-2+', 'public-domain', 'GPL-2+', 'none'], 'GPL-2.0-or-later AND LicenseRef-public-domain'],
  ['deb', ['LGPL-3+ or GPL-2+', 'MIT'], '(LGPL-3.0-or-later OR GPL-2.0-or-later) AND MIT'],
  ['apk', 'GPL-2.0-only AND (MIT OR ISC)', 'GPL-2.0-only AND (MIT OR ISC)'],
  ['apk', 'MIT BSD-3-Clause GPL2+', 'MIT AND BSD-3-Clause AND GPL-2.0-or-later'],
  ['apk', 'custom', 'LicenseRef-custom'],
  ['rpm', 'GPLv2+ and (MIT or ASL 2.0)', 'GPL-2.0-or-later AND (MIT OR Apache-2.0)'],
  ['rpm', 'LGPLv2', 'LicenseRef-Callaway-LGPLv2'],
  ['rpm', 'GPL+ or Artistic', 'GPL-1.0-or-later OR Artistic-1.0-Perl'],
  ['rpm', 'BSD and Public Domain', 'LicenseRef-Callaway-BSD AND LicenseRef-Callaway-Public-Domain'],
  ['rpm', 'LGPL-2.1-or-later WITH GCC-exception-3.1', 'LGPL-2.1-or-later WITH GCC-exception-3.1'],
  ['pypi', ['GPLv3+', 'GNU General Public License v3 or later (GPLv3+)'], 'GPL-3.0-or-later'],
  ['pypi', ['BSD', 'BSD License'], 'LicenseRef-BSD'],
  ['pypi', ['BSD-3-Clause', 'BSD License'], 'BSD-3-Clause'],
  ['pypi', ['Apache 2.0', 'Apache Software License'], 'Apache-2.0'],
  ['pypi', ['MPL-2.0', 'Mozilla Public License 2.0 (MPL 2.0)'], 'MPL-2.0'],
  ['pypi', ['PSF', 'Python Software Foundation License'], 'PSF-2.0'],
  ['pypi', ['LGPL', 'GNU Library or Lesser General Public License (LGPL)'], 'LGPL-2.0-or-later'],
  ['pypi', ['MIT License', 'OSI Approved'], 'MIT'],
  ['pypi', 'http://www.apache.org/licenses/LICENSE-2.0', 'Apache-2.0'],
  ['maven', 'The Apache Software License, Version 2.0', 'Apache-2.0'],
  ['maven', 'https://www.eclipse.org/legal/epl-v10.html', 'EPL-1.0'],
  ['maven', 'Eclipse Public License - v 2.0', 'EPL-2.0'],
  ['maven', 'GNU Lesser General Public License, version 2.1', 'LGPL-2.1-only'],
  ['maven', 'https://creativecommons.org/publicdomain/zero/1.0/', 'CC0-1.0'],
  ['maven', 'CDDL/GPLv2+CE', 'CDDL-1.1 OR GPL-2.0-only WITH Classpath-exception-2.0'],
  ['cargo', 'MIT/Apache-2.0', 'MIT OR Apache-2.0'],
  ['cargo', 'Apache-2.0 WITH LLVM-exception', 'Apache-2.0 WITH LLVM-exception'],
  ['composer', ['LGPL-2.1-only', 'GPL-3.0-or-later'], 'LGPL-2.1-only OR GPL-3.0-or-later'],
  ['gem', ['MIT', 'Ruby'], 'MIT AND Ruby'],
  ['cran', 'GPL (>= 2)', 'GPL-2.0-or-later'],
  ['cran', 'MIT + file LICENSE', 'MIT'],
  ['cran', 'GPL-2 | GPL-3', 'GPL-2.0-only OR GPL-3.0-only'],
  ['alpm', 'custom:BZIP', 'LicenseRef-custom-BZIP'],
  ['npm', 'LicenseRef-acme-1.0', 'LicenseRef-acme-1.0'],
  ['npm', [], undefined],
  ['pypi', ['UNKNOWN', ''], undefined],
];

describe('licenseExpression', () => {
  it.each(DECLARED)('%s: %j is %s', (type, declared, expected) => {
    expect(licenseExpression(type, typeof declared === 'string' ? [declared] : declared)).toBe(expected);
  });

  it.each([
    '(',
    ')',
    'MIT AND',
    'OR',
    '((MIT)',
    'MIT WITH',
    ',',
    'MIT (see LICENSE)',
    '\u0000',
    '許可',
    '('.repeat(5000),
    `${'MIT AND '.repeat(5000)}MIT`,
    `${'(MIT OR '.repeat(50)}ISC${')'.repeat(50)}`,
    'and '.repeat(3000),
    `gpl${' '.repeat(3000)}x`,
    'Permission is hereby granted,\nfree of charge, to any person',
  ])('makes a valid expression of %j', (text) => {
    for (const type of ['npm', 'deb', 'rpm', 'apk', 'cran'] as const) expect(invalid(licenseExpression(type, [text]) ?? '')).toEqual([]);
  });

  it('keeps what it does not know, whatever stands beside it', () => {
    expect(licenseExpression('deb', ['MIT', 'A licence of my own'])).toBe('MIT AND LicenseRef-A-licence-of-my-own');
  });
});

/** What a real distribution declares: the lines `L:` of its package database. */
const alpine = fileURLToPath(new URL('../../../shared/data/rootfs/', import.meta.url));
describe.each([
  ['alpine-3.10.3-x86_64.tar.gz', ['LicenseRef-BSD']],
  ['alpine-3.20.3-x86_64.tar.gz', []],
])('%s', (file, unknown) => {
  it.skipIf(!existsSync(alpine + file))('declares licences that SPDX knows (needs ../shared/data)', () => {
    const text = gunzipSync(readFileSync(alpine + file)).toString('latin1');
    const declared = [...text.matchAll(/^L:([ -~]+)$/gm)].map((match) => match[1] ?? '');
    const expressions = declared.map((one) => licenseExpression('apk', [one]) ?? 'none');
    expect(declared.length).toBeGreaterThan(10);
    expect(expressions.flatMap(invalid)).toEqual([]);
    expect([...new Set(expressions.join(' ').match(/LicenseRef-\S+/g) ?? [])]).toEqual(unknown);
  });
});

/** The parts of an expression that the grammar or the list does not allow. */
function invalid(expression: string): readonly string[] {
  let depth = 0;
  const parts = expression.match(/[()]|[^\s()]+/g) ?? [];
  for (const part of parts) depth = depth < 0 ? depth : depth + (part === '(' ? 1 : part === ')' ? -1 : 0);
  const odd = parts.filter((part, i) => {
    if (/^([()]|AND|OR|WITH)$/.test(part) || /^LicenseRef-[A-Za-z0-9.-]+$/.test(part)) return false;
    const ids = parts[i - 1] === 'WITH' ? EXCEPTION_IDS : LICENSE_IDS;
    return ids.get(part.toLowerCase()) !== part;
  });
  return depth === 0 ? odd : [...odd, 'parentheses'];
}
