import { gnuLicense } from './gnu.ts';
import { EXCEPTION_IDS, LICENSE_IDS } from './spdx-ids.ts';

/** What a whole name means, where it is one of the names of one licence; undefined otherwise. `name` is as written. */
export function knownLicense(name: string): string | undefined {
  if (/^(DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-[A-Za-z0-9.-]+$/.test(name)) return name;
  const text = normalised(name);
  return LICENSE_IDS.get(text) ?? NAMES.get(text) ?? gnuLicense(text) ?? versioned(text) ?? byAddress(text);
}

/** SPDX's exception for what follows `with`: by its identifier, or by the words in use. */
export function knownException(base: string, words: string): string | undefined {
  const text = normalised(words)
    .replace(/\bexceptions?\b/g, '')
    .replace(/^the |[^a-z0-9.]+/g, ' ')
    .trim();
  return EXCEPTION_IDS.get(words.toLowerCase()) ?? EXCEPTIONS[text]?.(/3\.0/.test(base));
}

/** Names that could be any of several licences: what is known is the family. */
export const FAMILIES: ReadonlyMap<string, string> = new Map([
  ...['bsd', 'bsd license', 'bsd-style', 'bsd-like', 'bsd style', 'bsd licensed'].map((name) => [name, 'BSD'] as const),
  ...['apache', 'apache license', 'apache software license', 'asl'].map((name) => [name, 'Apache'] as const),
  ...['mpl', 'mozilla public license'].map((name) => [name, 'MPL'] as const),
  ...['zpl', 'zope public license'].map((name) => [name, 'ZPL'] as const),
  ...['epl', 'eclipse public license'].map((name) => [name, 'EPL'] as const),
  ...['public domain', 'public-domain', 'pd', 'publicdomain'].map((name) => [name, 'public-domain'] as const),
]);

/** Says that nothing is said. */
export const NOTHING = /^(|none|unknown|noassertion|n\/a|osi approved|dual license|other|tbd|\?)$/i;

export function normalised(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/licence/g, 'license')
    .replace(/^the /, '')
    .replace(/["']/g, '');
}

const NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'MIT': ['mit license', 'expat', 'expat license', 'mit/x11', 'mit-license', 'mit license (mit)', 'mit/expat', 'mit (expat)', 'x11/mit'],
    'BSD-3-Clause': [
      'new bsd',
      'new bsd license',
      'modified bsd',
      'modified bsd license',
      'revised bsd',
      'revised bsd license',
      'bsd3',
      'bsd-3',
    ],
    'BSD-2-Clause': ['simplified bsd', 'simplified bsd license', 'freebsd', 'freebsd license', 'bsd2', 'bsd-2'],
    'ISC': ['isc license', 'isc license (iscl)', 'iscl'],
    'PSF-2.0': ['python software foundation license', 'psf', 'psfl', 'psf license', 'python software foundation license 2.0'],
    'HPND': ['historical permission notice and disclaimer (hpnd)', 'historical permission notice and disclaimer'],
    'Zlib': ['zlib license', 'zlib/libpng', 'zlib/libpng license', 'zlib-license'],
    'Unlicense': ['unlicense (unlicense)', 'unlicense license'],
    'CC0-1.0': ['cc0', 'cc0 1.0', 'cc0 1.0 universal', 'cc0 1.0 universal (cc0 1.0) public domain dedication'],
    'BSL-1.0': ['boost', 'boost license', 'boost software license', 'boost software license 1.0', 'boost software license 1.0 (bsl-1.0)'],
    'Artistic-1.0-Perl': ['artistic', 'artistic license'],
    'Artistic-2.0': ['artistic-2', 'artistic 2.0', 'artistic license 2.0'],
    'Artistic-1.0-Perl OR GPL-1.0-or-later': ['perl', 'perl_5', 'same as perl', 'same terms as perl', 'perl 5'],
    'WTFPL': ['wtfpl license', 'do what the f*ck you want to public license'],
    'Ruby': ['ruby license'],
    'AFL-2.1': ['afl 2.1', 'aflv2.1'],
    'CDDL-1.0 OR GPL-2.0-only WITH Classpath-exception-2.0': ['cddl+gpl', 'cddl + gplv2 with classpath exception', 'cddl+gpl license'],
    'CDDL-1.1 OR GPL-2.0-only WITH Classpath-exception-2.0': ['cddl/gplv2+ce', 'cddl 1.1/gplv2+ce'],
    'GPL-2.0-only WITH Classpath-exception-2.0': [
      'gpl2 w/ cpe',
      'gplv2+ce',
      'gplv2 with classpath exception',
      'gpl-2.0-with-classpath-exception',
    ],
    'BSD-2-Clause-Views': ['bsd-2-clause-freebsd'],
    'OLDAP-2.8': ['openldap-2.8', 'openldap'],
  }).flatMap(([id, names]) => names.map((name) => [name, id] as const)),
);

