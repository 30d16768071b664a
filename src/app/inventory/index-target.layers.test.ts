import { describe, expect, it } from 'vitest';
import { writeTar } from '../../../testing/image-builder/index.ts';
import { imageOf } from '../../../testing/layers.ts';
import { noteExtractor } from '../../../testing/note-extractor.ts';
import { entry, gnuLong, oldGnuSparse, pax, tar } from '../../../testing/odd-tar/index.ts';
import { introducedIn } from '../../extract/introduced-in.ts';
import type { Extractor, LayerPartial, Wants } from '../../extract/types.ts';
import { indexTarget } from './index-target.ts';

const file = (name: string, content = 'v'): Buffer => entry({ name }, content);
const folder = (name: string): Buffer => entry({ name: `${name}/`, flag: '5', mode: 0o755 });
const symlink = (name: string, linkName: string): Buffer => entry({ name, flag: '2', linkName });
const hardlink = (name: string, linkName: string, mode?: number): Buffer => entry({ name, flag: '1', linkName, ...(mode ? { mode } : {}) });

/** `path=content@layer`, for what is left; `-path` for what is gone. */
async function merged(layers: readonly (readonly Buffer[])[], wants?: Wants): Promise<string[]> {
  const image = imageOf(...layers.map((pieces) => tar(...pieces)));
  const inventory = await indexTarget(image, { extractors: [noteExtractor(wants)] });
  expect(inventory.gaps.filter((gap) => gap.params.what !== 'removed')).toEqual([]);
  return [
    ...inventory.packages.map((one) => `${one.path}=${one.version}@${one.layer?.index}`),
    ...inventory.gaps.map((gap) => `-${gap.path}`),
  ];
}

/** Each case: the layers, and what the OCI image specification, layer.md, "Applying Changesets" makes of them. */
describe('layers laid upon each other', () => {
  it.each<[string, Buffer[][], string[]]>([
    ['a file stays', [[file('a/x.note')], [file('b')]], ['a/x.note=v@0']],
    ['a file is changed', [[file('a/x.note', '1')], [file('a/x.note', '2')]], ['a/x.note=2@1']],
    ['a whiteout deletes', [[file('a/x.note'), file('a/y.note')], [file('a/.wh.x.note')]], ['a/y.note=v@0', '-a/x.note']],
    ['a whiteout in the root deletes', [[file('x.note')], [file('.wh.x.note')]], ['-x.note']],
    ['a whiteout deletes a folder', [[file('a/b/x.note')], [file('.wh.a')]], ['-a/b/x.note']],
    ['a whiteout does nothing to its own layer', [[file('a/x.note', '1')], [file('a/x.note', '2'), file('a/.wh.x.note')]], ['a/x.note=2@1']],
    ['nor to a layer above', [[file('.wh.x.note')], [file('x.note')]], ['x.note=v@1']],
    ['deleted and made again', [[file('x.note', '1')], [file('.wh.x.note')], [file('x.note', '3')]], ['x.note=3@2']],
    ['made again without content of interest', [[file('a/x.note')], [file('a/.wh.x.note')], [folder('a')]], ['-a/x.note']],
    ['an opaque folder hides lower layers', [[file('a/x.note'), file('b/x.note')], [file('a/.wh..wh..opq')]], ['b/x.note=v@0', '-a/x.note']],
    ['whatever its place in its own layer', [[file('a/x.note')], [file('a/y.note'), file('a/.wh..wh..opq'), file('a/z.note')]], ['a/y.note=v@1', 'a/z.note=v@1', '-a/x.note']],
    ['an opaque folder hides what is deep in it', [[file('a/b/c/x.note')], [file('a/.wh..wh..opq')]], ['-a/b/c/x.note']],
    ['an opaque root hides all', [[file('a/x.note')], [file('.wh..wh..opq'), file('y.note')]], ['y.note=v@1', '-a/x.note']],
    ['AUFS’s own notes mean nothing', [[file('x.note')], [folder('.wh..wh.plnk'), file('.wh..wh.aufs'), file('.wh..wh.plnk/z.note')]], ['x.note=v@0']],
    ['a link in place of a folder hides what was in it', [[file('a/x.note')], [symlink('a', 'b')]], ['-a/x.note']],
    ['a file in place of a folder', [[file('a/x.note')], [file('a')]], ['-a/x.note']],
    ['a folder in place of a folder hides nothing', [[file('a/x.note')], [folder('a')]], ['a/x.note=v@0']],
    ['a folder in place of a file', [[file('x.note')], [folder('x.note')]], ['-x.note']],
    ['a link in place of a file', [[file('x.note')], [symlink('x.note', 'y')]], ['-x.note']],
    ['a folder, a file, and a folder again', [[file('a/x.note')], [file('a')], [folder('a'), file('a/y.note')]], ['a/y.note=v@2', '-a/x.note']],
    ['the last entry of a name in one layer wins', [[file('x.note', '1'), file('x.note', '2')]], ['x.note=2@0']],
    ['a folder replaced within one layer', [[file('a/x.note'), symlink('a', 'b')]], []],
    ['a file replaced by a folder within one layer', [[file('x.note'), folder('x.note')]], []],
    ['names with ./ and / are the same name', [[file('./a/x.note', '1')], [file('/a//x.note', '2')], [file('./a/../a/.wh.y')]], ['a/x.note=2@1']],
    ['names that are not UTF-8 are not mixed up', [[file('a\u00ff/x.note')], [entry({ name: Buffer.from('.wh.a\xff', 'latin1') })]], ['a\u00ff/x.note=v@0']],
    ['PAX and GNU names', [[pax([['path', `${'p'.repeat(200)}.note`]]), file('p'), gnuLong('L', `${'g'.repeat(200)}.note`), file('g')]], [`${'g'.repeat(200)}.note=v@0`, `${'p'.repeat(200)}.note=v@0`]],
  ])('%s', async (_, layers, expected) => {
    expect(await merged(layers)).toEqual(expected);
  }); // biome-ignore format: a table

  it('remembers every version of a path, hidden ones too', async () => {
    const image = imageOf(tar(file('x.note', '1')), tar(file('.wh.x.note')), tar(file('x.note', '3')), tar(file('x.note', '4')));
    const { packages } = await indexTarget(image, { extractors: [noteExtractor()] });
    expect(packages.map((one) => [one.version, one.evidence.detail])).toEqual([['4', '0,2,3']]);
  });
});

