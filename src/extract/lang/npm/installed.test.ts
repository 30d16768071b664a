import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { gapRecorder, mergedView, openFile } from '../../../../testing/open-file.ts';
import { npm } from './index.ts';
import { placeOf } from './place.ts';

const root = resolve('.');
const lock = join(root, 'package-lock.json');

it.skipIf(!existsSync(join(root, 'node_modules')))(
  'finds what npm installed for this project, by its lock file (needs node_modules)',
  async () => {
    const { packages } = JSON.parse(readFileSync(lock, 'utf8')) as { packages: Record<string, { name?: string; version?: string }> };
    const expected = Object.entries(packages)
      .filter(([folder]) => folder !== '' && existsSync(join(root, folder, 'package.json')))
      .map(
        ([folder, { name, version }]) =>
          `${name ?? folder.slice(folder.lastIndexOf('node_modules/') + 13)} ${version} ${folder}/package.json`,
      );

    const ctx = gapRecorder();
    const paths = globSync('node_modules/**/package.json', { cwd: root }).filter((path) => placeOf(path) === 'installed');
    const partials = await Promise.all(
      paths.map(async (path) => ({ path, layer: 0, partial: await npm.extract(openFile(path, readFileSync(join(root, path))), ctx) })),
    );
    const view = mergedView(partials.flatMap(({ partial, ...place }) => (partial ? [{ ...place, partial }] : [])));
    expect(ctx.gaps).toEqual([]);
    expect(npm.settle(view).packages.map(({ name, version, path }) => `${name} ${version} ${path}`)).toEqual(expected.sort(byPath));
  },
);

function byPath(a: string, b: string): number {
  const [left = '', right = ''] = [a.split(' ')[2], b.split(' ')[2]];
  return left < right ? -1 : 1;
}
