import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { buildImage, type TarEntry, writeLayout, writeTar } from '../../../testing/image-builder/index.ts';
import { imageOf } from '../../../testing/layers.ts';
import { noteExtractor } from '../../../testing/note-extractor.ts';
import { indexTarget } from './index-target.ts';

const haveUmoci = spawnSync('umoci', ['--version']).status === 0;
const work = mkdtempSync(join(tmpdir(), 'plimsoll-umoci-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** What umoci, the reference unpacker of OCI layers, leaves on disk: notes with their content. */
async function unpacked(name: string, layers: readonly (readonly TarEntry[])[]): Promise<string[]> {
  const layout = join(work, name);
  const steps = layers.map((files, i) => ({ createdBy: `step ${i}`, files, keepOrder: true }));
  const image = buildImage({ platform: { os: 'linux', architecture: 'amd64' }, created: '2024-01-01T00:00:00Z', steps });
  await writeLayout(layout, [{ image, tag: 'x' }]);
  execFileSync('umoci', ['unpack', '--rootless', '--image', `${layout}:x`, `${layout}-out`], { stdio: 'pipe' });
  const root = join(`${layout}-out`, 'rootfs');
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.note'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => `${relative(root, path)}=${readFileSync(path, 'utf8')}`)
    .sort();
}

async function indexed(layers: readonly (readonly TarEntry[])[]): Promise<string[]> {
  const inventory = await indexTarget(imageOf(...layers.map((layer) => writeTar(layer))), { extractors: [noteExtractor()] });
  return inventory.packages.map((one) => `${one.path}=${one.version}`).sort();
}

describe.skipIf(!haveUmoci)('the same files as umoci unpack (needs umoci)', () => {
  it('for stacks of made-up layers', async () => {
    const next = generator(42);
    for (let round = 0; round < 25; round++) {
      const layers = Array.from({ length: 2 + (next() % 4) }, (_, layer) => madeUpLayer(next, layer));
      expect(await indexed(layers), JSON.stringify(layers)).toEqual(await unpacked(`round${round}`, layers));
    }
  });
});

/** Folders, files, links, whiteouts and opaque markers over a handful of names, in an order that can be unpacked. */
function madeUpLayer(next: () => number, layer: number): TarEntry[] {
  const pick = <T>(from: readonly T[]): T => from[next() % from.length] as T;
  const entries = new Map<string, TarEntry>();
  const folder = (path: string): void => {
    for (let slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      entries.set(path.slice(0, slash), { path: path.slice(0, slash), type: 'directory' });
    }
  };
  const free = (path: string): boolean =>
    !entries.has(path) && ![...entries.keys()].some((known) => known.startsWith(`${path}/`)) && parents(path).every((one) => (entries.get(one)?.type ?? 'directory') === 'directory'); // biome-ignore format: one condition
  for (let i = 0; i < 12; i++) {
    const path = [pick(['a', 'b', 'c']), pick(['d', 'e', '']), pick(['x.note', 'y.note', 'z.note', 'f', 'g'])]
      .filter((part) => part !== '')
      .join('/');
    const at = next() % 10 < 3 ? path.slice(0, path.lastIndexOf('/')) : path;
    const base = at.lastIndexOf('/') + 1;
    const kind = layer === 0 ? pick(['file', 'file', 'link']) : pick(['file', 'file', 'link', 'whiteout', 'opaque', 'folder']);
    const marker = kind === 'whiteout' ? `${at.slice(0, base)}.wh.${at.slice(base)}` : `${at.slice(0, Math.max(0, base))}.wh..wh..opq`;
    const target = kind === 'whiteout' || kind === 'opaque' ? marker : at;
    if (!free(target) || (kind === 'whiteout' && (entries.has(at) || !free(at)))) continue;
    if (kind === 'opaque' && base === 0) continue;
    folder(target);
    if (kind === 'folder') entries.set(target, { path: target, type: 'directory' });
    else if (kind === 'link') entries.set(target, { path: target, type: 'symlink', target: '/nowhere' });
    else entries.set(target, { path: target, content: kind === 'file' ? `${layer}.${i}` : '' });
  }
  return [...entries.values()];
}

function parents(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, i) => parts.slice(0, i + 1).join('/'));
}

/** Park and Miller's minimal standard generator: the same numbers on every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state;
  };
}
