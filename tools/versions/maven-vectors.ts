/**
 * Prints vectors for src/versions/maven/testdata/maven.txt: random pairs of versions with the answer of Maven's own
 * ComparableVersion. Run: node tools/versions/maven-vectors.ts <maven-artifact.jar> [count] [seed] > the file.
 * Pairs with a null part before a nested list (`1-0-5`, `1-ga-1`) are left out: there Maven's specification and code differ.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { chance } from './pairs.ts';

const [jar, count = '600', seed = '1'] = process.argv.slice(2);
if (!jar) throw new Error('usage: node tools/versions/maven-vectors.ts <maven-artifact.jar> [count] [seed]');

const { pick, below } = chance(Number(seed));
const NUMBERS = ['0', '1', '2', '3', '9', '10', '11', '01', '007', '20190126', '9999999999', '12345678901234567890'];
const WORDS = ['a', 'b', 'm', 'x', 'rc', 'cr', 'RC', 'alpha', 'Beta', 'milestone', 'snapshot', 'SNAPSHOT'];
const MORE_WORDS = ['sp', 'ga', 'GA', 'final', 'Final', 'release', 'foo', 'jre', 'redhat', 'v', 'android', 'incubating'];
const SEPARATORS = ['.', '.', '.', '-', '-', ''];

const pairs: string[] = [];
while (pairs.length < Number(count)) {
  const left = version();
  const right = pick([version, () => change(left)])();
  if (!differs(left) && !differs(right)) pairs.push(`${left}\t${right}`);
}
const oracle = fileURLToPath(new URL('MavenOracle.java', import.meta.url));
process.stdout.write(execFileSync('java', ['-cp', jar, oracle], { input: `${pairs.join('\n')}\n`, encoding: 'utf8' }));

function version(): string {
  let text = pick(NUMBERS);
  const parts = below(5);
  for (let i = 0; i < parts; i++) text += pick(SEPARATORS) + (below(10) < 6 ? pick(NUMBERS) : pick([...WORDS, ...MORE_WORDS]));
  return text;
}

function change(text: string): string {
  const at = below(text.length);
  const edits = [
    () => text + pick(['.0', '-0', '.1', '-1', '-rc', '.Final', '-SNAPSHOT', 'a', '-jre']),
    () => text.slice(0, at) + pick(['1', '.', '-', 'a', '0']) + text.slice(at + 1),
    () => text.toUpperCase(),
    () => text.replace(/\.(?=[a-z])/g, '-'),
  ];
  return pick(edits)();
}

/** True where a null part stands straight before a hyphen, a word, or a change between digits and letters. */
function differs(text: string): boolean {
  const parts = text.toLowerCase().match(/\d+|[^\d.-]+|[.-]/g) ?? [];
  return parts.some((part, i) => {
    const next = parts[i + 1];
    const empty = /^0+$|^(ga|final|release)$/.test(part) || ((part === '-' || part === '.') && (next === '-' || next === '.'));
    const plain = next === '.' && /^[\d.-]/.test(parts[i + 2] ?? '0');
    return empty && (i > 0 || part === '-') && next !== undefined && !plain;
  });
}
