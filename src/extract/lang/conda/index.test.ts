import { describe, expect, it } from 'vitest';
import { extractorContract } from '../../../../testing/extractor-contract.ts';
import { lockReader } from '../../../../testing/lock-files.ts';
import { isWanted, mergedView, openFile } from '../../../../testing/open-file.ts';
import { conda } from './index.ts';

/** Fields as in conda's documentation (conda.models.records, PrefixRecord). */
const record = {
  name: 'openssl',
  version: '1.1.1k',
  build: 'h27cfd23_0',
  build_number: 0,
  channel: 'https://repo.anaconda.com/pkgs/main/linux-64',
  subdir: 'linux-64',
  fn: 'openssl-1.1.1k-h27cfd23_0.conda',
  license: 'OpenSSL',
  depends: ['ca-certificates', 'libgcc-ng >=7.3.0'],
  files: ['bin/openssl', 'lib/libssl.so.1.1'],
  paths_data: { paths: [{ _path: 'bin/openssl', path_type: 'hardlink' }], paths_version: 1 },
};
const path = 'opt/conda/conda-meta/openssl-1.1.1k-h27cfd23_0.json';
const read = lockReader(conda, path);

extractorContract(conda, import.meta.url, [{ path, content: JSON.stringify(record) }]);

it("reads a record written after conda's documented format", async () => {
  expect(await read(JSON.stringify(record))).toMatchObject({
    gaps: [],
    packages: [
      {
        type: 'conda',
        name: 'openssl',
        version: '1.1.1k',
        purl: 'pkg:conda/openssl@1.1.1k?build=h27cfd23_0&channel=main&subdir=linux-64&type=conda',
        licenses: ['OpenSSL'],
      },
    ],
  });
});

it.each([
  ['conda-forge', 'conda-forge'],
  ['https://conda.anaconda.org/conda-forge/linux-64', 'conda-forge'],
  ['https://conda.anaconda.org/conda-forge/', 'conda-forge'],
  ['pkgs/main', 'main'],
])('the channel %s is %s', async (channel, name) => {
  const { packages } = await read(JSON.stringify({ ...record, channel, fn: 'openssl-1.1.1k-h27cfd23_0.tar.bz2' }));
  expect(packages[0]?.purl).toBe(`pkg:conda/openssl@1.1.1k?build=h27cfd23_0&channel=${name}&subdir=linux-64&type=tar.bz2`);
});

it('takes records only, and from their folder only', () => {
  for (const [other, wanted] of [
    [path, true],
    ['conda-meta/x.json', true],
    ['opt/conda-meta/x/y.json', false],
    ['srv/x.json', false],
  ] as const) {
    expect(isWanted(conda.wants, openFile(other, ''), Buffer.alloc(0))).toBe(wanted);
  }
});

it('names the layer that brought the package', () => {
  const partial = { name: 'x', version: '1.0', license: 'BSD', qualifiers: {} };
  const view = mergedView([
    { path, layer: 0, partial },
    { path, layer: 1, partial: { ...partial, license: 'MIT' } },
  ]);
  expect(conda.settle(view).packages).toMatchObject([{ layer: 0, licenses: ['MIT'] }]);
});

describe('malformed', () => {
  it.each([
    '',
    '[]',
    '{}',
    '{"name":"x"}',
    '{"name":"x","version":7}',
    '{"name":"../x","version":"1"}',
    JSON.stringify(record).slice(0, 200),
  ])('%.40j', async (text) => {
    expect(await read(text)).toMatchObject({
      packages: [],
      gaps: [{ code: 'malformed', params: { what: 'conda record' }, incomplete: true }],
    });
  });

  it('fields of the wrong type say nothing', async () => {
    const { packages } = await read(JSON.stringify({ name: 'x', version: '1.0', build: 7, channel: {}, subdir: [], fn: 1, license: null }));
    expect(packages[0]?.purl).toBe('pkg:conda/x@1.0');
  });
});