describe('the last layer that changed a package', () => {
  const touched = async (...layers: Buffer[][]): Promise<unknown[]> => {
    const image = imageOf(...layers.map((pieces) => tar(...pieces)));
    const { packages } = await indexTarget(image, { extractors: [firstIntroduced(noteExtractor())] });
    return packages.map((one) => [one.path, one.layer?.index, one.modified?.index]);
  };
  /** As real extractors say it: the layer since which the content is the same. */
  const firstIntroduced = (extractor: Extractor<string>): Extractor<string> => ({
    ...extractor,
    settle: (view) => ({
      packages: extractor.settle(view).packages.map((one, i) => {
        const entry = view.visible[i] as LayerPartial<string>;
        return { ...one, layer: introducedIn(view, entry, (older) => older === entry.partial) };
      }),
    }),
  });

  it('is told where a layer wrote its file again without changing the version', async () => {
    expect(await touched([file('a.note'), file('b.note')], [file('b')], [file('b.note')])).toEqual([
      ['a.note', 0, undefined],
      ['b.note', 0, 2],
    ]);
  });

  it('is the one that brought it where the version changed with it', async () => {
    expect(await touched([file('a.note', '1')], [file('a.note', '2')])).toEqual([['a.note', 1, undefined]]);
  });

  it('is not asked of package databases, which every installation writes again', async () => {
    const database = noteExtractor();
    const image = imageOf(tar(file('a.note')), tar(file('a.note')));
    const extractor: Extractor<string> = {
      ...database,
      settle: (view) => ({
        packages: database.settle(view).packages.map((one) => ({
          ...one,
          layer: 0,
          evidence: { kind: 'package-database', confidence: 'high' },
        })),
      }),
    };
    const { packages } = await indexTarget(image, { extractors: [extractor] });
    expect(packages[0]).toMatchObject({ layer: { index: 0 } });
    expect(packages[0]).not.toHaveProperty('modified');
  });

  it('is that of the file on disk for an archive in an archive', async () => {
    const inner = noteExtractor();
    const image = imageOf(tar(file('a.note')), tar(file('a.note')));
    const extractor: Extractor<string> = {
      ...inner,
      settle: (view) => ({ packages: inner.settle(view).packages.map((one) => ({ ...one, layer: 0, path: `${one.path}!/lib/b.jar` })) }),
    };
    const { packages } = await indexTarget(image, { extractors: [extractor] });
    expect(packages[0]).toMatchObject({ layer: { index: 0 }, modified: { index: 1 } });
  });
});

