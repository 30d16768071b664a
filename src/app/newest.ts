import type { Finding } from '../model/index.ts';
import { comparePackageVersions } from './package-versions.ts';

/** By the order of the package's own ecosystem; undefined where that has none for these versions. */
export function newest({ package: of }: Finding, versions: readonly string[]): string | undefined {
  const [first, ...others] = versions;
  if (first === undefined) return undefined;
  let best = first;
  for (const version of others) {
    const order = comparePackageVersions(of.type, best, version);
    if (order === undefined) return undefined;
    if (order < 0) best = version;
  }
  return best;
}
