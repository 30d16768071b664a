import { isOfProject, textOf } from '../../lock-file.ts';
import { readWithin } from '../../read-within.ts';
import type { Extractor } from '../../types.ts';
import { MANIFESTS, type Manifest } from './manifests.ts';

/** `asks`: the file of a manifest that asks for packages. `locks`: a lock file, whatever is in it. */
interface UnlockedPartial {
  readonly kind: 'asks' | 'locks';
}

const ID = 'lang/unlocked';
const LIMIT = 4 << 20;

/**
 * Finds no packages, but where some must be missing: manifests that ask for packages without a lock file beside them or in a folder above
 * (workspaces have one at their root). Each is a gap, since a project whose versions nobody knows is not one without flaws.
 */
export const unlocked: Extractor<UnlockedPartial> = {
  id: ID,
  version: 1,
  class: 'library',
  appliesTo: 'project',
  wants: {
    basenames: [...new Set(MANIFESTS.flatMap(({ file, locks }) => [...(file.startsWith('.') ? [] : [file]), ...locks]))],
    suffixes: MANIFESTS.flatMap(({ file }) => (file.startsWith('.') ? [file] : [])),
    accept: (_head, file) => isOfProject(file.path),
  },

  async extract(file, ctx) {
    const manifest = manifestOf(file.path);
    if (!manifest) return { kind: 'locks' };
    const bytes = await readWithin(file, LIMIT, ctx, { what: baseName(file.path), incomplete: true });
    return bytes && manifest.asks(textOf(bytes)) ? { kind: 'asks' } : undefined;
  },

  settle(view) {
    const locks = new Set(view.visible.flatMap(({ path, partial }) => (partial.kind === 'locks' ? [path] : [])));
    const gaps = view.visible.flatMap(({ path, partial }) => {
      const manifest = partial.kind === 'asks' ? manifestOf(path) : undefined;
      if (!manifest || foldersOf(path).some((folder) => manifest.locks.some((lock) => locks.has(`${folder}${lock}`)))) return [];
      const what = `what ${baseName(path)} asks for (beside and above it there is no ${manifest.locks.join(', ')})`;
      return [{ code: 'no-version' as const, params: { what }, stage: ID, path, incomplete: true }];
    });
    return { packages: [], gaps };
  },
};

function manifestOf(path: string): Manifest | undefined {
  const name = baseName(path);
  return MANIFESTS.find(({ file }) => (file.startsWith('.') ? name.toLowerCase().endsWith(file) : name === file));
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The folder of a file and those above it, each with its slash; the root is empty. */
function foldersOf(path: string): string[] {
  const slashes = [...path.matchAll(/\//g)].map(({ index }) => index + 1);
  return [0, ...slashes].map((end) => path.slice(0, end));
}
