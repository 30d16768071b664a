import { compareValues, type Numeric, numeric } from '../semver-order.ts';
import type { VersionScheme } from '../types.ts';

/** `1.2-rc.1+3`: parts between dots, zeros at the end left out of each. */
export interface ConanVersion {
  readonly main: Parts;
  readonly prerelease: Parts | undefined;
  readonly build: Parts | undefined;
}

type Parts = readonly (Numeric | string)[];

/**
 * Versions of Conan packages: anything may stand between the dots. Numbers compare as numbers, everything else as text, a
 * pre-release is below its release and build metadata counts. Source: Conan 2, `conan.internal.model.version.Version`.
 */
export const conan: VersionScheme<ConanVersion> = {
  id: 'conan',
  ecosystems: ['ConanCenter'],
  parse(text) {
    const found = text.length > MAX_LENGTH ? null : VERSION.exec(text);
    if (!found) return undefined;
    const [, before = '', build] = found;
    const hyphen = before.indexOf('-');
    return {
      main: parts(hyphen < 0 ? before : before.slice(0, hyphen)),
      prerelease: hyphen < 0 ? undefined : parts(before.slice(hyphen + 1)),
      build: build === undefined ? undefined : parts(build),
    };
  },
  compare(a, b) {
    const order = compareParts(a.main, b.main);
    if (order !== 0) return order;
    if (!a.prerelease || !b.prerelease) {
      if (a.prerelease || b.prerelease) return a.prerelease ? -1 : 1;
      return compareOptional(a.build, b.build);
    }
    return compareParts(a.prerelease, b.prerelease) || compareOptional(a.build, b.build);
  },
};

const MAX_LENGTH = 256;
/** The characters of Conan's own references, capitals allowed; the last `+` begins the build metadata. */
const VERSION = /^([A-Za-z0-9_][A-Za-z0-9_.+-]*?)(?:\+([A-Za-z0-9_.-]*))?$/;

/** Numbers as Python's `int` reads them. */
function parts(text: string): Parts {
  const all = text.split('.').map((part) => (/^[+-]?\d+(_\d+)*$/.test(part) ? integer(part) : part));
  return all.slice(0, all.findLastIndex((part) => part !== 0) + 1);
}

function integer(text: string): Numeric {
  const digits = text.replace(/[+_-]/g, '');
  const value = numeric(digits);
  return text.startsWith('-') && value !== 0 ? -value : value;
}

function compareParts(a: Parts, b: Parts): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = comparePart(a[i] ?? 0, b[i] ?? 0);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function comparePart(a: Numeric | string, b: Numeric | string): number {
  return typeof a === 'string' || typeof b === 'string' ? compareValues(String(a), String(b)) : compareValues(a, b);
}

/** No metadata is below any. */
function compareOptional(a: Parts | undefined, b: Parts | undefined): number {
  return a && b ? compareParts(a, b) : Number(a !== undefined) - Number(b !== undefined);
}