const VERSIONED: readonly (readonly [RegExp, string])[] = [
  [/^(apache|asl)( software)?( public)?( license)?( \(?asl\)?)?[,: -]*(version |v\.? ?)?(\d)(\.\d)?( license)?$/, 'Apache'],
  [/^(mpl|mozilla public license)[,: -]*(version |v\.? ?)?(\d)(\.\d)?( license| \(mpl[ -]?\d\.\d\))?$/, 'MPL'],
  [/^(epl|eclipse public license)[,: -]*(version |v\.? ?)?(\d)(\.\d)?( \(epl[ -]?\d\.\d\))?$/, 'EPL'],
  [/^(cddl|common development and distribution license)( \(cddl\))?[,: -]*(version |v\.? ?)?(\d)(\.\d)?$/, 'CDDL'],
  [/^(zpl|zope public license)[,: -]*(version |v\.? ?)?(\d)(\.\d)?$/, 'ZPL'],
  [/^(bsd)[ -]([1234])[ -]clause( license)?(\d)?(\.\d)?$/, 'BSD'],
  [/^([1234])[ -]clause bsd( license)?$/, 'BSD'],
  [/^(eclipse distribution license|edl)[,: -]*(version |v\.? ?)?(1)(\.0)?$/, 'EDL'],
];

/** A name with a version number in it: `Apache License, Version 2.0`. */
function versioned(text: string): string | undefined {
  const family = VERSIONED.find(([pattern]) => pattern.test(text))?.[1];
  const number = /\d(?:\.\d)?/.exec(text)?.[0] ?? '';
  if (family === 'EDL') return 'BSD-3-Clause';
  if (family === 'BSD') return LICENSE_IDS.get(`bsd-${number}-clause`);
  return family && LICENSE_IDS.get(`${family}-${number.includes('.') ? number : `${number}.0`}`.toLowerCase());
}

/** The address of a licence's text: the last part of the path is mostly its name. */
function byAddress(text: string): string | undefined {
  const [, host = '', path = ''] = /^https?:\/\/(?:www\.)?([a-z0-9.-]+)\/?(.*?)\/?$/.exec(text) ?? [];
  if (host === '') return undefined;
  if (host === 'creativecommons.org') {
    const [, terms = '', version = ''] = /^licenses\/([a-z-]+)\/(\d\.\d)/.exec(path) ?? [];
    return path.startsWith('publicdomain/zero/1.0') ? 'CC0-1.0' : LICENSE_IDS.get(`cc-${terms}-${version}`);
  }
  const last = (path.split('/').at(-1) ?? '').replace(/\.(txt|html?|php|md)$/, '').replace(/-license$/, '');
  if (host === 'apache.org' && /^license-\d\.\d$/.test(last)) return LICENSE_IDS.get(last.replace('license', 'apache'));
  if (host === 'eclipse.org')
    return /^epl-(v10|1\.0)$/.test(last)
      ? 'EPL-1.0'
      : /^epl-(v20|2\.0)$/.test(last)
        ? 'EPL-2.0'
        : /^edl-/.test(last)
          ? 'BSD-3-Clause'
          : undefined;
  if (host === 'mozilla.org' && path.includes('mpl/2.0')) return 'MPL-2.0';
  if (host === 'unlicense.org') return 'Unlicense';
  return LICENSE_IDS.get(last) ?? NAMES.get(last) ?? gnuLicense(last);
}

/** Words in use for an exception, by whether the licence is of version 3. */
const EXCEPTIONS: Readonly<Record<string, (three: boolean) => string>> = {
  'autoconf': (three) => (three ? 'Autoconf-exception-3.0' : 'Autoconf-exception-2.0'),
  'bison': () => 'Bison-exception-2.2',
  'classpath': () => 'Classpath-exception-2.0',
  'font': () => 'Font-exception-2.0',
  'gcc': (three) => (three ? 'GCC-exception-3.1' : 'GCC-exception-2.0'),
  'gcc runtime library': (three) => (three ? 'GCC-exception-3.1' : 'GCC-exception-2.0'),
  'libtool': () => 'Libtool-exception',
  'linux syscall note': () => 'Linux-syscall-note',
  'llvm': () => 'LLVM-exception',
  'texinfo': () => 'Texinfo-exception',
};
