import type { Package } from '../../model/index.ts';

/** Folders that merged-/usr systems have as links into /usr, while package databases keep the old names. */
const MERGED = /^(?:bin|sbin|lib|lib32|lib64|libx32)\//;

/**
 * The library packages with the OS package that owns the file that states them, so that one flaw is not told twice under two
 * names. `usr/lib/x` and `lib/x` are taken for the same place; a nested archive is owned by who owns the outermost one.
 */
export function withOwners(packages: readonly Package[]): Package[] {
  const places = new Map<string, string | undefined>();
  for (const one of packages) if (one.class === 'library') places.set(placeOf(one.path), undefined);
  for (const one of packages) {
    if (one.class !== 'os') continue;
    for (const file of one.files ?? []) {
      const place = mergedUsr(file);
      if (places.has(place) && places.get(place) === undefined) places.set(place, one.id);
    }
  }
  return packages.map((one) => {
    const ownedBy = one.class === 'library' ? places.get(placeOf(one.path)) : undefined;
    return ownedBy === undefined ? one : { ...one, ownedBy };
  });
}

/** The file on disk: `a.jar` of `a.jar!/b.jar`. */
function placeOf(path: string): string {
  const nested = path.indexOf('!/');
  return mergedUsr(nested < 0 ? path : path.slice(0, nested));
}

function mergedUsr(path: string): string {
  return MERGED.test(path) ? `usr/${path}` : path;
}
