import { describe, expect, it } from 'vitest';
import { isWanted } from '../../testing/open-file.ts';
import { Dispatch } from './dispatch.ts';
import { extractors } from './index.ts';
import type { Wants } from './types.ts';

const find = (wants: readonly Wants[], path: string, mode = 0o644): readonly number[] =>
  new Dispatch(wants.map((one) => ({ wants: one }))).find(path, mode);

describe('Dispatch', () => {
  it.each<[string, Wants, string, boolean]>([
    ['a base name', { basenames: ['package.json'] }, 'a/b/package.json', true],
    ['a base name in the root', { basenames: ['package.json'] }, 'package.json', true],
    ['no base name but its end', { basenames: ['package.json'] }, 'a/xpackage.json', false],
    ['no base name in another case', { basenames: ['METADATA'] }, 'a/metadata', false],
    ['a suffix', { suffixes: ['.jar'] }, 'a/x.jar', true],
    ['a suffix in any case', { suffixes: ['.jar'] }, 'a/X.JAR', true],
    ['a suffix that is the whole name', { suffixes: ['.jar'] }, 'a/.jar', true],
    ['a suffix with two dots', { suffixes: ['.tar.gz'] }, 'a/x.tar.gz', true],
    ['no half of it', { suffixes: ['.tar.gz'] }, 'a/x.gz', false],
    ['a suffix without dot', { suffixes: ['-info'] }, 'a/x-info', true],
    ['no suffix of a folder', { suffixes: ['.d'] }, 'x.d/y', false],
    ['an exact path', { paths: ['lib/apk/db/installed'] }, 'lib/apk/db/installed', true],
    ['no path below another', { paths: ['lib/apk/db/installed'] }, 'x/lib/apk/db/installed', false],
    ['a file right in a folder', { under: [{ dir: 'var/lib/dpkg/status.d' }] }, 'var/lib/dpkg/status.d/base', true],
    ['none deeper in it', { under: [{ dir: 'var/lib/dpkg/status.d' }] }, 'var/lib/dpkg/status.d/a/base', false],
    ['one with its suffix', { under: [{ dir: 'var/lib/dpkg/info', suffix: '.list' }] }, 'var/lib/dpkg/info/a.list', true],
    ['none without it', { under: [{ dir: 'var/lib/dpkg/info', suffix: '.list' }] }, 'var/lib/dpkg/info/a.md5sums', false],
  ])('wants %s', (_, wants, path, wanted) => {
    expect(find([wants], path)).toEqual(wanted ? [0] : []);
  });

  it('wants executables by any execute bit', () => {
    for (const mode of [0o100, 0o010, 0o001]) expect(find([{ executable: true }], 'x', mode)).toEqual([0]);
    expect(find([{ executable: true }], 'bin/x', 0o644)).toEqual([]);
  });

  it('wants executables by their names', () => {
    const wants = [{ executable: true }, { executableNames: /^perl(5[.\d]*)?$/ }];
    expect(find(wants, 'usr/bin/perl5.36', 0o755)).toEqual([0, 1]);
    expect(find(wants, 'usr/bin/perldoc', 0o755)).toEqual([0]);
    expect(find(wants, 'perl/x', 0o755)).toEqual([0]);
    expect(find(wants, 'usr/bin/perl', 0o644)).toEqual([]);
  });

  it('gives each extractor once, in the order of the list', () => {
    const wants: Wants[] = [
      { suffixes: ['.json'] },
      { executable: true },
      { basenames: ['a.json'], paths: ['d/a.json'], suffixes: ['.json'] },
    ];
    expect(find(wants, 'd/a.json', 0o755)).toEqual([0, 1, 2]);
  });

  it('says the same as a plain reading of what the extractors want', () => {
    const dispatch = new Dispatch(extractors.map(({ wants: { accept: _, ...named } }) => ({ wants: named })));
    const names = new Set(
      extractors.flatMap(({ wants }) => [...(wants.basenames ?? []), ...(wants.suffixes ?? []).map((end) => `x${end}`)]),
    );
    const folders = new Set(['', 'usr/lib', ...extractors.flatMap(({ wants }) => (wants.under ?? []).map((place) => place.dir))]);
    const paths = extractors.flatMap(({ wants }) => wants.paths ?? []);
    for (const folder of folders) {
      for (const name of [...names, 'other', 'a.list', 'A.JAR', 'x.md5sums']) paths.push(folder === '' ? name : `${folder}/${name}`);
    }
    for (const path of paths) {
      for (const mode of [0o644, 0o755]) {
        const info = { path, size: 0, mode, uid: 0, gid: 0 };
        const plain = extractors.flatMap(({ wants: { accept: _, ...named } }, i) => (isWanted(named, info, Buffer.alloc(0)) ? [i] : []));
        expect(dispatch.find(path, mode), path).toEqual(plain);
      }
    }
    expect(paths.length).toBeGreaterThan(50);
  });
});
