import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { imageOf } from '../../../testing/layers.ts';
import { entry, pax, tar } from '../../../testing/odd-tar/index.ts';
import { openFolderCache } from '../../cache/index.ts';
import type { ImageTarget } from '../../image/types.ts';
import { imagePrivileges } from '../harden/image-privileges.ts';
import { FilesPass } from './files-pass.ts';
import { type FilesOfLayer, FilesReceiver } from './files-receiver.ts';
import { indexTarget } from './index-target.ts';
import { wastedSpace } from './wasted-space.ts';

const work = mkdtempSync(join(tmpdir(), 'plimsoll-files-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const CAPABLE = pax([['SCHILY.xattr.security.capability', '\x01\0\0\x02']]);
const image = imageOf(
  tar(
    entry({ name: 'etc/passwd' }, 'root:$1$salt$secret:0:0::/root:/bin/sh\n'),
    CAPABLE,
    entry({ name: 'bin/ping', mode: 0o755 }, 'x'),
    entry({ name: 'bin/su', mode: 0o4755 }, 'x'),
    entry({ name: 'var/data/', flag: '5', mode: 0o755, uid: 7 }),
    entry({ name: 'var/data/one' }, 'first'),
    entry({ name: 'var/data/two' }, 'second'),
    entry({ name: 'var/data/two' }, 'twice'),
  ),
  tar(entry({ name: 'var/data/.wh.one' }), entry({ name: 'bin/su', flag: '2', linkName: 'ping' })),
  tar(entry({ name: 'var/data/.wh.two' }), entry({ name: 'srv/late' }, 'x')),
);

/** What is made of the pass, and how many layers were opened for it. */
async function read(of: ImageTarget, cached: boolean) {
  let opened = 0;
  const layers = of.layers.map((layer) => ({ ...layer, open: () => layer.open().finally(() => opened++) }));
  const cache = cached ? openFolderCache({ folder: join(work, 'layers'), limit: 1e9, now: new Date(0) }) : undefined;
  const pass = new FilesPass(cache);
  const target = { ...of, layers };
  await indexTarget(target, { extractors: [], beside: [pass], cache });
  const facts = await imagePrivileges(target, { cache });
  cache?.finish();
  return { wasted: wastedSpace(pass.layers), facts, opened };
}

describe('the files of layers', () => {
  it('tell what is wasted, and who may do what', async () => {
    const { wasted, facts } = await read(image, false);
    expect(wasted).toEqual({
      bytes: 'first'.length + 'twice'.length + 1,
      files: 3,
      layers: [{ index: 0, bytes: 11, files: 3 }],
      largest: [
        { path: 'var/data/one', bytes: 5, layer: 0, hiddenBy: 1 },
        { path: 'var/data/two', bytes: 5, layer: 0, hiddenBy: 2 },
        { path: 'bin/su', bytes: 1, layer: 0, hiddenBy: 1 },
      ],
    });
    expect(facts).toMatchObject({ setuid: [], capable: ['/bin/ping'], userSwitchers: [] });
    expect(facts.folders).toEqual([{ path: '/var/data', uid: 7, gid: 0, mode: 0o755, empty: true }]);
  });

  it('are read once: what an earlier run kept is the same, and holds no hash of a password', async () => {
    const { opened: without, ...expected } = await read(image, false);
    const { opened: cold, ...first } = await read(image, true);
    const { opened: warm, ...second } = await read(image, true);
    expect([without, cold, warm]).toEqual([6, 3, 0]);
    expect(first).toEqual(expected);
    expect(second).toEqual(expected);
    expect(second.facts.passwd).toBe('root:x:0:0::/root:/bin/sh\n');
    expect(existsSync(join(work, 'layers'))).toBe(true);
  });

  it('are kept of a layer on top whatever lies below it', async () => {
    const lower = entry({ name: 'srv/late' }, 'hidden by the layer above');
    const other = imageOf(tar(lower), tar(entry({ name: 'var/data/.wh.two' }), entry({ name: 'srv/late' }, 'x')));
    const { opened, wasted } = await read(other, true);
    expect(opened).toBe(1);
    expect(wasted.largest).toEqual([{ path: 'srv/late', bytes: 25, layer: 0, hiddenBy: 1 }]);
  });
});

describe('the list of one layer', () => {
  const facts = { size: 1, mode: 0o644, uid: 0, gid: 0 } as const;
  const listOf = (...entries: readonly (readonly [path: string, type: 'file' | 'directory' | 'symlink'])[]): FilesOfLayer => {
    const receiver = new FilesReceiver();
    for (const [path, type] of entries) receiver.entry(path, type === 'directory', { ...facts, type });
    return receiver.results();
  };

  it('survives JSON, and has a folder’s name once', () => {
    const list = listOf(['a/one', 'file'], ['a/two', 'symlink'], ['top', 'file'], ['a/__proto__', 'file']);
    expect(list.files).toEqual([
      { folder: 'a', names: ['one', 'two', '__proto__'], sizes: [1, -1, 1] },
      { folder: '', names: ['top'], sizes: [1] },
    ]);
    expect(JSON.parse(JSON.stringify(list))).toEqual(list);
  });

  it('has what came last at a path', () => {
    expect(listOf(['a', 'file'], ['a', 'directory']).files).toEqual([{ folder: '', names: [], sizes: [] }]);
    expect(listOf(['a', 'file'], ['a', 'symlink']).files).toEqual([{ folder: '', names: ['a'], sizes: [-1] }]);
  });

  it('is bounded by the text of its names, and says so', () => {
    const long = 'x'.repeat(2 ** 20);
    const list = listOf(...Array.from({ length: 40 }, (_, i) => [`${long}${i}`, 'file'] as const));
    expect(list.complete).toBe(false);
    expect(list.files[0]?.names).toHaveLength(31);
    expect(listOf(['a', 'file']).complete).toBe(true);
  });
});

it('says that a list was cut, and then calls no folder empty', async () => {
  const many = Array.from({ length: 20_001 }, (_, i) => entry({ name: `d${i}/`, flag: '5', mode: 0o777 }));
  const pass = new FilesPass(undefined);
  const target = imageOf(tar(...many));
  await indexTarget(target, { extractors: [], beside: [pass] });
  expect(pass.gaps).toMatchObject([{ code: 'too-large', incomplete: false }]);
  const { folders } = await imagePrivileges(target);
  expect(folders).toHaveLength(20_000);
  expect(folders.some(({ empty }) => empty)).toBe(false);
});
