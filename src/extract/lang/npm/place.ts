/**
 * What a package.json at this path is about, told by the path alone:
 * - `installed`: `node_modules/<name>/package.json` to the letter, or Debian's own tree `usr/share/nodejs/<name>` (Debian
 *   JavaScript policy): what Node resolves, hence really there.
 * - `bundled`: inside an installed package, in a folder for other people's code (`dist/compiled/<name>`, `vendor/<name>`).
 * - `elsewhere`: somebody's project, or an unpacked release in a folder named after it (`opt/yarn-v1.22.19`, `pnpm/8.6.0`): see
 *   {@link namesFolder}.
 * - `undefined`: test fixtures, examples, `dist/esm` markers inside an installed package: no package. Fixtures may have a
 *   node_modules of their own (`node_modules/resolve/test/biz/node_modules/garply`).
 */
export type Place = 'installed' | 'bundled' | 'elsewhere';

export function placeOf(path: string): Place | undefined {
  const parts = path.split('/');
  const root = lastRoot(parts);
  if (root === undefined) return 'elsewhere';
  if (isFixture(parts.slice(0, root - 1))) return undefined;
  const inside = parts.slice(root, -1);
  const depth = inside[0]?.startsWith('@') ? 2 : 1;
  if (inside.length === depth) return inside.some((part) => part === '' || part.startsWith('.')) ? undefined : 'installed';
  const scoped = inside.at(-2)?.startsWith('@') ? 1 : 0;
  return BUNDLE_FOLDERS.has(inside.at(-2 - scoped) ?? '') ? 'bundled' : undefined;
}

/** The package name that the folders state: `@scope/name` or `name`. */
export function folderName(path: string): string {
  const parts = path.split('/');
  const name = parts.at(-2) ?? '';
  const scope = parts.at(-3);
  return scope?.startsWith('@') ? `${scope}/${name}` : name;
}

/** Whether the folder is called after the package, so that it is an unpacked release and not somebody's project. */
export function namesFolder(path: string, name: string, version: string): boolean {
  const [own, parent] = path.split('/').slice(0, -1).reverse();
  const bare = name.slice(name.indexOf('/') + 1);
  return own === `${bare}-${version}` || own === `${bare}-v${version}` || (own === version && parent === bare);
}

const BUNDLE_FOLDERS = new Set(['compiled', 'vendor', 'vendored', 'third_party', 'bundled']);

const FIXTURE_FOLDERS = new Set(['test', 'tests', '__tests__', 'fixtures', '__fixtures__', 'example', 'examples']);

/** Whether the way from the outermost node_modules leads through a package's tests or examples; packages may be called so. */
function isFixture(above: readonly string[]): boolean {
  const first = above.indexOf('node_modules');
  const isName = (index: number) => above[above[index - 1]?.startsWith('@') ? index - 2 : index - 1] === 'node_modules';
  return first >= 0 && above.some((part, index) => index > first && FIXTURE_FOLDERS.has(part) && !isName(index));
}

/** Index of the first part below the innermost folder that holds packages. */
function lastRoot(parts: readonly string[]): number | undefined {
  const own = parts.lastIndexOf('node_modules');
  if (own >= 0) return own + 1;
  const debian = parts[0] === 'usr' && (parts[1] === 'share' || parts[1] === 'lib') && parts[2] === 'nodejs';
  return debian ? 3 : undefined;
}
