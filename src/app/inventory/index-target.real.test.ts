import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { imageOf, layerSource } from '../../../testing/layers.ts';
import type { Extractor } from '../../extract/types.ts';
import { indexTarget } from './index-target.ts';

const FOLDER = join(import.meta.dirname, '../../../../shared/data/rootfs');
const havePython = spawnSync('python3', ['--version']).status === 0;
const archives = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith('.tar.gz')) : [];

/** Wants every file; its partial is what Python prints of the same file. */
const everything: Extractor<string> = {
  id: 'lang/everything',
  version: 1,
  class: 'library',
  wants: { suffixes: [''] },
  extract: async (file) =>
    `${file.mode} ${file.uid} ${createHash('sha256')
      .update(await file.bytes(1 << 28))
      .digest('hex')}`,
  settle: (view) => ({
    packages: view.visible.map(({ path, layer, partial }) => ({
      type: 'generic',
      name: path,
      version: partial,
      purl: '',
      evidence: { kind: 'file-name', confidence: 'high' },
      path,
      layer,
    })),
  }),
};

const READER = `
import hashlib, posixpath, sys, tarfile
t = tarfile.open(sys.argv[1])
for i in t:
    if i.isreg() or i.islnk():
        print(posixpath.normpath(i.name), i.mode, i.uid, hashlib.sha256(t.extractfile(i).read()).hexdigest())
`;

describe.skipIf(archives.length === 0 || !havePython)('every file of real root file systems (needs ../shared/data and python3)', () => {
  it.each(archives)('%s', async (name) => {
    const file = join(FOLDER, name);
    const stored = readFileSync(file);
    const inventory = await indexTarget(
      { ...imageOf(), layers: [layerSource(stored, 0, gunzipSync(stored))] },
      { extractors: [everything] },
    );
    const theirs = execFileSync('python3', ['-c', READER, file], { encoding: 'utf8' });
    expect(inventory.packages.map((one) => `${one.path} ${one.version}`).sort()).toEqual(theirs.trim().split('\n').sort());
    expect(inventory.gaps).toEqual([]);
  });
});
