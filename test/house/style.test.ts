import { describe, expect, it } from 'vitest';
import { projectFiles, read } from './files.ts';

const files = projectFiles();
const sources = files.filter((file) => /\.(ts|mjs|sh)$/.test(file) && !file.includes('/testdata/'));

/** Files that may be longer, each with its reason. */
const LONGER: Readonly<Record<string, string>> = {};
const LIMIT = 400;

function lines(file: string): number {
  return read(file).split('\n').length - 1;
}

describe('source files', () => {
  it(`have at most ${LIMIT} lines, but for a named few`, () => {
    expect(sources.filter((file) => lines(file) > LIMIT && !(file in LONGER)).map((file) => `${file}: ${lines(file)}`)).toEqual([]);
    expect(Object.keys(LONGER).filter((file) => !files.includes(file) || lines(file) <= LIMIT)).toEqual([]);
  });

  it('have at most 280 lines in nine of ten', () => {
    const long = sources.filter((file) => lines(file) > 280);
    expect(long.length, long.join(', ')).toBeLessThanOrEqual(sources.length / 10);
  });

  it('are named in kebab-case', () => {
    const odd = files.filter((file) => file.startsWith('src/') && file.endsWith('.ts') && !/^[a-z0-9.-]+$/.test(file.split('/').at(-1)!));
    expect(odd).toEqual([]);
  });

  it('take the clock and randomness from where they are injected', () => {
    // `now ?? new Date()` is the default of an injected clock; src/cli is where it is real.
    const free = /(?<!\?\? )\b(Date\.now\(\)|new Date\(\)|Math\.random\(\))/;
    const code = sources.filter((file) => file.startsWith('src/') && !file.startsWith('src/cli/') && !file.endsWith('.test.ts'));
    const takers = code.filter((file) => free.test(read(file)));
    expect(takers).toEqual([]);
  });

  it('have no test that is switched off, narrowed or left to do', () => {
    const off = /\b(it|test|describe)\.(only|skip|todo)\(/;
    expect(sources.filter((file) => off.test(read(file).replace(/\/.*\/[a-z]*;/g, '')))).toEqual([]);
  });
});

describe('the repository', () => {
  const texts = files.filter(
    (file) => /\.(ts|mjs|sh|md|json|ya?ml|txt|tsv)$|(^|\/)(run|plimsoll|Dockerfile)$/.test(file) && !file.includes('/testdata/'),
  );

  it('holds no path of somebody else’s machine', () => {
    const machine = /(^|[\s'"`(=])(\/(home|Users)\/(?!you\b)[a-z]|\/work\/|\/farm\/|[A-Z]:\\Users)/m;
    expect(texts.filter((file) => machine.test(withoutSamples(read(file))))).toEqual([]);
  });

  it('holds no registry host but public ones', () => {
    const host = /https?:\/\/(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|[a-z0-9.-]+\.internal[:/]|localhost:4873)/;
    expect(texts.filter((file) => host.test(withoutSamples(read(file))))).toEqual([]);
  });

  it('holds no file over 1 MB but the starter database', () => {
    const big = files.filter((file) => !file.startsWith('data/') && read(file).length > 1_000_000);
    expect(big).toEqual([]);
  });
});

/** The text without the values that a test makes up: lines marked `// sample`, and this file's own patterns. */
function withoutSamples(text: string): string {
  return text
    .split('\n')
    .filter((line) => !line.includes('// sample') && !/const (machine|host) = \//.test(line))
    .join('\n');
}
