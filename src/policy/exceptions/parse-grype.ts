import type { FixState, PackageType } from '../../model/index.ts';
import { glob, stripped } from './parse-own.ts';
import type { ExceptionFile, ExceptionRule, LeftOut } from './types.ts';
import { mappingsOf, type Placed, readYaml, textOf, wrongValue } from './yaml.ts';

/**
 * The ignore rules of a .grype.yaml; its other settings are not ours to judge here. All that a rule says has to hold; one that says nothing
 * ignores nothing. A rule that asks for what is not known here (a match type, a namespace, a VEX status) is left out and named, for without
 * the condition it would ignore more. Of a flaw there is one finding here, whatever Grype calls it, so every rule goes by all names, with or
 * without `include-aliases`. Source: Grype, grype/match/ignore.go.
 */
export function parseGrype(file: string, text: string): ExceptionFile {
  const root = readYaml(file, text);
  if (root.text !== undefined || root.items) throw wrongValue('-', root, '{ignore: [...]}');
  const rules: ExceptionRule[] = [];
  const left: LeftOut[] = [];
  for (const { fields, line } of mappingsOf(root.fields ?? new Map(), 'ignore')) {
    const rule = ruleOf(file, line, fields);
    if ('what' in rule) left.push(rule);
    else rules.push(rule);
  }
  return { file, format: 'grype', rules, left };
}

const KEYS = new Set(['vulnerability', 'include-aliases', 'reason', 'fix-state', 'package']);
const PACKAGE_KEYS = new Set(['name', 'version', 'type', 'language', 'location', 'upstream-name']);

function ruleOf(file: string, line: number, fields: ReadonlyMap<string, Placed>): ExceptionRule | LeftOut {
  const about = fields.get('package');
  if (about && !about.fields) throw wrongValue('package', about, '{name, version, type, language, location}');
  const of: ReadonlyMap<string, Placed> = about?.fields ?? new Map();
  const foreign = [...fields.keys()].find((key) => !KEYS.has(key)) ?? [...of.keys()].find((key) => !PACKAGE_KEYS.has(key));
  if (foreign !== undefined) return { line, what: foreign };

  const text = (from: ReadonlyMap<string, Placed>, key: string) => textOf(from, key)?.text;
  const name = textOf(of, 'name');
  const upstream = text(of, 'upstream-name');
  const language = text(of, 'language')?.toLowerCase();
  const type = text(of, 'type')?.toLowerCase();
  const state = text(fields, 'fix-state')?.toLowerCase();
  const location = textOf(of, 'location');
  if (state !== undefined && !(state in STATES)) return { line, what: `fix-state: ${state}` };
  if (language !== undefined && !(language in LANGUAGES)) return { line, what: `language: ${language}` };
  if (type !== undefined && !(type in TYPES)) return { line, what: `type: ${type}` };
  if (upstream !== undefined && LIKELY_EXPRESSION.test(upstream)) return { line, what: `upstream-name: ${upstream}` };
  const id = text(fields, 'vulnerability');
  const types = [...(type === undefined ? [] : [TYPES[type]]), ...(language === undefined ? [] : [LANGUAGES[language]])] as PackageType[];
  if (types.length === 2 && types[0] !== types[1]) return { line, what: `type: ${type}, language: ${language}` };
  const expression = name !== undefined && LIKELY_EXPRESSION.test(name.text as string) ? wholeName(name) : undefined;
  const version = text(of, 'version');
  const rule = stripped({
    file,
    line,
    ids: id === undefined ? undefined : [id],
    packages: name === undefined || expression ? undefined : [name.text as string],
    packageExpressions: expression && [expression],
    exactVersions: version === undefined ? undefined : [version],
    sources: upstream === undefined ? undefined : [upstream],
    types: types.length === 0 ? undefined : types.slice(0, 1),
    paths: location && [glob('location', location).replace(/^\/+/, '')],
    fixStates: state === undefined ? undefined : STATES[state],
    kinds: ['vulnerability', 'malware'],
    reason: text(fields, 'reason'),
  });
  const conditions = [rule.ids, rule.packages, expression, version, upstream, rule.types, location, rule.fixStates];
  return conditions.every((each) => each === undefined) ? { line, what: '{}' } : rule;
}

/** What Grype takes for a regular expression; a dot alone is none. */
const LIKELY_EXPRESSION = /[\^$*+?[\](){}|\\]/;

function wholeName(name: Placed): RegExp {
  const text = name.text as string;
  try {
    if (text.length > 200) throw new RangeError();
    return new RegExp(`^(?:${text.replace(/^\^|\$$/g, '')})$`);
  } catch {
    throw wrongValue('name', name, 'regular expression, <= 200');
  }
}

/** Grype's words; `unknown` is not told from `not-fixed` here, so it is left out. */
const STATES: Readonly<Record<string, readonly FixState[]>> = {
  'fixed': ['fixed'],
  'not-fixed': ['affected', 'fix-deferred', 'under-investigation'],
  'wont-fix': ['will-not-fix', 'end-of-life'],
};

/** Source: Syft, syft/pkg/type.go and language.go. */
const TYPES: Readonly<Record<string, PackageType>> = {
  'apk': 'apk',
  'deb': 'deb',
  'rpm': 'rpm',
  'alpm': 'alpm',
  'portage': 'ebuild',
  'npm': 'npm',
  'python': 'pypi',
  'java-archive': 'maven',
  'go-module': 'golang',
  'rust-crate': 'cargo',
  'gem': 'gem',
  'php-composer': 'composer',
  'dotnet': 'nuget',
  'conda': 'conda',
  'hex': 'hex',
  'dart-pub': 'pub',
  'swift': 'swift',
  'pod': 'cocoapods',
  'conan': 'conan',
  'r-package': 'cran',
  'hackage': 'hackage',
  'bitnami': 'bitnami',
  'binary': 'generic',
};
const LANGUAGES: Readonly<Record<string, PackageType>> = {
  javascript: 'npm',
  python: 'pypi',
  java: 'maven',
  go: 'golang',
  rust: 'cargo',
  ruby: 'gem',
  php: 'composer',
  dotnet: 'nuget',
  dart: 'pub',
  r: 'cran',
  haskell: 'hackage',
};
