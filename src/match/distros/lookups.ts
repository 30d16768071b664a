import type { Package } from '../../model/index.ts';
import type { Lookup } from './types.ts';

/** For trackers that are by source package: its name and version. */
export function bySource(pkg: Package): readonly Lookup[] {
  const { name, version } = pkg.source ?? pkg;
  return [{ as: 'source', name, version }];
}

/** For errata that list what is installed. */
export function byBinary({ name, version }: Package): readonly Lookup[] {
  return [{ as: 'binary', name, version }];
}
