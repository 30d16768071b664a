import { schemeFor } from '../../versions/index.ts';
import type { Interval } from '../intervals.ts';
import { plainInterval, type RequirementLanguage } from '../requirements.ts';

/**
 * Cargo's requirements, by precedence alone: `>= 1.2` admits `2.0.0-rc.1`, as RustSec's own tools read its advisories. A version
 * without operator is a caret requirement. Missing parts are 0. Source: The Cargo Book, "Specifying Dependencies".
 */
export const cargoRequirements: RequirementLanguage = {
  scheme: schemeFor('crates.io')!,
  admits(operator, version) {
    const full = complete(version);
    if (operator === '' || operator === '^') return upTo(full, caretEnd(version));
    if (operator === '~') return upTo(full, tildeEnd(version));
    return plainInterval(operator, full);
  },
  /** The first pre-release of the next patch; a pre-release with a further part. Source: SemVer 2.0.0, clause 11. */
  next(version) {
    const [major, minor, patch] = numbers(version);
    return version.includes('-') ? `${version.split('+')[0]}.0` : `${major}.${minor}.${(patch ?? 0n) + 1n}-0`;
  },
};

/** Below the lowest pre-release of `end`, so that `^1` does not admit `2.0.0-alpha`. */
function upTo(version: string, end: string): Interval {
  return { from: { version, above: false }, to: { version: `${end}-0`, above: false } };
}

/** The next version that changes the first part that is not 0; of `0.0` the next minor, of `0` the next major. */
function caretEnd(version: string): string {
  const [major = 0n, minor, patch] = numbers(version);
  if (major > 0n || minor === undefined) return `${major + 1n}.0.0`;
  if (minor > 0n || patch === undefined) return `0.${minor + 1n}.0`;
  return `0.0.${patch + 1n}`;
}

function tildeEnd(version: string): string {
  const [major = 0n, minor] = numbers(version);
  return minor === undefined ? `${major + 1n}.0.0` : `${major}.${minor + 1n}.0`;
}

/** The parts that are written. */
function numbers(version: string): readonly bigint[] {
  return (/^[\d.]+/.exec(version)?.[0] ?? '0').split('.').map(BigInt);
}

function complete(version: string): string {
  return version.includes('-') ? version : [...numbers(version), 0n, 0n].slice(0, 3).join('.');
}