describe('hard links', () => {
  it('share what was made of the file they link to', async () => {
    expect(await merged([[file('a.note'), hardlink('b.note', 'a.note')]])).toEqual(['a.note=v@0', 'b.note=v@0']);
  });

  it('to a file whose own name nobody wants are read in a second pass', async () => {
    const layers = [[file('store/5f3a', 'deep'), hardlink('x.note', './store/5f3a'), hardlink('y.note', 'store/5f3a')]];
    expect(await merged(layers)).toEqual(['x.note=deep@0', 'y.note=deep@0']);
  });

  it('to a file of a lower layer are what the file is', async () => {
    expect(await merged([[file('a.note')], [hardlink('b.note', 'a.note')]])).toEqual(['a.note=v@0', 'b.note=v@1']);
  });

  it('to a file kept by AUFS in its own folder', async () => {
    expect(await merged([[file('.wh..wh.plnk/17.4', 'kept'), hardlink('x.note', '.wh..wh.plnk/17.4')]])).toEqual(['x.note=kept@0']);
  });

  it('of executables need no second pass', async () => {
    const program = entry({ name: 'bin/a', mode: 0o755 }, 'ELF');
    let opened = 0;
    const image = imageOf(tar(program, hardlink('bin/b', 'bin/a', 0o755)));
    const layers = image.layers.map((layer) => ({ ...layer, open: () => layer.open().finally(() => opened++) }));
    const { packages } = await indexTarget({ ...image, layers }, { extractors: [noteExtractor({ executable: true })] });
    expect(packages.map((one) => one.path)).toEqual(['bin/a', 'bin/b']);
    expect(opened).toBe(1);
  });

  it('to nowhere are a gap', async () => {
    const inventory = await indexTarget(imageOf(tar(hardlink('x.note', 'lost'))), { extractors: [noteExtractor()] });
    expect(inventory.gaps).toMatchObject([{ code: 'unsupported', path: 'x.note', incomplete: true, stage: 'lang/note' }]);
  });

  it('that is deleted later in its layer is not read', async () => {
    expect(await merged([[file('store/1'), hardlink('x.note', 'store/1'), symlink('x.note', 'y')]])).toEqual([]);
  });

  it('in circles end', async () => {
    const inventory = await indexTarget(imageOf(tar(hardlink('x.note', 'y.note'), hardlink('y.note', 'x.note'))), {
      extractors: [noteExtractor()],
    });
    expect(inventory.packages).toEqual([]);
  });
});

describe('content', () => {
  it('is whole wherever the chunks end, with holes filled', async () => {
    const long = 'abcdefghij'.repeat(9000);
    const pieces = [
      file('a.note', long),
      file('b.note', 'short'),
      file('c.note', long),
      file('d.note', ''),
      oldGnuSparse('e.note', [{ offset: 5, data: 'x' }], 9),
    ];
    const { packages } = await indexTarget(imageOf(tar(...pieces)), { extractors: [noteExtractor()] });
    const short = (text: string): string => (text === long ? 'long' : text.slice(0, 100));
    expect(packages.map((one) => short(one.version))).toEqual(['long', 'short', 'long', '', '\0\0\0\0\0x\0\0\0']);
  });

  it('is refused by accept before it is read, by its first bytes', async () => {
    const heads: string[] = [];
    const accept = (head: Buffer): boolean => heads.push(`${head.length}${head.toString('latin1', 0, 1)}`) > 0 && head[0] === 0x79;
    const big = (c: string): string => c.repeat(25_000);
    const layers = [[file('a.note', big('n')), file('b.note', big('y')), file('c.note', 'n'), file('d.note', ''), file('e.note', 'y')]];
    const kept = await merged(layers, { suffixes: ['.note'], accept });
    expect(kept).toEqual([`b.note=${big('y')}@0`, 'e.note=y@0']);
    expect(heads.sort()).toEqual(['0', '1n', '1y', '4096n', '4096y']);
  });
});

it('writes the same inventory whatever is done first', async () => {
  const tars = Array.from({ length: 6 }, (_, i) =>
    writeTar(Array.from({ length: 50 }, (_, n) => ({ path: `d${(n * 7) % 13}/f${n}.note`, content: `${i}.${n}` }))),
  );
  const one = await indexTarget(imageOf(...tars), { extractors: [noteExtractor()], concurrency: 1 });
  const all = await indexTarget(imageOf(...tars), { extractors: [noteExtractor()], concurrency: 6 });
  expect(all).toEqual(one);
  expect(new Set(one.packages.map((found) => found.id)).size).toBe(50);
});
