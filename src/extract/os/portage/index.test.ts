import { describe, expect, it } from 'vitest';
import { extractorContract } from '../../../../testing/extractor-contract.ts';
import { gapRecorder, mergedView, openFile } from '../../../../testing/open-file.ts';
import type { Settled } from '../../types.ts';
import { portage } from './index.ts';
import { nameAndVersion, pathsOfContents } from './parse.ts';

const PLACE = 'var/db/pkg/dev-lang/python-3.11.6_p1-r2';
const CONTENTS = [
  'dir /usr',
  'dir /usr/bin',
  'obj /usr/bin/python3.11 d41d8cd98f00b204e9800998ecf8427e 1700000000',
  'obj /usr/share/with blank/a b d41d8cd98f00b204e9800998ecf8427e 1700000000',
  'sym /usr/bin/python3 -> python3.11 1700000000',
  '',
].join('\n');
const FILES = {
  [`${PLACE}/PF`]: 'python-3.11.6_p1-r2\n',
  [`${PLACE}/SLOT`]: '3.11\n',
  [`${PLACE}/LICENSE`]: 'PSF-2\n',
  [`${PLACE}/repository`]: 'gentoo\n',
  [`${PLACE}/CONTENTS`]: CONTENTS,
};

extractorContract(
  portage,
  import.meta.url,
  Object.entries(FILES).map(([path, content]) => ({ path, content, empty: !path.endsWith('/PF') })),
);

async function settle(
  layers: readonly Readonly<Record<string, string>>[],
  options: Parameters<typeof mergedView>[1] = {},
): Promise<Settled & { noticed: unknown[] }> {
  const ctx = gapRecorder();
  const partials = [];
  for (const [layer, files] of layers.entries()) {
    for (const [path, content] of Object.entries(files)) {
      const partial = await portage.extract(openFile(path, content), ctx);
      if (partial) partials.push({ path, layer, partial });
    }
  }
  return { ...portage.settle(mergedView(partials, options)), noticed: ctx.gaps };
}

it('gives name with category, slot, repository, licence and files', async () => {
  const { packages, gaps, noticed } = await settle([FILES]);
  expect(packages).toEqual([
    {
      type: 'ebuild',
      name: 'dev-lang/python',
      version: '3.11.6_p1-r2',
      purl: 'pkg:ebuild/dev-lang/python@3.11.6_p1-r2',
      origin: 'gentoo',
      module: '3.11',
      licenses: ['PSF-2'],
      evidence: { kind: 'package-database', confidence: 'high' },
      path: `${PLACE}/PF`,
      layer: 0,
      files: ['usr/bin/python3.11', 'usr/share/with blank/a b', 'usr/bin/python3'],
    },
  ]);
  expect([gaps, noticed]).toEqual([[], []]);
});

it('does with what a package says of itself', async () => {
  const { packages } = await settle([{ [`${PLACE}/PF`]: 'python-3.11.6_p1-r2' }]);
  expect(packages[0]).not.toHaveProperty('module');
  expect(packages[0]).toMatchObject({ name: 'dev-lang/python', files: [] });
});

it('names the layer that brought this version', async () => {
  const other = 'var/db/pkg/sys-libs/zlib-1.3';
  const { packages } = await settle([FILES, { ...FILES, [`${other}/PF`]: 'zlib-1.3\n' }]);
  expect(packages.map(({ name, layer }) => [name, layer])).toEqual([
    ['dev-lang/python', 0],
    ['sys-libs/zlib', 1],
  ]);
});

it.each([
  ['another name', 'zlib-1.3'],
  ['nothing', ''],
])('reports a PF file that states %s', async (_, content) => {
  const { packages, noticed } = await settle([{ [`${PLACE}/PF`]: content }]);
  expect(packages).toEqual([]);
  expect(noticed).toMatchObject([{ code: 'malformed', incomplete: true }]);
});

it('reports a folder that is no package', async () => {
  const { packages, noticed } = await settle([{ 'var/db/pkg/dev-lang/-MERGING-python-3.11/PF': '-MERGING-python-3.11' }]);
  expect(packages).toEqual([]);
  expect(noticed).toMatchObject([{ code: 'malformed', incomplete: true }]);
});

it('reports a database that a later layer deleted', async () => {
  const { gaps } = await settle([FILES], { removed: Object.keys(FILES) });
  expect(gaps).toMatchObject([{ code: 'unreadable', stage: 'os/portage', incomplete: true }]);
});

it('wants nothing outside the database', () => {
  const accept = portage.wants.accept;
  const wanted = (path: string) => accept?.(Buffer.alloc(0), openFile(path, ''));
  expect(wanted('usr/lib/node_modules/x/LICENSE')).toBe(false);
  expect(wanted('srv/var/db/pkg/dev-lang/python-3.11/PF')).toBe(false);
  expect(wanted(`${PLACE}/LICENSE`)).toBe(true);
});

// The answers of portage.versions.catpkgsplit (Portage 3.0.83), revision joined as in PF.
describe('name and version', () => {
  it.each([
    ['gtk+-3.24.38', 'gtk+', '3.24.38'],
    ['font-misc-100dpi-1.0.3', 'font-misc-100dpi', '1.0.3'],
    ['openssh-9.6_p1-r3', 'openssh', '9.6_p1-r3'],
    ['libstdc++-v3-3.3.6-r7', 'libstdc++-v3', '3.3.6-r7'],
    ['gentoo-sources-6.1.69', 'gentoo-sources', '6.1.69'],
    ['ca-certificates-20230311.3.95', 'ca-certificates', '20230311.3.95'],
  ])('%s', (pf, name, version) => {
    expect(nameAndVersion(pf)).toEqual({ name, version });
  });

  it.each(['python', '-1.0', 'python-', 'python-3.11-beta', 'foo-1-2', '1.0', `${'a'.repeat(600)}-1`])('%s is none', (pf) => {
    expect(nameAndVersion(pf)).toBeUndefined();
  });
});

it('leaves out lines of CONTENTS that it does not know', () => {
  expect(pathsOfContents('fif /run/x\nobj relative d41d8cd98f00b204e9800998ecf8427e 1\nobj /cut off\ndev /dev/x\n')).toBe('');
});
