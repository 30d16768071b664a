/**
 * Prints vectors for src/versions/rpm/testdata/vectors.txt: random pairs of versions with the answer of rpm's own Lua function
 * `rpm.vercmp`. Needs rpm 4.16 or newer (older ones compare without epoch and release).
 * Run: node tools/versions/rpm-vectors.ts [count] [seed] > the file.
 */
import { spawnSync } from 'node:child_process';
import { chance, pairs } from './pairs.ts';

const [count = '500', seed = '1'] = process.argv.slice(2);
const random = chance(Number(seed));
const { pick, below } = random;

const EPOCHS = ['', '', '', '', '0:', '1:', '2:', '007:', ':', 'a:'];
const NUMBERS = ['0', '1', '2', '9', '10', '00', '01', '010', '2024', '20240101120000', '12345678901234567890'];
const WORDS = ['a', 'b', 'rc', 'beta', 'Z', 'git', 'el9', 'fc40', 'amzn2023', 'module', 'é'];
const SEPARATORS = ['.', '.', '+', '~', '~~', '^', '^^', '-', '', ':', '_', '..'];

function version(): string {
  let text = pick(EPOCHS) + pick(NUMBERS);
  for (let parts = below(5); parts > 0; parts--) text += pick(SEPARATORS) + pick(below(3) === 0 ? WORDS : NUMBERS);
  return below(2) === 0 ? text : `${text}-${pick(NUMBERS)}${pick(['', '', '.el9_4', '~bpo', '^1', '.1', '.module+el8.9.0+1+ab'])}`;
}

/** One run of rpm for all of them: it takes a tenth of a second to start. */
function answers(all: readonly (readonly [string, string])[]): string[] {
  const script = all.map(([a, b]) => `print(rpm.vercmp('${a}', '${b}') .. '\\n')`).join(' ');
  const { stdout, stderr } = spawnSync('rpm', ['--eval', `%{lua:${script}}`], { encoding: 'utf8' });
  const lines = stdout.trim().split(/\s+/);
  if (lines.length !== all.length) throw new Error(`rpm answered ${lines.length} of ${all.length} pairs: ${stderr}`);
  return lines;
}

const all = pairs(Number(count), random, version, ['', '~', '^', '+', '0', '1', 'a', '-', '.', '~rc1', '^git1']);
const orders = answers(all);
for (const [i, [a, b]] of all.entries()) console.log(`${a} ${orders[i] === '0' ? '=' : orders[i] === '-1' ? '<' : '>'} ${b}`);
