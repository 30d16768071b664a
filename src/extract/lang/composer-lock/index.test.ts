import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { extractorContract } from '../../../../testing/extractor-contract.ts';
import { expectedList, lockReader } from '../../../../testing/lock-files.ts';
import { composerLock } from './index.ts';

const folder = new URL('testdata/composer/', import.meta.url);
const sample = readFileSync(new URL('composer.lock', folder), 'utf8');
const read = lockReader(composerLock, 'composer.lock');

extractorContract(composerLock, import.meta.url, [{ path: 'composer.lock', content: sample }]);

describe('a composer.lock made by Composer', () => {
  it('has the packages that composer show --locked lists, and which are for development', async () => {
    const { lines, gaps } = await read(sample);
    expect(lines).toEqual(expectedList(folder));
    expect(gaps).toEqual([]);
  });

  it('has licences and purls of them', async () => {
    const { packages } = await read(sample);
    expect(packages.find(({ name }) => name === 'acme/log')).toMatchObject({
      purl: 'pkg:composer/acme/log@1.1.4',
      licenses: ['LGPL-2.1-only', 'GPL-3.0-or-later'],
    });
  });
});

describe('malformed', () => {
  it.each(['', '[]', '{}', '{"packages":{}}', sample.slice(0, 900)])('%.20j is no composer.lock', async (text) => {
    expect((await read(text)).gaps).toMatchObject([{ code: 'malformed', params: { what: 'composer.lock' }, incomplete: true }]);
  });

  it.each(['7', '{"name":"x","version":"1.0"}', '{"name":"a/b"}', '{"name":"a/b","version":7}', '{"name":"../b","version":"1"}'])(
    'the package %s is told, and the others are kept',
    async (one) => {
      const { lines, gaps } = await read(`{"packages":[${one},{"name":"acme/log","version":"1.1.4","license":7}],"packages-dev":null}`);
      expect(lines).toEqual(['acme/log 1.1.4']);
      expect(gaps).toMatchObject([{ code: 'malformed', incomplete: true }]);
    },
  );
});
