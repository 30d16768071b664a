import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { gapRecorder, isWanted, mergedView, openFile } from '../../../../testing/open-file.ts';
import { python } from './index.ts';

/** Name and version of every distribution in the interpreter's own packages folder, as the interpreter reads them. */
const ASK = `
import importlib.metadata as m, json, sysconfig
folder = sysconfig.get_paths()['purelib']
print(json.dumps({'folder': folder, 'found': sorted([d.metadata['Name'], d.version] for d in m.distributions(path=[folder]))}))
`;
const answer = spawnSync('python3', ['-c', ASK], { encoding: 'utf8' });
const { folder, found } =
  answer.status === 0 ? (JSON.parse(answer.stdout) as { folder: string; found: string[][] }) : { folder: '', found: [] };

it.skipIf(!existsSync(folder) || found.length === 0)(
  'finds what Python finds in its own folder (needs python3 with packages)',
  async () => {
    const ctx = gapRecorder();
    const partials = [];
    for (const path of globSync(['*.dist-info/METADATA', '*.egg-info/PKG-INFO', '*.egg-info', '*.egg/EGG-INFO/PKG-INFO'], {
      cwd: folder,
    })) {
      const content = existsSync(join(folder, path, 'PKG-INFO')) ? undefined : readFileSync(join(folder, path));
      if (!content) continue;
      const file = openFile(`site-packages/${path}`, content);
      expect(isWanted(python.wants, file, content)).toBe(true);
      const partial = await python.extract(file, ctx);
      if (partial) partials.push({ path: file.path, layer: 0, partial });
    }
    expect(ctx.gaps).toEqual([]);
    const ours = python.settle(mergedView(partials)).packages.map(({ name, version }) => [name, version]);
    expect(ours.sort(byText)).toEqual(found.sort(byText));
  },
);

function byText(a: string[], b: string[]): number {
  const [left, right] = [a.join(' '), b.join(' ')];
  return left < right ? -1 : 1;
}
