/**
 * Holds our parser and rules against BuildKit's own tests: `judge-buildkit.ts <checkout of moby/buildkit>`. The parser's trees are
 * compared with those in frontend/dockerfile/parser/testfiles, its refusals with testfiles-negative, and our findings with the warnings
 * that dockerfile_check_test.go expects. Prints figures and disagreements; nothing of it is kept here.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Instruction } from '../../src/checks/dockerfile/document.ts';
import { dockerfileChecker } from '../../src/checks/dockerfile/index.ts';
import { parseDockerfile } from '../../src/checks/dockerfile/parser/parse.ts';
import { type CheckTest, readCheckTests } from './buildkit-checks.ts';

const checkout = process.argv[2];
if (!checkout) throw new Error('usage: judge-buildkit.ts <checkout of moby/buildkit>');
const base = join(checkout, 'frontend/dockerfile');

judgeTrees();
judgeRefusals();
judgeChecks();

function judgeTrees(): void {
  const folder = join(base, 'parser/testfiles');
  let same = 0;
  const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'result')));
  for (const name of names) {
    const text = readFileSync(join(folder, name, 'Dockerfile'), 'utf8');
    const expected = readFileSync(join(folder, name, 'result'), 'utf8').trim();
    const tree = parseDockerfile({ path: 'Dockerfile', text }).instructions.map((instruction) => `(${dump(instruction)})`);
    const met = tree.join('\n').trim();
    if (met === expected) same++;
    else {
      const lines = expected.split('\n');
      const at = met.split('\n').findIndex((line, index) => line !== lines[index]);
      console.log(`tree ${name} line ${at + 1}\n  expected ${lines[at]}\n  met      ${met.split('\n')[at]}`);
    }
  }
  console.log(`parser: ${same} of ${names.length} trees are the same`);
}

/** As BuildKit prints its tree. */
function dump(instruction: Instruction): string {
  const flags = instruction.flags.map((flag) => quote(flag.value === undefined ? `--${flag.name}` : `--${flag.name}=${flag.value}`));
  const head = instruction.written.text.toLowerCase() + (flags.length > 0 ? ` [${flags.join(' ')}]` : '');
  if (instruction.trigger) return `${head} (${dump(instruction.trigger)})`;
  return [head, ...parts(instruction).map(quote)].join(' ');
}

function parts(instruction: Instruction): string[] {
  const { keyword, pairs, words, type } = instruction;
  if (keyword === 'ENV' || keyword === 'LABEL') {
    return pairs.flatMap((pair) => [pair.key.text, pair.value?.text ?? '', pair.legacy ? '' : '=']);
  }
  if (keyword === 'ARG') return pairs.map((pair) => (pair.value ? `${pair.key.text}=${pair.value.text}` : pair.key.text));
  return [...(type ? [type.text] : []), ...words.map((word) => word.text)];
}

function quote(text: string): string {
  return JSON.stringify(text).replace(/\\u00([01][0-9a-f])/g, '\\x$1');
}

function judgeRefusals(): void {
  const folder = join(base, 'parser/testfiles-negative');
  const names = readdirSync(folder);
  let refused = 0;
  for (const name of names) {
    const text = readFileSync(join(folder, name, 'Dockerfile'), 'utf8');
    if (parseDockerfile({ path: 'Dockerfile', text }).problems.length > 0) refused++;
    else console.log(`not refused: ${name}`);
  }
  console.log(`parser: ${refused} of ${names.length} malformed files are refused`);
}

function judgeChecks(): void {
  const tests = readCheckTests(readFileSync(join(base, 'dockerfile_check_test.go'), 'utf8'));
  const names = new Set(dockerfileChecker.rules.flatMap((rule) => rule.aliases));
  let [caught, missed, extra, clean] = [0, 0, 0, 0];
  for (const test of tests) {
    const met = findings(test, names);
    const wanted = new Set(test.warnings.filter((name) => names.has(name.split(':')[0]!)).map((name) => atStart(name, test.dockerfile)));
    const more = [...met].filter((one) => !wanted.has(one));
    const less = [...wanted].filter((one) => !met.has(one));
    caught += wanted.size - less.length;
    missed += less.length;
    extra += more.length;
    if (more.length === 0) clean++;
    if (more.length + less.length > 0)
      console.log(`check at line ${test.line}: missed ${less.join(' ') || '-'}, extra ${more.join(' ') || '-'}`);
  }
  console.log(
    `checks: of ${caught + missed} warnings in ${tests.length} tests ${caught} are found, ${extra} are ours alone; ${clean} tests without any of these`,
  );
}

/** `Rule:line` of what Docker has a name for. */
function findings(test: CheckTest, names: ReadonlySet<string>): Set<string> {
  const context = { read: (path: string) => (path === '.dockerignore' ? test.ignore : undefined) };
  const enabled = new Set(dockerfileChecker.rules.map((rule) => rule.id));
  const all = dockerfileChecker.check({ path: 'Dockerfile', text: test.dockerfile }, context, enabled);
  const met = new Set<string>();
  for (const finding of all) {
    const name = finding.aliases.find((alias) => /^[A-Z][a-z]+[A-Z]|^[A-Z]+[A-Z][a-z]/.test(alias) && names.has(alias));
    const line = test.dockerfile.slice(0, offset(test.dockerfile, finding.location.line ?? 1)).split('\n').length;
    if (name && !finding.suppressed) met.add(`${name}:${line}`);
  }
  return met;
}

/** Docker names the first line of an instruction, but for empty lines in it the last one. */
function atStart(name: string, text: string): string {
  const [rule, line] = name.split(':');
  return `${rule}:${text.slice(0, offset(text, Number(line))).split('\n').length}`;
}

function offset(text: string, line: number): number {
  const start = parseDockerfile({ path: 'Dockerfile', text }).instructions.find((one) => line - 1 >= one.line && line - 1 <= one.endLine);
  return start
    ? start.start
    : text
        .split('\n')
        .slice(0, line - 1)
        .join('\n').length + (line > 1 ? 1 : 0);
}
