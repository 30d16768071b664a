import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { extractorContract } from '../../../../testing/extractor-contract.ts';
import { gapRecorder, isWanted, mergedView, openFile } from '../../../../testing/open-file.ts';
import { python } from './index.ts';

const django =
  'Metadata-Version: 2.1\nName: Django\nVersion: 2.2\nLicense: BSD\nClassifier: License :: OSI Approved :: BSD License\n\nName: body\n';
const egg = zipSync({ 'EGG-INFO/PKG-INFO': Buffer.from('Name: old\nVersion: 1.0\n'), 'old/__init__.py': new Uint8Array() });
const site = 'usr/lib/python3/site-packages';

extractorContract(python, import.meta.url, [
  { path: `${site}/Django-2.2.dist-info/METADATA`, content: django },
  { path: `${site}/six-1.16.0.egg-info`, content: 'Metadata-Version: 1.0\r\nName: six\r\nVersion: 1.16.0\r\n' },
  { path: `${site}/old-1.0-py3.11.egg`, content: egg },
]);

async function read(path: string, content: string | Uint8Array) {
  const ctx = gapRecorder();
  const file = openFile(path, content);
  const wanted = isWanted(python.wants, file, Buffer.from(content as string));
  const partial = wanted ? await python.extract(file, ctx) : undefined;
  return { wanted, gaps: ctx.gaps, packages: partial ? python.settle(mergedView([{ path, layer: 0, partial }])).packages : [] };
}

describe('distributions', () => {
  it.each([
    [`${site}/Django-2.2.dist-info/METADATA`, 'installed'],
    [`${site}/Django.egg-info/PKG-INFO`, 'installed'],
    [`${site}/Django-2.2-py3.11.egg/EGG-INFO/PKG-INFO`, 'installed'],
    [`${site}/Django-2.2.egg-info`, 'installed'],
    [`${site}/setuptools/_vendor/Django-2.2.dist-info/METADATA`, 'vendored'],
  ])('%s', async (path, role) => {
    const { packages, gaps } = await read(path, django);
    expect(gaps).toEqual([]);
    expect(packages).toMatchObject([
      { name: 'Django', version: '2.2', purl: 'pkg:pypi/django@2.2', role, path, licenses: ['BSD', 'BSD License'] },
    ]);
  });

  it.each(['src/METADATA', 'src/django-2.2/PKG-INFO', `${site}/x.dist-info/RECORD`, `${site}/x.dist-info/sub/METADATA`])(
    '%s is none',
    async (path) => {
      expect((await read(path, django)).wanted).toBe(false);
    },
  );

  it('are inside zipped eggs', async () => {
    expect((await read(`${site}/old-1.0-py3.11.egg`, egg)).packages).toMatchObject([{ name: 'old', version: '1.0' }]);
    expect(await read('tmp/easter.egg', 'no archive')).toMatchObject({ packages: [], gaps: [] });
    expect(await read('tmp/other.egg', zipSync({ a: egg }))).toMatchObject({ packages: [], gaps: [] });
  });

  it('have a purl in the normal form of names', async () => {
    const { packages } = await read(`${site}/x.dist-info/METADATA`, 'Name: Ruamel.yaml__clib\nVersion: 0.2.7\n');
    expect(packages).toMatchObject([{ name: 'Ruamel.yaml__clib', purl: 'pkg:pypi/ruamel-yaml-clib@0.2.7' }]);
  });

  it('take name and version from the folder where the file has none', async () => {
    expect((await read(`${site}/a_b-1.0.dist-info/METADATA`, 'Metadata-Version: 2.1\n')).packages).toMatchObject([
      { name: 'a_b', version: '1.0' },
    ]);
    expect((await read(`${site}/a_b-1.0-py3.9.egg-info`, 'Name: a.b\n')).packages).toMatchObject([{ name: 'a.b', version: '1.0' }]);
  });
});

describe('headers', () => {
  const licenses = async (text: string) =>
    (await read(`${site}/x.dist-info/METADATA`, `Name: x\nVersion: 1\n${text}`)).packages[0]?.licenses;

  it('end at the blank line, whatever their case and line ends', async () => {
    const { packages } = await read(`${site}/x.dist-info/METADATA`, '\ufeffNAME: x\r\nversion:1\r\n\r\nLicense: no\r\n');
    expect(packages).toMatchObject([{ name: 'x', version: '1' }]);
    expect(packages[0]?.licenses).toBeUndefined();
  });

  it('count once: a second Name or Version does not replace the first', async () => {
    expect((await read(`${site}/x.dist-info/METADATA`, 'Name: x\nVersion: 1\nName: y\nVersion: 2\n')).packages).toMatchObject([
      { name: 'x', version: '1' },
    ]);
  });

  it('give licences: the expression alone, else field and classifiers; no licence texts', async () => {
    expect(await licenses('License: MIT\nLicense-Expression: MIT OR Apache-2.0\n')).toEqual(['MIT OR Apache-2.0']);
    expect(await licenses('License: UNKNOWN\nClassifier: License :: OSI Approved :: MIT License\n')).toEqual(['MIT License']);
    expect(await licenses('License: Copyright (c)\n        All rights reserved\n')).toBeUndefined();
    expect(await licenses(`License: ${'x'.repeat(300)}\n`)).toBeUndefined();
  });
});

describe('malformed metadata', () => {
  it.each([
    ['empty', ''],
    ['binary', '\0\x01\x02'.repeat(100)],
    ['without a name', 'Version: 1\n'],
    ['without a version', 'Name: x\n'],
    ['with a name that is none', 'Name: ../x\nVersion: 1\n'],
    ['with a version of several words', 'Name: x\nVersion: 1 or 2\n'],
    ['with a blank line in front', '\nName: x\nVersion: 1\n'],
  ])('%s is a gap', async (_what, text) => {
    const { packages, gaps } = await read(`${site}/x.dist-info/METADATA`, text);
    expect(packages).toEqual([]);
    expect(gaps).toEqual([{ code: 'malformed', params: { what: 'Python package metadata' }, incomplete: true }]);
  });

  it('too large or a broken egg is a gap', async () => {
    expect((await read(`${site}/x.dist-info/METADATA`, Buffer.alloc(9 << 20, 'x'))).gaps).toMatchObject([
      { code: 'too-large', incomplete: true },
    ]);
    expect((await read(`${site}/x.egg`, egg.subarray(0, 60))).gaps).toMatchObject([{ code: 'malformed', incomplete: true }]);
  });
});
