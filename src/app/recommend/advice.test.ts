import { describe, expect, it } from 'vitest';
import type { InstallFacts, NpmManifest, PypiMetadata } from './facts.ts';
import { npmAdvice } from './npm-advice.ts';
import { pypiAdvice } from './pypi-advice.ts';

const facts = (more: Partial<InstallFacts>): InstallFacts => ({ apt: [], apk: [], rpm: 0, npm: [], pypi: [], ...more });
const manifest = (folder: string, dependencies: Record<string, string> = {}): NpmManifest => ({
  folder,
  name: folder.replace(/^.*node_modules\//, ''),
  dependencies,
});
const at = (folder: string): string[] => [`${folder}/package.json`];

/** `srv` asks for `top`, that for `mid`, that for an old `deep`. */
const CHAIN = [
  manifest('srv', { top: '^1.0.0' }),
  manifest('srv/node_modules/top', { mid: '^1.0.0' }),
  manifest('srv/node_modules/mid', { deep: '~1.0.0' }),
];

describe('a package of npm that another one keeps back', () => {
  const advised = (npm: readonly NpmManifest[], name = 'deep', place = 'srv/node_modules/deep') =>
    npmAdvice(name, '1.2.0', at(place), facts({ npm }));

  it('goes with that one, where the project asks for it', () => {
    const npm = [manifest('srv', { mid: '^1.0.0' }), CHAIN[2]!];
    expect(advised(npm)).toMatchObject([{ code: 'npm-parent', command: 'npm install mid@latest', parents: 'mid', brings: ['mid'] }]);
  });

  it('is overridden below it, where something else brings it', () => {
    const command = 'npm pkg set overrides.mid.deep=1.2.0 && npm install';
    expect(advised(CHAIN)).toEqual([{ code: 'npm-override', parents: 'mid', direct: 'top', command, words: ['overrides.mid.deep=1.2.0'] }]);
  });

  it('is overridden below each, and updated where the project asks for an old one too', () => {
    const npm = [manifest('srv', { top: '1', other: '1', deep: '1.0.0' }), ...CHAIN.slice(1), manifest('srv/node_modules/other', { deep: '1.0.0' })];
    expect(advised(npm)).toMatchObject([
      { code: 'npm-override', parents: 'mid, other', direct: 'other, top', command: 'npm pkg set overrides.mid.deep=1.2.0 overrides.other.deep=1.2.0 && npm install' },
      { code: 'npm-direct', command: 'npm install deep@1.2.0' },
    ]);
  }); // biome-ignore format: short

  it('goes with that one, where no project tells what it asks for', () => {
    expect(advised(CHAIN.slice(1))).toMatchObject([{ code: 'npm-parent', command: 'npm install mid@latest' }]);
  });

  it('does not end in packages that ask for each other', () => {
    const npm = [...CHAIN, manifest('srv/node_modules/deep', { top: '1', mid: '1' })];
    expect(advised(npm)).toMatchObject([{ code: 'npm-override', direct: 'top' }]);
  });

  it('has no command where its name would be another path in package.json', () => {
    const npm = [CHAIN[0]!, CHAIN[1]!, manifest('srv/node_modules/mid', { 'de.ep': '1.0.0' })];
    expect(advised(npm, 'de.ep', 'srv/node_modules/de.ep')).toMatchObject([{ code: 'npm-override', words: undefined }]);
  });
});

describe('a package of Python that another one keeps back', () => {
  const dist = (name: string, requires: Record<string, string> = {}): PypiMetadata => ({ name, requires });
  const advised = (...pypi: PypiMetadata[]) => pypiAdvice('deep', '1.2.0', facts({ pypi }));

  it.each([
    ['==1.0', 'mid, top'],
    ['<2,>=1', 'mid, top'],
    ['~=1.0', 'mid, top'],
    ['>=1.0', 'mid'],
    ['!=1.1', 'mid'],
    ['', 'mid'],
  ])('goes with it, and with what keeps that one back in turn: %s', (specifier, parents) => {
    const advice = advised(dist('top', { mid: specifier }), dist('mid', { deep: '<1.1' }));
    expect(advice).toMatchObject({ code: 'pypi-parent', parents, command: `pip install --upgrade ${parents.replace(', ', ' ')}` });
  });

  it('does not end in packages that ask for each other', () => {
    const advice = advised(dist('top', { mid: '==1' }), dist('mid', { deep: '<1.1', top: '==1' }));
    expect(advice).toMatchObject({ parents: 'mid, top' });
  });
});
