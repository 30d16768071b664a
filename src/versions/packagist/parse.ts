import { compareValues, type Numeric, numeric } from '../semver-order.ts';

export interface ComposerVersion {
  /** What Composer normalises the version to, cut where PHP cuts it: `1.0-beta2` is 1, 0, 0, 0, beta, 2. */
  readonly parts: readonly (Numeric | string)[];
  /** How many numbers stand in front as written: `1.0` and `1.0.0` are one version to Composer, and two to PHP. */
  readonly written: number;
}

/** Undefined for what Composer refuses, and for branches. */
export function parseComposer(text: string): ComposerVersion | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const version = text
    .trim()
    .replace(/@(?:stable|RC|beta|alpha|dev)$/i, '')
    .replace(/^([^,\s+]+)\+\S+$/, '$1');
  const normal = classical(version) ?? dated(version) ?? numericBranch(version);
  return normal === undefined
    ? undefined
    : { parts: cut(normal), written: (version.match(/^v?(\d+(?:\.(?:\d+|[xX*]))*)/i)?.[1] ?? '').split('.').length };
}

/** Undefined where Composer and PHP do not agree: PHP puts `1.0.0` above `1.0`. */
export function compareComposer(a: ComposerVersion, b: ComposerVersion): number | undefined {
  for (let i = 0; i < Math.max(a.parts.length, b.parts.length); i++) {
    const order = compareParts(a.parts[i], b.parts[i]);
    if (order !== 0) return order;
  }
  return a.written === b.written ? 0 : undefined;
}

const MAX_LENGTH = 256;
/** Stability, its number, and `dev`. */
const MODIFIER = String.raw`[._-]?(?:(stable|beta|b|RC|alpha|a|patch|pl|p)([.-]?\d+(?:[.-]\d+)*)?)?([.-]?dev)?`;
const CLASSICAL = new RegExp(String.raw`^v?(\d{1,5})(\.\d+)?(\.\d+)?(\.\d+)?${MODIFIER}$`, 'i');
const DATED = new RegExp(String.raw`^v?(\d{4}(?:[.:-]?\d{2}){1,6}(?:[.:-]?\d{1,3})?)${MODIFIER}$`, 'i');

/** `1.2-RC3` as `1.2.0.0-rc-3`. */
function classical(text: string): string | undefined {
  const found = CLASSICAL.exec(text);
  if (!found) return undefined;
  const [, major, minor = '.0', patch = '.0', fourth = '.0', ...modifier] = found;
  return `${major}${minor}${patch}${fourth}${modified(modifier)}`;
}

/** `2024-01-31` and `20240131`. */
function dated(text: string): string | undefined {
  const found = DATED.exec(text);
  return found?.[1] && `${found[1].replace(/\D/g, '.')}${modified(found.slice(2))}`;
}

function modified([stability, number = '', dev]: readonly (string | undefined)[]): string {
  if (stability?.toLowerCase() === 'stable') return '';
  return `${stability ? `-${stability}${number.replace(/^[.-]+/, '-')}` : ''}${dev ? '-dev' : ''}`;
}

/** `1.x-dev`: the tip of a numbered branch is above its releases. */
function numericBranch(text: string): string | undefined {
  const found = /^v?(\d+)(\.(?:\d+|[xX*]))?(\.(?:\d+|[xX*]))?(\.(?:\d+|[xX*]))?[.-]?dev$/i.exec(text);
  if (!found) return undefined;
  const numbers = found.slice(1, 5).map((part) => part ?? '.x');
  return `${numbers.join('').replace(/[xX*]/g, '9999999')}-dev`;
}

/** Cuts as `version_compare` does: at dots and hyphens, and between digits and letters. */
function cut(normal: string): ComposerVersion['parts'] {
  return (normal.match(/\d+|[a-z]+/gi) ?? []).map((part) => (/\d/.test(part) ? numeric(part) : part.toLowerCase()));
}

const RANKS: Readonly<Record<string, number>> = { dev: 0, alpha: 1, a: 1, beta: 2, b: 2, rc: 3, patch: 5, pl: 5, p: 5 };
/** A number, or the end of the version, where the other has a word. */
const NUMBER = 4;

/** A missing part is below a number, and between `rc` and `patch`. */
function compareParts(a: Numeric | string | undefined, b: Numeric | string | undefined): number {
  if (typeof a !== 'string' && typeof b !== 'string')
    return a === undefined || b === undefined ? Number(a !== undefined) - Number(b !== undefined) : compareValues(a, b);
  return rank(a) - rank(b);
}

function rank(part: Numeric | string | undefined): number {
  return typeof part === 'string' ? (RANKS[part] ?? -1) : NUMBER;
}
