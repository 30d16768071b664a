import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';

let root = '';
let folder = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'plimsoll-code-'));
  folder = join(root, 'compiled');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const LARGE = `function later() { return [${Array.from({ length: 400 }, (_, i) => `(x) => x + ${i}`).join(', ')}].reduce((sum, f) => f(sum), 0); }`;

/** Runs a program in a process of its own; what it printed. */
function run({ code = 0, deep = false, hash = 'ab'.repeat(32), says = 'hello' } = {}): string {
  const file = join(root, 'program.cjs');
  writeFileSync(
    file,
    `${LARGE}\nconst { argv } = require('node:process');
     process.stdout.write('${says} ' + (process.env.DEEP ? later() : typeof later) + ' ' + (__filename === ${JSON.stringify(file)}));
     process.exitCode = ${code}; exports.done = module !== argv;`,
  );
  const options = `{ file: ${JSON.stringify(file)}, folder: ${JSON.stringify(folder)}, hash: '${hash}', kind: 'test', isWhole: (code) => code === 0 }`;
  const script = `import { runCompiled } from ${JSON.stringify(pathToFileURL(join(import.meta.dirname, 'code-cache.ts')).href)}; runCompiled(${options});`;
  try {
    return execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: deep ? { DEEP: '1' } : {},
    });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

const kept = (): string[] => readdirSync(folder).map((name) => join(folder, name));
const one = (): string => kept()[0] ?? '';
/** How often what is kept has grown, 3 for full. */
const age = (): number => readFileSync(one()).readUInt8(4);

it('keeps what a run has compiled, more where a later one compiles more, and then no more', () => {
  expect(run()).toBe('hello function true');
  expect([kept().length, age(), statSync(one()).mode & 0o777]).toEqual([1, 1, 0o600]);
  const small = statSync(one()).size;
  expect(run({ deep: true })).toBe('hello 79800 true');
  expect(age()).toBe(2);
  expect(statSync(one()).size).toBeGreaterThan(small * 1.5);
  expect(run({ deep: true })).toBe('hello 79800 true');
  expect(age()).toBe(3);
  const { ino } = statSync(one());
  expect(run({ deep: true })).toBe('hello 79800 true');
  expect(statSync(one()).ino).toBe(ino);
});

it('keeps nothing of a run that failed', () => {
  expect(run({ code: 2 })).toBe('hello function true');
  expect(() => readdirSync(folder)).toThrow('ENOENT');
});

it.each([
  ['torn', (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1)],
  ['empty', () => Buffer.alloc(0)],
  ['changed', (bytes: Buffer) => Buffer.from(bytes.map((byte, i) => (i === bytes.length >> 1 ? byte ^ 1 : byte)))],
])('makes anew what is %s', (_what, damage) => {
  run();
  const whole = readFileSync(one());
  writeFileSync(one(), damage(whole), { mode: 0o600 });
  expect(run()).toBe('hello function true');
  expect([readFileSync(one()).length, age()]).toEqual([whole.length, 1]);
});

it('never runs the code of another program, even of one as long', () => {
  expect(run({ says: 'hello' })).toBe('hello function true');
  expect(run({ says: 'other', hash: 'cd'.repeat(32) })).toBe('other function true');
  expect(kept()).toHaveLength(2);
});

it('uses no folder and no file that others may write to', () => {
  run();
  const { ino } = statSync(one());
  chmodSync(one(), 0o622);
  expect(run({ deep: true })).toBe('hello 79800 true');
  // Not taken as it was: made anew.
  expect([age(), statSync(one()).ino === ino]).toEqual([1, false]);
  rmSync(one());
  chmodSync(folder, 0o777);
  expect(run()).toBe('hello function true');
  expect(kept()).toEqual([]);
});
