import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { extractorContract } from '../../../../testing/extractor-contract.ts';
import { expectedList, lockReader } from '../../../../testing/lock-files.ts';
import { cargoLock } from './index.ts';

const VERSIONS = ['v1', 'v2', 'v3', 'v4'];
const sample = (version: string) => readFileSync(new URL(`testdata/${version}/Cargo.lock`, import.meta.url), 'utf8');
const read = lockReader(cargoLock, 'Cargo.lock');

extractorContract(
  cargoLock,
  import.meta.url,
  VERSIONS.map((version) => ({ path: `${version}/Cargo.lock`, content: sample(version) })),
);

describe.each(VERSIONS)('a Cargo.lock of format %s, made by Cargo', (version) => {
  it('has the crates that cargo metadata tells', async () => {
    const { lines, gaps } = await read(sample(version));
    expect(lines).toEqual(expectedList(new URL(`testdata/${version}/`, import.meta.url)));
    expect(gaps).toEqual([]);
  });

  it('tells what the workspace asks for itself, by version where several are locked', async () => {
    const { packages } = await read(sample(version));
    const direct = packages.filter(({ role }) => role === 'direct').map((one) => `${one.name} ${one.version}`);
    expect(direct).toEqual(['from-git 0.3.0', 'semver 0.9.0', 'smallvec 0.6.13', 'smallvec 1.6.0', 'time 0.1.43']);
  });

  it('writes purls, with the commit of crates from Git', async () => {
    const { packages } = await read(sample(version));
    expect(packages[1]?.purl).toBe('pkg:cargo/libc@0.2.191');
    expect(packages[0]?.purl).toMatch(/^pkg:cargo\/from-git@0\.3\.0\?vcs_url=git%2Bhttps:%2F%2Fexample\.com%2Ffrom-git%40[0-9a-f]{40}$/);
  });
});

const crate = '[[package]]\nname = "time"\nversion = "0.1.43"\n';
const registry = 'source = "registry+https://github.com/rust-lang/crates.io-index"\n';

it('reads Windows line ends, and the root crate of the oldest files', async () => {
  const text = `[root]\nname = "shop"\nversion = "1.0.0"\ndependencies = [\n "time 0.1.43",\n]\n\n${crate}${registry}`;
  expect((await read(text.replaceAll('\n', '\r\n'))).packages).toMatchObject([{ name: 'time', role: 'direct' }]);
});

it('names the registry of crates that are not of crates.io', async () => {
  const { packages } = await read(`${crate}source = "sparse+https://crates.example.com/index/"\n`);
  expect(packages[0]?.purl).toBe('pkg:cargo/time@0.1.43?repository_url=https:%2F%2Fcrates.example.com%2Findex%2F');
});

describe('malformed', () => {
  it.each(['', 'version = 3\n', '{}', '<<<<<<< HEAD\n'])('%j is no Cargo.lock', async (text) => {
    expect((await read(text)).gaps).toEqual([{ code: 'malformed', params: { what: 'Cargo.lock' }, incomplete: true }]);
  });

  it.each([
    ['a crate without a version', '[[package]]\nname = "x"\n'],
    ['an end in the middle of a line', '[[package]]\nname = "x"\nvers'],
    ['an end in the middle of a list', '[[package]]\nname = "x"\nversion = "1.0.0"\ndependencies = [\n "a",\n'],
    ['a name that is none', '[[package]]\nname = "../x"\nversion = "1.0.0"\n'],
    ['the marks of a merge', '[[package]]\nname = "x"\n<<<<<<< HEAD\nversion = "1.0.0"\n'],
  ])('%s keeps the others and is told', async (_, part) => {
    const { lines, gaps } = await read(`${crate}${registry}\n${part}`);
    expect(lines).toEqual(['time 0.1.43']);
    expect(gaps).toMatchObject([{ code: 'malformed', incomplete: true }]);
  });
});
