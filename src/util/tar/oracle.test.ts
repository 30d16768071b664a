import { execFileSync, spawnSync } from 'node:child_process';
import {
  closeSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ReadEntry, readTar } from '../../../testing/odd-tar/read.ts';
import { normalisePath } from './path.ts';

const version = (command: string): string => String(spawnSync(command, ['--version']).stdout ?? '');
const haveGnuTar = version('tar').includes('GNU tar');
const havePython = version('python3').startsWith('Python 3');
const haveBsdtar = version('bsdtar').includes('libarchive');

const work = mkdtempSync(join(tmpdir(), 'plimsoll-tar-oracle-'));
const tree = join(work, 'tree');
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** Short enough for ustar, so that every format can hold it. */
const DEEP = `${'d'.repeat(60)}/${'e'.repeat(60)}/${'f'.repeat(90)}`;
const LONG = `${'d'.repeat(60)}/${'g'.repeat(200)}`;

beforeAll(() => {
  mkdirSync(join(tree, 'd'.repeat(60), 'e'.repeat(60)), { recursive: true });
  writeFileSync(join(tree, DEEP), 'deep');
  writeFileSync(join(tree, 'empty'), '');
  writeFileSync(join(tree, 'exact'), 'x'.repeat(1024), { mode: 0o755 });
  writeFileSync(join(tree, 'zeros'), Buffer.alloc(3000));
  symlinkSync('exact', join(tree, 'symlink'));
  linkSync(join(tree, 'exact'), join(tree, 'hardlink'));
  const fd = openSync(join(tree, 'sparse'), 'w');
  for (let i = 0; i < 40; i++) writeSync(fd, `piece ${i}`, i * 100_000);
  closeSync(fd);
  truncateSync(join(tree, 'sparse'), 5_000_000);
});

/** The tree as it is on disk, in the words of a tar. */
function onDisk(names: readonly string[]): object[] {
  return names.map((name) => {
    const file = statSync(join(tree, name));
    return { name, type: 'file', size: file.size, mode: file.mode & 0o7777, content: readFileSync(join(tree, name), 'latin1') };
  });
}

function inTar(entries: readonly ReadEntry[], names: readonly string[]): (object | undefined)[] {
  return names.map((wanted) => {
    const found = entries.find((entry) => normalisePath(entry.name) === wanted);
    return found && { name: wanted, type: found.type, size: found.size, mode: found.mode, content: found.content.toString('latin1') };
  });
}

const FILES = ['empty', 'exact', 'zeros', 'sparse'];

describe.skipIf(!haveGnuTar)('archives of GNU tar (needs GNU tar)', () => {
  const variants: readonly (readonly [string, readonly string[]])[] = [
    ['v7', ['--format=v7']],
    ['ustar', ['--format=ustar']],
    ['gnu', ['--format=gnu']],
    ['oldgnu', ['--format=oldgnu']],
    ['pax', ['--format=pax']],
    ['gnu, sparse', ['--format=gnu', '--sparse']],
    ['pax, sparse 0.0', ['--format=pax', '--sparse', '--sparse-version=0.0']],
    ['pax, sparse 0.1', ['--format=pax', '--sparse', '--sparse-version=0.1']],
    ['pax, sparse 1.0', ['--format=pax', '--sparse', '--sparse-version=1.0']],
  ];

  it.each(variants)('%s', (name, options) => {
    writeFileSync(join(tree, 'd'.repeat(60), 'g'.repeat(200)), 'long');
    const file = join(work, 'a.tar');
    // v7 and ustar cannot hold the longest name: tar leaves it out and says so by its exit code.
    spawnSync('tar', ['-cf', file, ...options, '--hard-dereference', '--sort=name', '-C', tree, '.']);
    const archive = readFileSync(file);
    const names = [...FILES, ...(name === 'v7' ? [] : [DEEP]), ...(name === 'v7' || name === 'ustar' ? [] : [LONG])];
    for (const chunk of [archive.length, 65_536, 1001]) {
      const entries = readTar(archive, chunk);
      expect(inTar(entries, names)).toEqual(onDisk(names));
      expect(entries.find((entry) => entry.name === './symlink')).toMatchObject({ type: 'symlink', linkName: 'exact' });
    }
  });

  it('hard links, and names after --transform', () => {
    const archive = execFileSync('tar', ['-c', '--sort=name', '--transform=s,^\\./,usr/,', '-C', tree, './exact', './hardlink']);
    expect(readTar(archive).map(({ name, type, linkName }) => [name, type, linkName])).toEqual([
      ['usr/exact', 'file', ''],
      ['usr/hardlink', 'hardlink', 'usr/exact'],
    ]);
  });
});

describe.skipIf(!haveBsdtar)('archives of bsdtar (needs bsdtar)', () => {
  it.each(['v7', 'ustar', 'gnutar', 'pax'])('%s', (format) => {
    const archive = execFileSync('bsdtar', ['-cf', '-', '--format', format, '-C', tree, ...FILES], { maxBuffer: 2 ** 26 });
    expect(inTar(readTar(archive), FILES)).toEqual(onDisk(FILES));
  });
});

describe.skipIf(!havePython)('archives of Python’s tarfile (needs python3)', () => {
  const script = `
import io, sys, tarfile
t = tarfile.open(fileobj=sys.stdout.buffer, mode='w|', format=getattr(tarfile, sys.argv[1]), errors='surrogateescape')
def add(name, content=b'', **fields):
    i = tarfile.TarInfo(name); i.size = len(content)
    for k, v in fields.items(): setattr(i, k, v)
    t.addfile(i, io.BytesIO(content))
add('n' * 150 + '/' + 'm' * 40, b'long', mode=0o4711, uid=4000000, gid=5000000) if sys.argv[1] != 'USTAR_FORMAT' else add('n' * 50 + '/' + 'm' * 90, b'long', mode=0o4711)
add('h\\u00e9', b'utf-8')
add('bad\\udcff', b'not utf-8')
add('l', type=tarfile.LNKTYPE, linkname='x' * 99)
add('dev', type=tarfile.CHRTYPE, devmajor=1, devminor=3)
t.close()`;

  it.each(['USTAR_FORMAT', 'GNU_FORMAT', 'PAX_FORMAT'])('%s', (format) => {
    const entries = readTar(execFileSync('python3', ['-c', script, format]));
    const [first] = entries;
    if (format === 'USTAR_FORMAT') expect(first).toMatchObject({ name: `${'n'.repeat(50)}/${'m'.repeat(90)}`, mode: 0o4711 });
    else expect(first).toMatchObject({ name: `${'n'.repeat(150)}/${'m'.repeat(40)}`, uid: 4_000_000, gid: 5_000_000, mode: 0o4711 });
    expect(entries.slice(1).map(({ name, type, content }) => [name, type, String(content)])).toEqual([
      ['h\u00e9', 'file', 'utf-8'],
      ['bad\udcff', 'file', 'not utf-8'],
      ['l', 'hardlink', ''],
      ['dev', 'other', ''],
    ]);
    expect(entries[3]?.linkName).toBe('x'.repeat(99));
  });
});
