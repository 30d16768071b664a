import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { extractorContract } from '../../../../testing/extractor-contract.ts';
import { expectedList, lockReader } from '../../../../testing/lock-files.ts';
import { npmLock } from './index.ts';

const sample = (version: string): string => readFileSync(new URL(`testdata/${version}/package-lock.json`, import.meta.url), 'utf8');
const VERSIONS = ['v1', 'v2', 'v3'];
const read = lockReader(npmLock, 'shop/package-lock.json');

extractorContract(
  npmLock,
  import.meta.url,
  VERSIONS.map((version) => ({ path: `${version}/package-lock.json`, content: sample(version) })),
);

describe('files that npm wrote', () => {
  it.each(VERSIONS)('%s holds what `npm query` lists', async (version) => {
    const { lines, gaps } = await read(sample(version));
    expect(gaps).toEqual([]);
    expect(lines).toEqual(expectedList(new URL(`testdata/${version}/`, import.meta.url)));
  });

  it('tell what the project and its workspaces ask for, and licences', async () => {
    const { packages } = await read(sample('v3'));
    const direct = packages.filter(({ role }) => role === 'direct').map(({ name, version }) => `${name} ${version}`);
    expect(direct).toEqual([
      '@babel/code-frame 7.0.0',
      'debug 4.1.0',
      'fsevents 2.3.2',
      'lodash 4.17.15',
      'minimist 1.2.5',
      'mkdirp 0.5.5',
      'ms 2.0.0',
      'supports-color 5.5.0',
      'lodash 4.17.20',
    ]);
    expect(packages.find(({ name }) => name === 'lodash')).toMatchObject({
      purl: 'pkg:npm/lodash@4.17.15',
      licenses: ['MIT'],
      evidence: { kind: 'lock-file', detail: 'package-lock.json' },
    });
  });
});

describe('what a version may be', () => {
  const v1 = (version: unknown) => read(JSON.stringify({ lockfileVersion: 1, dependencies: { x: { version } } }));

  it.each([
    ['1.0.0', ['x 1.0.0']],
    ['npm:@a/b@2.0.0', ['@a/b 2.0.0']],
    ['file:../x', []],
    ['git+ssh://git@example.com/x.git#abc', ['x ']],
    ['https://example.com/x-1.0.0.tgz', ['x ']],
  ])('%s', async (version, expected) => {
    expect(await v1(version)).toMatchObject({ lines: expected, gaps: [] });
  });

  it('leaves links and local folders out', async () => {
    const packages = { '': {}, 'lib': { version: '1.0.0' }, 'node_modules/lib': { link: true }, '../y': { version: '1.0.0' } };
    expect(await read(JSON.stringify({ lockfileVersion: 3, packages }))).toMatchObject({ lines: [], gaps: [] });
  });
});

describe('malformed files', () => {
  it.each(['', '[]', 'null', '{', '{"packages":7}', '{"name":"x"}', sample('v3').slice(0, 500)])('%# is a gap', async (text) => {
    expect(await read(text)).toMatchObject({ packages: [], gaps: [{ code: 'malformed', incomplete: true }] });
  });

  it('an empty project is none', async () => {
    expect(await read('{"name":"x","lockfileVersion":1}')).toMatchObject({ packages: [], gaps: [] });
  });

  it('entries that cannot be read are counted, the others kept', async () => {
    const packages = {
      'node_modules/a': { version: '1.0.0' },
      'node_modules/b': { version: 7 },
      'node_modules/c': 'x',
      'node_modules/../d': { version: '1.0.0' },
      'node_modules/e': { version: '1 or 2' },
    };
    expect(await read(JSON.stringify({ lockfileVersion: 3, packages }))).toMatchObject({
      lines: ['a 1.0.0'],
      gaps: [{ params: { what: '4 entries of package-lock.json' }, incomplete: true }],
    });
  });

  it('no tree is too deep', async () => {
    const text = `{"dependencies":${'{"a":{"version":"1.0.0","dependencies":'.repeat(3000)}{}${'}}'.repeat(3000)}}`;
    expect(await read(text)).toMatchObject({ gaps: [{ incomplete: true }] });
  });
});

it('takes only the lock files of the project', () => {
  const accept = (path: string) => npmLock.wants.accept?.(Buffer.alloc(0), { path, size: 0, mode: 0o644, uid: 0, gid: 0 });
  expect(accept('package-lock.json')).toBe(true);
  expect(accept('web/package-lock.json')).toBe(true);
  expect(accept('web/node_modules/x/package-lock.json')).toBe(false);
  expect(accept('.git/package-lock.json')).toBe(false);
});
