/**
 * Prints vectors for src/versions/dpkg/testdata/vectors.txt: random pairs of versions with the answer of
 * `dpkg --compare-versions`; pairs that dpkg refuses are commented out. Needs dpkg.
 * Run: node tools/versions/dpkg-vectors.ts [count] [seed] > the file.
 */
import { spawnSync } from 'node:child_process';
import { chance, pairs } from './pairs.ts';

const [count = '300', seed = '1'] = process.argv.slice(2);
const random = chance(Number(seed));
const { pick, below } = random;

const EPOCHS = ['', '', '', '', '0:', '1:', '2:', '007:'];
const NUMBERS = ['0', '1', '2', '9', '10', '00', '01', '010', '2024', '20240101120000', '12345678901234567890'];
const WORDS = ['a', 'b', 'rc', 'beta', 'Z', 'dfsg', 'git', 'ubuntu', 'deb12u', 'bpo'];
const SEPARATORS = ['.', '.', '+', '~', '~~', '-', '', ':', '_'];

function version(): string {
  let text = pick(EPOCHS) + pick(NUMBERS);
  for (let parts = below(5); parts > 0; parts--) text += pick(SEPARATORS) + pick(below(3) === 0 ? WORDS : NUMBERS);
  return below(2) === 0 ? text : `${text}-${pick(NUMBERS)}${pick(['', '', '+b1', '~bpo12+1', 'ubuntu0.1', '.1'])}`;
}

function holds(a: string, operator: string, b: string): boolean | undefined {
  const { status } = spawnSync('dpkg', ['--compare-versions', a, operator, b], { stdio: 'ignore' });
  return status === 0 ? true : status === 1 ? false : undefined;
}

for (const [a, b] of pairs(Number(count), random, version, ['', '~', '+', '0', '1', 'a', '-', '.', '~rc1'])) {
  const less = holds(a, 'lt', b);
  if (less === undefined) console.log(`# dpkg refuses one of: ${a} ${b}`);
  else console.log(`${a} ${less ? '<' : holds(a, 'eq', b) ? '=' : '>'} ${b}`);
}
