/**
 * How a file states a Python distribution, by its path alone; undefined for other files. Source: PyPA, "Recording installed
 * projects" (dist-info), setuptools' "Internal structure of eggs" (egg-info, EGG-INFO, zipped eggs).
 */
export type Form = 'dist-info' | 'egg-info' | 'zipped-egg';

export function formOf(path: string): Form | undefined {
  const [base = '', parent = ''] = path.split('/').reverse();
  if (base === 'METADATA') return parent.endsWith('.dist-info') ? 'dist-info' : undefined;
  if (base === 'PKG-INFO') return parent.endsWith('.egg-info') || parent === 'EGG-INFO' ? 'egg-info' : undefined;
  if (base.endsWith('.egg-info')) return 'egg-info';
  return base.endsWith('.egg') ? 'zipped-egg' : undefined;
}

/** Whether the distribution is a copy inside another package (`setuptools/_vendor/`, `pip/_vendor/`). */
export function isVendored(path: string): boolean {
  return /\/(_vendor|_vendored|_vendored_packages|vendor|extern)\//.test(path);
}

/** Name and version in the folder's name, `name-version.dist-info`, where the metadata state none. */
export function folderStates(path: string): { readonly name: string; readonly version: string } | undefined {
  const folder = path.split('/').find((part) => /\.(dist-info|egg-info|egg)$/.test(part));
  const match = /^([^-]+)-([^-]+)(?:-[^/]*)?\.(?:dist-info|egg-info|egg)$/.exec(folder ?? '');
  return match?.[1] && match[2] ? { name: match[1], version: match[2] } : undefined;
}
