// Prints what the rules of bin/programs find in the files that collect.sh gathered: node table.ts FOLDER [--vectors FILE]
import { closeSync, openSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { programs } from '../../src/extract/bin/programs/index.ts';
import type { Program } from '../../src/extract/bin/programs/types.ts';
import { DiskFile } from '../../src/extract/open-file/disk.ts';
import { isWanted } from '../../testing/open-file.ts';
import { excerptsOf } from './excerpt.ts';

/** FOLDER/<source>/<package>_<version>/: an unpacked package; its version is what is compared with. */
const [folder, flag, vectorFile] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: table.ts FOLDER [--vectors FILE]');

interface Row {
  readonly place: string;
  readonly file: string;
  readonly found: Program;
  readonly stated: string;
  readonly ms: number;
  readonly excerpts: readonly string[];
}

const rows: Row[] = [];
const silent: string[] = [];
for (const source of readdirSync(folder).sort()) {
  for (const unpacked of readdirSync(join(folder, source)).sort()) await look(source, unpacked);
}
print();
if (flag === '--vectors' && vectorFile !== undefined) writeVectors(vectorFile);

async function look(source: string, unpacked: string): Promise<void> {
  const root = join(folder!, source, unpacked);
  for (const file of filesBelow(root)) {
    const path = relative(root, file);
    const stat = statSync(file);
    // Debian's libraries have no execute bit: there the package database speaks for them, here they serve as samples.
    const info = { path, size: stat.size, mode: stat.mode | 0o111, uid: 0, gid: 0 };
    const fd = openSync(file, 'r');
    const open = new DiskFile(info, fd);
    if (isWanted(programs.wants, info, await open.head(4096))) {
      const start = performance.now();
      const found = await programs.extract(open, { gap: (gap) => console.error(file, gap) });
      const ms = performance.now() - start;
      const place = `${source}/${unpacked}`;
      if (found) rows.push({ place, file: path, found, stated: upstream(unpacked), ms, excerpts: excerptsOf(readFileSync(file), found) });
      else silent.push(`${place} ${path}`);
    }
    closeSync(fd);
  }
}

/** Regular files; links are not followed. */
function filesBelow(at: string): string[] {
  return readdirSync(at, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(at, entry.name)) : entry.isFile() ? [join(at, entry.name)] : []));
}

/** `3.0.20` of `openssl_1%3a3.0.20+dfsg-1~deb12u2`: no epoch, no revision, no mark of repacking. */
function upstream(unpacked: string): string {
  const version = unpacked.slice(unpacked.lastIndexOf('_') + 1).replace(/^\d+%3a/, '');
  return version.replace(/-[^-]*$/, '').replace(/[+~].*$/, '');
}

function print(): void {
  for (const { place, file, found, stated, ms } of rows.sort((a, b) => (a.found.program < b.found.program ? -1 : 1))) {
    const verdict = found.version === stated ? '=' : '!';
    console.log(
      [found.program.padEnd(10), found.version.padEnd(10), verdict, stated.padEnd(10), `${ms.toFixed(1)} ms`, place, file].join('  '),
    );
  }
  console.log(`\nnothing found:\n${silent.join('\n')}`);
  const same = rows.filter(({ found, stated }) => found.version === stated).length;
  console.log(`\n${rows.length} found, ${same} as their package says, ${silent.length} files of these names say nothing`);
}

/** One line for each program, file name and version: what stood around it, for the rules' regression test. Lines of comment stay. */
function writeVectors(file: string): void {
  const comments = readFileSync(file, { encoding: 'utf8', flag: 'a+' })
    .split('\n')
    .filter((line) => line.startsWith('#'));
  const lines = new Map(
    rows.map(({ found, file: path, excerpts }) => {
      const key = [found.program, basename(path), found.version];
      return [key.join('\t'), [...key, ...excerpts].join('\t')];
    }),
  );
  writeFileSync(file, `${[...comments, ...[...lines.values()].sort()].join('\n')}\n`);
}
