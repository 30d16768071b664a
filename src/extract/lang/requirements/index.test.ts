import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { extractorContract } from '../../../../testing/extractor-contract.ts';
import { expectedList, lockReader } from '../../../../testing/lock-files.ts';
import { gapRecorder, isWanted, mergedView, openFile } from '../../../../testing/open-file.ts';
import { requirements } from './index.ts';

const compiled = readFileSync(new URL('testdata/compiled/requirements.txt', import.meta.url), 'utf8');
const read = lockReader(requirements, 'shop/requirements.txt');

extractorContract(requirements, import.meta.url, [
  { path: 'shop/requirements.txt', content: compiled },
  { path: 'requirements/dev.txt', content: 'pytest==7.1.0\n' },
  { path: 'constraints.txt', content: 'flask==2.0.1\n', empty: true },
]);

/** All packages and gaps of a folder of files. */
async function readAll(files: Readonly<Record<string, string>>) {
  const ctx = gapRecorder();
  const partials = [];
  for (const [path, content] of Object.entries(files)) {
    const partial = await requirements.extract(openFile(path, content), ctx);
    if (partial) partials.push({ path, layer: 0, partial });
  }
  const { packages, gaps } = requirements.settle(mergedView(partials));
  return { lines: packages.map(({ name, version, path }) => `${path} ${name} ${version}`), gaps: [...ctx.gaps, ...(gaps ?? [])] };
}

it('a file that pip-compile wrote holds what pip would install for it', async () => {
  const { packages, lines, gaps } = await read(compiled);
  expect(gaps).toEqual([]);
  expect(lines).toEqual(expectedList(new URL('testdata/compiled/', import.meta.url)));
  expect(packages[0]).toMatchObject({ type: 'pypi', evidence: { kind: 'lock-file', detail: 'requirements.txt' } });
});

describe('names of files', () => {
  const wanted = (path: string) => isWanted(requirements.wants, openFile(path, ''), Buffer.alloc(0));

  it.each(['requirements.txt', 'a/requirements-dev.txt', 'dev_requirements.txt', 'requirements/base.txt', 'Requirements.test.txt'])(
    '%s is one',
    (path) => expect(wanted(path)).toBe(true),
  );
  it.each(['readme.txt', 'requirementsx.txt', 'requirements.in', 'venv/lib/site-packages/x/requirements.txt'])('%s is none', (path) =>
    expect(wanted(path)).toBe(false),
  );
  it.each([
    ['requirements-dev.txt', true],
    ['requirements/test.txt', true],
    ['dev/requirements.txt', undefined],
    ['requirements.txt', undefined],
    ['requirements/device.txt', undefined],
  ])('%s: dev %s', async (path, dev) => {
    expect((await read('x==1', path)).packages[0]?.dev).toBe(dev);
  });
});

describe('lines that pin', () => {
  it.each([
    ['Flask==2.0.1', 'Flask 2.0.1'],
    ['requests[socks,security] == 2.25.0 ; python_version >= "3.6"', 'requests 2.25.0'],
    ['x===1.0-weird', 'x 1.0-weird'],
    ['x (==1.0)', 'x 1.0'],
    ['x>=0.9,==1.0', 'x 1.0'],
    ['x==1!2.0+local.1', 'x 1!2.0+local.1'],
    ['x==1.0 --hash=sha256:abc', 'x 1.0'],
    ['x==1.0 # comment', 'x 1.0'],
    ['x==1.0 \\\n    --hash=sha256:abc \\\n    --hash=sha256:def\n    # via y', 'x 1.0'],
    ['x @ https://example.com/x-1.2.3-py3-none-any.whl', 'x 1.2.3'],
    ['https://example.com/x-1.2.3-py3-none-any.whl#sha256=abc', 'x 1.2.3'],
    ['./wheels/x-1.2.3-py3-none-any.whl', 'x 1.2.3'],
    ['x @ git+https://example.com/x@v1', 'x '],
    ['-e git+https://example.com/x#egg=x', 'x '],
    ['\ufeffx==1.0\r\n', 'x 1.0'],
  ])('%j', async (line, expected) => {
    expect(await read(line)).toMatchObject({ lines: [expected], gaps: [] });
  });

  it('may be in UTF-16', async () => {
    expect(await read(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('x==1.0\r\n', 'utf16le')]))).toMatchObject({
      lines: ['x 1.0'],
    });
  });

  it.each(['', '# only this', '-e .', './lib', '--index-url https://example.com/simple', '-f wheels', '--no-binary :all:'])(
    '%j is none and hides none',
    async (line) => {
      expect(await read(line)).toMatchObject({ packages: [], gaps: [] });
    },
  );
});

describe('lines that do not pin', () => {
  it.each(['x', 'x>=1.0', 'x~=1.0', 'x==1.*', 'x!=1.0', 'x; sys_platform == "win32"'])('%s is a gap', async (line) => {
    expect(await read(line)).toMatchObject({ packages: [], gaps: [{ code: 'no-version', params: { what: 'x' }, incomplete: true }] });
  });

  it('are one gap a file', async () => {
    expect((await read('a\nb\nc\nd\ne\nf\ng\nh==1\n')).gaps).toMatchObject([{ params: { what: 'a, b, c, d, e and 2 more' } }]);
  });

  it('are packages where a constraints file pins them, for included files too', async () => {
    const files = {
      'requirements.txt': '-r requirements/base.txt\n-c constraints.txt\nFlask-Login\n',
      'requirements/base.txt': 'werkzeug>=1\nother\n',
      'constraints.txt': 'flask_login==0.5\nwerkzeug==2.0.0\nunused==9\n',
    };
    expect(await readAll(files)).toMatchObject({
      lines: ['requirements.txt Flask-Login 0.5', 'requirements/base.txt werkzeug 2.0.0'],
      gaps: [{ code: 'no-version', params: { what: 'other' } }],
    });
  });
});

describe('included files', () => {
  it('list their packages at their own path, and may include each other', async () => {
    const files = {
      'a/requirements.txt': '-r base-requirements.txt\nx==1\n',
      'a/base-requirements.txt': '--requirement=requirements.txt\ny==2\n',
    };
    expect(await readAll(files)).toEqual({ lines: ['a/base-requirements.txt y 2', 'a/requirements.txt x 1'], gaps: [] });
  });

  it.each(['-r ../other/requirements.txt', '-rother.txt', '-r https://example.com/requirements.txt', '-c gone.txt'])(
    '%s: one that is not there is a gap',
    async (line) => {
      expect((await read(line)).gaps).toMatchObject([{ code: 'not-here', incomplete: true }]);
    },
  );
});

describe('malformed lines', () => {
  it.each(['<<<<<<< HEAD', 'x y z', '\0\0\0', 'import os', '{"a": 1}'])('%j is a gap', async (line) => {
    expect(await read(`${line}\nx==1`)).toMatchObject({ lines: ['x 1'], gaps: [{ code: 'malformed', incomplete: true }] });
  });

  it('endless ones are read to their end', async () => {
    const hashes = await read(`x==1 \\\n${'--hash=sha256:0 \\\n'.repeat(100_000)}`);
    expect(hashes).toMatchObject({ lines: ['x 1'] });
    const long = await read(`x${'[a'.repeat(500_000)}\n${'-r '.repeat(500_000)}\n${'a-'.repeat(500_000)}\n${' '.repeat(500_000)}x`);
    expect(long).toMatchObject({ lines: [], gaps: [{ code: 'malformed' }, { code: 'no-version' }, { code: 'not-here' }] });
  });
});
