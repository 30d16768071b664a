import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { extractorContract } from '../../../../testing/extractor-contract.ts';
import { expectedList, lockReader } from '../../../../testing/lock-files.ts';
import { isWanted, mergedView, openFile } from '../../../../testing/open-file.ts';
import { composer } from './index.ts';

const folder = new URL('testdata/composer/', import.meta.url);
const sample = readFileSync(new URL('installed.json', folder), 'utf8');
/** Composer 1 wrote the list alone. */
const first = JSON.stringify((JSON.parse(sample) as { packages: unknown }).packages);
const path = 'srv/app/vendor/composer/installed.json';
const read = lockReader(composer, path);

extractorContract(composer, import.meta.url, [
  { path, content: sample },
  { path: 'app/libs/composer/installed.json', content: first },
]);

describe('an installed.json made by Composer', () => {
  it.each([
    ['2', sample],
    ["1 (2's list, in the form of 1)", first],
  ])('%s', async (_, content) => {
    const { lines, packages, gaps } = await read(content);
    expect(lines).toEqual(expectedList(folder));
    expect(gaps).toEqual([]);
    expect(packages.find(({ name }) => name === 'acme/log')).toMatchObject({
      purl: 'pkg:composer/acme/log@1.1.4',
      licenses: ['LGPL-2.1-only', 'GPL-3.0-or-later'],
    });
  });

  it('is another file elsewhere', () => {
    for (const other of ['installed.json', 'srv/installed.json', 'srv/xcomposer/installed.json']) {
      expect(isWanted(composer.wants, openFile(other, sample), Buffer.from(sample))).toBe(false);
    }
  });
});

it('names the layer that brought the package', () => {
  const one = { name: 'a/b', version: '1.0.0' };
  const view = mergedView([
    { path, layer: 0, partial: { packages: [one] } },
    { path, layer: 1, partial: { packages: [one, { name: 'a/c', version: '1.0.0' }] } },
  ]);
  expect(composer.settle(view).packages.map(({ layer }) => layer)).toEqual([0, 1]);
});

describe('malformed', () => {
  it.each(['', '{}', '7', '{"packages":{}}', '[', sample.slice(0, 300)])('%.20j', async (text) => {
    expect((await read(text)).gaps).toEqual([{ code: 'malformed', params: { what: 'installed.json' }, incomplete: true }]);
  });

  it.each(['7', '{"name":"a/b"}', '{"name":"b","version":"1.0"}', '{"name":"a/b","version":7}', '{"name":"../b","version":"1"}'])(
    'the package %s is told, and the others are kept',
    async (one) => {
      const { lines, gaps } = await read(`[${one},{"name":"acme/log","version":"1.1.4","license":7}]`);
      expect(lines).toEqual(['acme/log 1.1.4']);
      expect(gaps).toMatchObject([{ code: 'malformed', incomplete: true }]);
    },
  );

  it('too large', async () => {
    expect((await read(' '.repeat((32 << 20) + 1))).gaps).toMatchObject([{ code: 'too-large', incomplete: true }]);
  });
});
