/**
 * Prints vectors for src/versions/apk/testdata/apk-tools-2.txt: random pairs of versions with the answer of
 * `apk version --test` of apk-tools 2; `# invalid: ` names the versions that `apk version --check` does not accept.
 * Needs root (chroot) and an unpacked Alpine root file system of a release up to 3.22.
 * Run: node tools/versions/apk-vectors.ts <root folder> [count] [seed] > the file.
 */
import { execFileSync } from 'node:child_process';
import { chance, pairs } from './pairs.ts';

const [root, count = '300', seed = '1'] = process.argv.slice(2);
if (!root) throw new Error('usage: node tools/versions/apk-vectors.ts <root folder of Alpine> [count] [seed]');
const random = chance(Number(seed));
const { pick, below } = random;

const SMALL = ['0', '1', '2', '9', '10', '00', '01', '010', '001'];
const NUMBERS = [...SMALL, ...SMALL, '20240101', '12345678901234567', '123456789012345678'];
const SUFFIXES = ['_alpha', '_beta', '_pre', '_rc', '_cvs', '_svn', '_git', '_hg', '_p', '_p', '_p', '_foo'];

function version(): string {
  let text = pick(NUMBERS);
  for (let parts = below(4); parts > 0; parts--) text += `.${pick(NUMBERS)}`;
  if (below(4) === 0) text += pick(['a', 'b', 'z', 'p1', 'A']);
  for (let suffixes = below(3); suffixes > 0; suffixes--) text += pick(SUFFIXES) + pick(['', '1', '02', '20191002222144']);
  return below(2) === 0 ? text : `${text}-r${pick(['0', '1', '2', '10', '01', ''])}`;
}

const list = pairs(Number(count), random, version, ['', '0', '.1', '_p', '_rc', '-r1', 'a', '.']).filter(([a, b]) => a !== b);
const invalid = apk('--check', ...new Set(list.flat()));
for (const text of invalid.split('\n').filter(Boolean)) console.log(`# invalid: ${text}`);
for (const [a, b] of list) console.log(`${a} ${apk('--test', a, b).trim()} ${b}`);

function apk(...options: string[]): string {
  try {
    return execFileSync('chroot', [root as string, '/sbin/apk', 'version', ...options], { encoding: 'utf8' });
  } catch (error) {
    // `--check` ends with the number of invalid versions as its status.
    return (error as { stdout?: string }).stdout ?? '';
  }
}
