/**
 * Prints random pairs of versions, `a b` on a line, for the oracles beside this file, which answer `a < b`.
 * Run: node tools/versions/random-pairs.ts crates|hex|conan|cran|hackage [count] [seed].
 */
import { chance, pairs } from './pairs.ts';

const [kind = '', count = '400', seed = '1'] = process.argv.slice(2);
const random = chance(Number(seed));
const { pick, below } = random;

const NUMBERS = ['0', '1', '2', '9', '10', '99', '2024', '20240101120000'];
const SMALL = ['0', '1', '2', '9', '10', '99', '2024'];
const WORDS = ['a', 'b', 'rc', 'alpha', 'beta', 'B', 'x-y', '1a', '-', '10', '0', '2'];

const KINDS: Readonly<Record<string, { version: () => string; inserts: readonly string[] }>> = {
  crates: { version: semver, inserts: ['', '0', '1', '-a', '.0', '+b', '-', '.', '-0', '.a'] },
  hex: { version: semver, inserts: ['', '0', '1', '-a', '.0', '+b', '-', '.', '-0', '.a'] },
  conan: { version: conan, inserts: ['', '0', '1', '-', '.', '+', 'a', '_', '.0'] },
  cran: { version: () => numbers(['.', '-']), inserts: ['', '0', '1', '.0', '-0', '.', '-'] },
  hackage: { version: () => numbers(['.']), inserts: ['', '0', '1', '.0', '.', '.1'] },
};

const found = KINDS[kind];
if (!found) throw new Error(`one of: ${Object.keys(KINDS).join(' ')}`);
for (const [a, b] of pairs(Number(count), random, found.version, found.inserts)) console.log(`${a} ${b}`);

function semver(): string {
  let text = `${pick(NUMBERS)}.${pick(NUMBERS)}.${pick(NUMBERS)}`;
  if (below(2) === 0) text += `-${list(WORDS)}`;
  return below(5) === 0 ? `${text}+${list(WORDS)}` : text;
}

function conan(): string {
  let text = list(['1', '0', '2', '10', '09', 'a', 'b', '1a', '1_0', 'cci']);
  if (below(3) === 0) text += `-${list(['rc', 'alpha', '1', '0', 'rc1', '-2', ''])}`;
  return below(4) === 0 ? `${text}+${list(['1', '0', 'b', '3a'])}` : text;
}

function list(from: readonly string[]): string {
  return Array.from({ length: 1 + below(4) }, () => pick(from)).join('.');
}

function numbers(separators: readonly string[]): string {
  let text = pick(SMALL);
  for (let more = 1 + below(4); more > 0; more--) text += pick(separators) + pick(SMALL);
  return text;
}
