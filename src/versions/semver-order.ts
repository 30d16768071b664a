/**
 * Parsing and precedence of semantic versions as npm reads them loosely, shared by the schemes that rest on them.
 * Source: Semantic Versioning 2.0.0, clauses 9-11; looseness as in node-semver ("loose"), checked against it in tests.
 */

/** A number beyond 15 digits is a bigint, so that none is rounded. */
export type Numeric = number | bigint;

export interface SemVer {
  /** Major, minor, patch; missing ones are 0. */
  readonly core: readonly [Numeric, Numeric, Numeric];
  readonly prerelease: readonly (Numeric | string)[];
  /** `.4.5` of `1.2.3.4.5`: no part of a semantic version, so nobody says how it orders. */
  readonly extra: string;
  /** What stands after `+`; empty where there is none. */
  readonly build: string;
}

/** `1.2.3-rc.1+build`, with `v` or `=` in front, parts missing (`1.2`), or `1.2.3beta`. Undefined for anything else. */
export function parseSemver(text: string): SemVer | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const found = LOOSE.exec(text);
  if (!found) return undefined;
  const [, major = '0', minor = '0', patch = '0', extra = '', hyphenated, attached, build = ''] = found;
  return { core: [numeric(major), numeric(minor), numeric(patch)], prerelease: identifiers(hyphenated ?? attached), extra, build };
}

/**
 * As the specification has it (clause 2, 9, 10): no `v`, no leading zeros, nothing attached. Minor and patch may be missing, as
 * in the bounds of advisories, and are 0 then.
 */
export function parseStrictSemver(text: string): SemVer | undefined {
  const found = text.length > MAX_LENGTH ? null : STRICT.exec(text);
  if (!found) return undefined;
  const [, major = '0', minor = '0', patch = '0', prerelease, build = ''] = found;
  return { core: [numeric(major), numeric(minor), numeric(patch)], prerelease: identifiers(prerelease), extra: '', build };
}

/** Build metadata does not count. Undefined where only parts beyond the third decide. */
export function compareSemver(a: SemVer, b: SemVer): number | undefined {
  for (let i = 0; i < 3; i++) {
    const order = compareValues(a.core[i] ?? 0, b.core[i] ?? 0);
    if (order !== 0) return order;
  }
  return a.extra === b.extra ? comparePrerelease(a.prerelease, b.prerelease) : undefined;
}

/** Clause 11.3: none at all comes after any. */
export function comparePrerelease(a: SemVer['prerelease'], b: SemVer['prerelease']): number {
  return a.length === 0 || b.length === 0 ? b.length - a.length : compareIdentifiers(a, b);
}

/** Clause 11.4: numeric identifiers come before others, others order by ASCII, and the longer list after its own beginning. */
export function compareIdentifiers(a: SemVer['prerelease'], b: SemVer['prerelease']): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = compareIdentifier(a[i] ?? '', b[i] ?? '');
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** Digits as a number that is not rounded. */
export function numeric(digits: string): Numeric {
  return digits.length <= 15 ? Number(digits) : BigInt(digits);
}

export function compareValues<T extends Numeric | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** As node-semver's own limit. */
const MAX_LENGTH = 256;
const LOOSE =
  /^[v=\s]*(\d+)(?:\.(\d+))?(?:\.(\d+))?((?:\.\d+)*)(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)|([A-Za-z][0-9A-Za-z-]*(?:\.[0-9A-Za-z-]+)*))?(?:\+([0-9A-Za-z.-]+))?\s*$/;
const STRICT =
  /^(0|[1-9]\d*)(?:\.(0|[1-9]\d*)(?:\.(0|[1-9]\d*))?)?(?:-((?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)(?:\.(?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*))*))?(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$/;

function identifiers(text: string | undefined): readonly (Numeric | string)[] {
  return text?.split('.').map((part) => (/^\d+$/.test(part) ? numeric(part) : part)) ?? [];
}

function compareIdentifier(a: Numeric | string, b: Numeric | string): number {
  if (typeof a === 'string') return typeof b === 'string' ? compareValues(a, b) : 1;
  return typeof b === 'string' ? -1 : compareValues(a, b);
}
