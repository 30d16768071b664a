/**
 * Prints vectors for src/versions/pacman/testdata/vectors.txt: random pairs of versions with the answer of vercmp(8), which is in
 * Arch's pacman and in Debian's makepkg. Run: node tools/versions/pacman-vectors.ts [count] [seed] > the file.
 */
import { spawnSync } from 'node:child_process';
import { chance, pairs } from './pairs.ts';

const [count = '500', seed = '1'] = process.argv.slice(2);
const random = chance(Number(seed));
const { pick, below } = random;

const EPOCHS = ['', '', '', '', '0:', '1:', '2:', '007:', ':', 'a:'];
const NUMBERS = ['0', '1', '2', '9', '10', '00', '01', '010', '2024', '20240101120000', '12345678901234567890'];
const WORDS = ['a', 'b', 'rc', 'beta', 'Z', 'git', 'r', 'g0ab1', 'alpha'];
const SEPARATORS = ['.', '.', '+', '~', '^', '-', '', '', ':', '_', '..', '.+'];

function version(): string {
  let text = pick(EPOCHS) + pick(NUMBERS);
  for (let parts = below(5); parts > 0; parts--) text += pick(SEPARATORS) + pick(below(3) === 0 ? WORDS : NUMBERS);
  return below(2) === 0 ? text : `${text}-${pick(NUMBERS)}${pick(['', '', '', '.1', 'a'])}`;
}

for (const [a, b] of pairs(Number(count), random, version, ['', '.', '..', '+', '0', '1', 'a', '-', 'rc', '.rc1'])) {
  const order = spawnSync('vercmp', [a, b], { encoding: 'utf8' }).stdout.trim();
  if (!/^-?[01]$/.test(order)) throw new Error(`vercmp ${a} ${b} said ${JSON.stringify(order)}`);
  console.log(`${a} ${order === '0' ? '=' : order === '-1' ? '<' : '>'} ${b}`);
}
