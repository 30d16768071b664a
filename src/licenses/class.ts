import type { LicenseClass } from '../model/index.ts';
import { type Expression, parseExpression } from './expression.ts';

/** From what asks least to what asks most. */
const ORDER: readonly LicenseClass[] = [
  'public-domain',
  'permissive',
  'weak-copyleft',
  'copyleft',
  'network-copyleft',
  'proprietary',
  'other',
];

/**
 * Families of SPDX identifiers by what they ask of those who pass the work on; the first that matches holds. After the FSF's list of
 * licences and the SPDX list; of GPL with an exception for linking (Classpath, GCC, OpenSSL) the exception decides.
 */
const CLASSES: readonly (readonly [RegExp, LicenseClass])[] = [
  [
    /^(CC0-1\.0|Unlicense|PDDL-|SAX-PD|libselinux-1\.0|blessing|NIST-PD|LicenseRef-Public-Domain|LicenseRef-public-domain)/i,
    'public-domain',
  ],
  [/^(AGPL-|SSPL-|OSL-|CPAL-|EUPL-|RPL-)/, 'network-copyleft'],
  [/^GPL-.* WITH .*(Classpath|GCC|OpenSSL|linking|Autoconf|Bison|Libtool|Font|LLVM|Linux-syscall|u-boot|Qt)/i, 'weak-copyleft'],
  [/^(GPL-|CC-BY-SA-|Sleepycat|QPL-|GFDL-|RPSL-|LicenseRef-GPL)/, 'copyleft'],
  [/^(LGPL-|LGPLLR|MPL-|EPL-|CDDL-|CPL-|IPL-|APSL-|MS-RL|ErlPL-|SPL-|NPL-|Nokia|LicenseRef-LGPL|wxWindows|CECILL-C)/, 'weak-copyleft'],
  [/^(BUSL-|Elastic-|PolyForm-|CC-BY-(NC|ND)|JSON$|LicenseRef-.*(proprietary|commercial|unlicensed)|UNLICENSED)/i, 'proprietary'],
  [
    /^(MIT|X11|ISC|0BSD|BSD-|Apache-|Zlib|zlib-|PSF-|Python-|CNRI-|PostgreSQL|OpenSSL|curl|Artistic-|BSL-1\.0|BlueOak-|Unicode-|ICU|NCSA|HPND|FTL|IJG|Libpng|libpng-|libtiff|bzip2-|Info-ZIP|TCL|Vim|W3C|WTFPL|Ruby|PHP-|OLDAP-|AFL-|CC-BY-\d|MIT-|MS-PL|NTP|UPL-|Beerware|FSFAP|FSFUL|FSFULLR|GD|Spencer-|SMLNJ|TCP-wrappers|Xnet|ZPL-|OFL-|LicenseRef-(BSD|MIT|Apache))/,
    'permissive',
  ],
];

/**
 * What an expression asks for: of licences that all apply, the most that one does; of a choice, the least. Undefined where nothing is
 * stated. A licence that is in no family is `other`: nobody has to take our word for what a name might mean.
 */
export function licenseClass(expression: string | undefined): LicenseClass {
  if (expression === undefined || expression === '') return 'unknown';
  const parsed = parseExpression(
    expression,
    (name) => name,
    (base, exception) => (typeof base === 'string' ? `${base} WITH ${exception}` : undefined),
  );
  return classOf(parsed ?? expression);
}

function classOf(expression: Expression): LicenseClass {
  if (typeof expression === 'string') return CLASSES.find(([pattern]) => pattern.test(expression))?.[1] ?? 'other';
  const ranks = expression.of.map((part) => ORDER.indexOf(classOf(part)));
  return ORDER[expression.op === 'AND' ? Math.max(...ranks) : Math.min(...ranks)] ?? 'other';
}
