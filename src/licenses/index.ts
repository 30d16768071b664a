import type { PackageType } from '../model/index.ts';
import { type Expression, join, parseExpression, show } from './expression.ts';
import { FAMILIES, knownException, knownLicense, NOTHING, normalised } from './names.ts';

/**
 * Declared licences of a package as an SPDX expression: `GPL-2.0-or-later AND MIT`. A name that could be several licences, or that
 * SPDX has no identifier for, becomes a `LicenseRef-`, never a guess: `BSD` is `LicenseRef-BSD`. Undefined where nothing is declared.
 *
 * Several declarations are a choice in npm and Composer, and all apply elsewhere: files of a package under different licences (Debian),
 * or a list that does not say which.
 */
export function licenseExpression(type: PackageType, declared: readonly string[]): string | undefined {
  const said = declared.slice(0, MAX_DECLARED).filter((text) => !NOTHING.test(text.trim()));
  const all = said.map((text) => expressionOf(firstLine(text), type));
  const distinct = type === 'pypi' ? withoutFamilies(all) : all;
  if (distinct.length === 0) return undefined;
  return show(join(CHOICES.has(type) ? 'OR' : 'AND', distinct));
}

const MAX_DECLARED = 200;
/** Sources: npm documentation, package.json, "license"; Composer documentation, "The composer.json schema", license. */
const CHOICES: ReadonlySet<PackageType> = new Set(['npm', 'composer']);

/** A whole text may be a name with `or` in it; otherwise it is read as an expression, and kept as it is where that fails too. */
function expressionOf(text: string, type: PackageType): Expression {
  return (
    nameOf(text, type) ??
    parseExpression(operators(text, type), (name) => nameOf(name, type) ?? reference(name), withException) ??
    reference(text)
  );
}

function nameOf(text: string, type: PackageType): Expression | undefined {
  const ambiguous = type === 'rpm' ? CALLAWAY[text] : undefined;
  const known = ambiguous ?? oneName(text);
  if (known?.includes(' OR ')) return join('OR', known.split(' OR '));
  if (known !== undefined || type !== 'apk') return known;
  // Old Alpine packages list licences with blanks between them.
  const words = text.split(' ').map(oneName);
  return words.length > 1 && words.every((word) => word !== undefined) ? join('AND', words) : undefined;
}

function oneName(text: string): string | undefined {
  const family = FAMILIES.get(normalised(text));
  return family ? `LicenseRef-${family}` : knownLicense(text);
}

/** Old names of Fedora that stand for several licences. Source: Fedora documentation, "Callaway short name". */
const CALLAWAY: Readonly<Record<string, string>> = {
  'BSD': 'LicenseRef-Callaway-BSD',
  'LGPLv2': 'LicenseRef-Callaway-LGPLv2',
  'Public Domain': 'LicenseRef-Callaway-Public-Domain',
  'Copyright only': 'LicenseRef-Callaway-Copyright-only',
  'Freely redistributable without restriction': 'LicenseRef-Callaway-Freely-redistributable',
};

/** Operators that only one ecosystem has: cargo's old `/`, R's `|` and `+ file LICENSE`. */
function operators(text: string, type: PackageType): string {
  if (type === 'cargo') return text.replaceAll('/', ' OR ');
  return type === 'cran' ? text.replace(/\+\s*file LICEN[CS]E/g, '').replaceAll('|', ' OR ') : text;
}

function withException(base: Expression, words: string): string | undefined {
  const exception = typeof base === 'string' && !base.startsWith('LicenseRef-') ? knownException(base, words) : undefined;
  return exception && `${base} WITH ${exception}`;
}

function firstLine(text: string): string {
  return (text.trim().split('\n')[0] ?? '').replace(/\s+/g, ' ').trim();
}

function reference(text: string): string {
  const name = text
    .replace(/[^A-Za-z0-9.]+/g, '-')
    .slice(0, MAX_REFERENCE)
    .replace(/^[-.]+|[-.]+$/g, '');
  return `LicenseRef-${name === '' ? 'unnamed' : name}`;
}

const MAX_REFERENCE = 60;

/** Metadata of Python says the same twice, in a field and in classifiers: a family adds nothing to one of its licences. */
function withoutFamilies(all: readonly Expression[]): readonly Expression[] {
  const shown = all.map(show);
  return all.filter((each) => {
    const family = typeof each === 'string' ? /^LicenseRef-(.+)$/.exec(each)?.[1] : undefined;
    return (
      family === undefined ||
      ![...FAMILIES.values()].includes(family) ||
      !shown.some((other) => other.includes(`${family}-`) && !other.startsWith('LicenseRef-'))
    );
  });
}
