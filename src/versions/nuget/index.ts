import { comparePrerelease, compareValues, type Numeric, numeric, type SemVer } from '../semver-order.ts';
import type { VersionScheme } from '../types.ts';

export interface NugetVersion {
  /** Major, minor, patch, revision; missing ones are 0. */
  readonly numbers: readonly Numeric[];
  readonly labels: SemVer['prerelease'];
}

/**
 * Versions of NuGet packages: one to four numbers, leading zeros allowed, labels without regard to case, metadata ignored.
 * Sources: NuGet documentation, "Package versioning"; `NuGetVersion.TryParse` and `VersionComparer` of NuGet.Versioning, whose limit of
 * 32 bits for numbers is not followed.
 */
export const nuget: VersionScheme<NugetVersion> = {
  id: 'nuget',
  ecosystems: ['NuGet'],
  parse(text) {
    const found = text.length > MAX_LENGTH ? null : VERSION.exec(text.trim());
    if (!found) return undefined;
    const labels = found[5]?.split('.') ?? [];
    if (labels.some((each) => /^0\d+$/.test(each))) return undefined;
    return { numbers: found.slice(1, 5).map((digits) => numeric(digits ?? '0')), labels: labels.map(label) };
  },
  compare(a, b) {
    for (let i = 0; i < 4; i++) {
      const order = compareValues(a.numbers[i] ?? 0, b.numbers[i] ?? 0);
      if (order !== 0) return order;
    }
    return comparePrerelease(a.labels, b.labels);
  },
};

const MAX_LENGTH = 256;
const VERSION =
  /^(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:\.(\d+))?(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

/** What fits into 32 bits is a number, sign included (`int.TryParse`); everything else compares as upper case text. */
function label(text: string): Numeric | string {
  const value = /^-?\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  return value === (value | 0) ? value : text.toUpperCase();
}
