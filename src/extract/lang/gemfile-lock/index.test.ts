import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { extractorContract } from '../../../../testing/extractor-contract.ts';
import { expectedList, lockReader } from '../../../../testing/lock-files.ts';
import { gemfileLock } from './index.ts';

const folder = new URL('testdata/bundler/', import.meta.url);
const sample = readFileSync(new URL('Gemfile.lock', folder), 'utf8');
const read = lockReader(gemfileLock, 'Gemfile.lock');

extractorContract(gemfileLock, import.meta.url, [
  { path: 'Gemfile.lock', content: sample },
  { path: 'shop/gems.locked', content: sample },
]);

describe('a Gemfile.lock made by Bundler', () => {
  it('has the gems that Bundler reads in it, each once for all platforms, none of the project itself', async () => {
    const { lines, gaps } = await read(sample);
    expect(lines).toEqual(expectedList(folder));
    expect(gaps).toEqual([]);
  });

  it('tells what the Gemfile asks for', async () => {
    const { packages } = await read(sample);
    const direct = packages.filter(({ role }) => role === 'direct').map(({ name }) => name);
    expect(direct.sort()).toEqual(['acme-native', 'acme-unit', 'acme-web', 'acme_log', 'from-git']);
    expect(packages.find(({ name }) => name === 'acme_log')?.purl).toBe('pkg:gem/acme_log@1.4.0.pre2');
  });
});

it('reads a gem without dependencies on anything, and sections that it does not know', async () => {
  const text =
    'GEM\r\n  specs:\r\n    rake (13.0.6)\r\n\r\nCHECKSUMS\r\n  rake (13.0.6) sha256=00\r\n\r\nDEPENDENCIES\r\n  rake (~> 13)\r\n';
  expect(await read(text)).toMatchObject({ lines: ['rake 13.0.6'], gaps: [] });
});

describe('malformed', () => {
  it.each(['', '{}', 'no lock\n', '  specs:\n'])('%j is no Gemfile.lock', async (text) => {
    expect((await read(text)).gaps).toMatchObject([{ code: 'malformed', params: { what: 'Gemfile.lock' }, incomplete: true }]);
  });

  it.each([
    ['a gem without a version', 'GEM\n  specs:\n    rake (13.0.6)\n    rack\n\nDEPENDENCIES\n  rake\n'],
    ['the marks of a merge', 'GEM\n  specs:\n<<<<<<< HEAD\n    rake (13.0.6)\n=======\n\nDEPENDENCIES\n  rake\n'],
    ['an end before the dependencies', 'GEM\n  specs:\n    rake (13.0.6)\n'],
  ])('%s keeps the others and is told', async (_, text) => {
    const { lines, gaps } = await read(text);
    expect(lines).toEqual(['rake 13.0.6']);
    expect(gaps).toMatchObject([{ code: 'malformed', incomplete: true }]);
  });
});
