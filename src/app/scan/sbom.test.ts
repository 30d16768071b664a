import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildImage, writeLayout } from '../../../testing/image-builder/index.ts';
import { syftCycloneDx, syftSpdx, trivyCycloneDx } from '../../../testing/sboms.ts';
import { hardenedImage } from '../../../tools/examples/hardened.ts';
import { npmSkeleton } from '../../../tools/examples/skeletons.ts';
import { vulnerableImage } from '../../../tools/examples/vulnerable.ts';
import type { Report } from '../../model/index.ts';
import type { ByteStream } from '../../util/bytes.ts';
import { type ScanOptions, scan } from './index.ts';

const work = mkdtempSync(join(tmpdir(), 'plimsoll-sbom-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const options: ScanOptions = { offline: true, database: 'starter', cacheDir: join(work, 'cache'), platform: 'linux/amd64', env: {} };
const written = (name: string, document: object | string | Buffer): string => {
  const path = join(work, name);
  writeFileSync(path, typeof document === 'string' || Buffer.isBuffer(document) ? document : JSON.stringify(document));
  return path;
};
/**
 * What was found, in what; whatever order, and whatever else is known of it. Without language packages that one of the system owns:
 * an SBOM does not say whose files are whose, so they are judged by themselves.
 */
const found = ({ findings }: Report, image: Report): string[] => {
  const owned = new Set(image.inventory.packages.flatMap(({ ownedBy, name, version }) => (ownedBy ? [`${name} ${version}`] : [])));
  const told = findings.map(({ id, fix, package: { name, version } }) => ({ id, fix: fix.versions.join(), is: `${name} ${version}` }));
  return [...new Set(told.flatMap(({ id, fix, is }) => (owned.has(is) ? [] : [`${id} ${is} ${fix}`])))].sort();
};

describe.each([
  ['vulnerable', vulnerableImage],
  ['hardened', hardenedImage],
])('the SBOM of examples/%s', (name, describeImage) => {
  let image: Report;
  beforeAll(async () => {
    const folder = join(import.meta.dirname, '../../../examples', name);
    const built = buildImage(describeImage(folder, { files: npmSkeleton(join(folder, 'app')) }));
    await writeLayout(join(work, name), [{ image: built, tag: 'latest' }]);
    image = await scan(`oci:${join(work, name)}`, options);
  });

  it.each([
    ['CycloneDX as Trivy writes it', trivyCycloneDx],
    ['CycloneDX as Syft writes it', syftCycloneDx],
    ['SPDX as Syft writes it', syftSpdx],
  ])('%s has the flaws of the image', async (form, write) => {
    const path = written(`${name}-${form}.json`, write(image.inventory));
    for (const spec of [`sbom:${path}`, path]) {
      const report = await scan(spec, options);
      expect(found(report, image)).toEqual(found(image, image));
      expect(report.inventory.packages).toHaveLength(new Set(image.inventory.packages.map(({ id }) => id)).size);
      expect(report.inventory.target).toMatchObject({ kind: 'sbom', spec });
      expect(report.inventory.gaps).toEqual([]);
      expect(report.inventory.packages.every(({ evidence }) => evidence.kind === 'sbom')).toBe(true);
    }
  });
});

const component = (purl: string | undefined, more: object = {}) => ({
  type: 'library',
  name: 'a',
  version: '1',
  ...(purl ? { purl } : {}),
  ...more,
});
const bom = (...components: readonly unknown[]) => ({ bomFormat: 'CycloneDX', specVersion: '1.6', components });
const inventoryOf = async (document: object) => (await scan(`sbom:${written('one.json', document)}`, options)).inventory;

describe('a component', () => {
  it.each<[string, object, object]>([
    [
      'pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1',
      {},
      { type: 'maven', name: 'org.apache.logging.log4j:log4j-core', version: '2.14.1' },
    ],
    ['pkg:npm/%40babel/core@7.0.0', {}, { type: 'npm', name: '@babel/core' }],
    ['pkg:golang/github.com/gorilla/mux@v1.8.0', {}, { type: 'golang', name: 'github.com/gorilla/mux', version: 'v1.8.0' }],
    ['pkg:golang/stdlib@v1.22.2', {}, { name: 'stdlib', version: '1.22.2' }],
    ['pkg:pypi/django@2.2', { name: 'Django' }, { name: 'Django', version: '2.2' }],
    [
      'pkg:rpm/redhat/openssl-libs@3.0.7-1.el9?arch=x86_64&epoch=1&upstream=openssl-3.0.7-1.el9.src.rpm',
      {},
      { version: '1:3.0.7-1.el9', arch: 'x86_64', source: { name: 'openssl', version: '3.0.7-1.el9' } },
    ],
    [
      'pkg:deb/debian/libssl3@3.0.1-1?upstream=openssl%403.0.1-0',
      {},
      { name: 'libssl3', source: { name: 'openssl', version: '3.0.1-0' }, class: 'os' },
    ],
    ['pkg:ebuild/dev-lang/python@3.11.1', {}, { type: 'ebuild', name: 'dev-lang/python' }],
    ['pkg:github/actions/checkout@v4', {}, { type: 'generic', name: 'a', version: '1' }],
    ['', { name: 'libfoo', version: '2.0' }, { type: 'generic', name: 'libfoo', version: '2.0', purl: 'pkg:generic/libfoo@2.0' }],
    ['not a purl', {}, { type: 'generic', name: 'a' }],
  ])('%s %j is a package', async (purl, more, expected) => {
    const { packages, gaps } = await inventoryOf(bom(component(purl, more)));
    expect(packages).toMatchObject([expected]);
    expect(gaps).toEqual([]);
  });

  it('in a component is one too, at any depth', async () => {
    const deep = Array.from({ length: 5000 }).reduce<object>(
      (inner, _, i) => component(`pkg:npm/p${i}@1.0.0`, { components: [inner] }),
      component('pkg:npm/x@1.0.0'),
    );
    expect((await inventoryOf(bom(deep))).packages).toHaveLength(5001);
  });

  it.each(['file', 'operating-system', 'container', 'application'])('of the type %s without purl is no package', async (type) => {
    expect((await inventoryOf(bom(component(undefined, { type })))).packages).toEqual([]);
  });

  it('without name is a gap, without version unassessed', async () => {
    const document = bom(component('pkg:npm/x'), { 'bom-ref': 'nameless' }, 'text', null);
    const { inventory, unassessed } = await scan(`sbom:${written('one.json', document)}`, options);
    expect(unassessed).toMatchObject([{ name: 'x', version: '' }]);
    expect(inventory.gaps.map(({ code, params, incomplete }) => [code, params.what, incomplete])).toEqual([
      ['malformed', 'nameless', true],
      ['malformed', 'a component without a name', true],
      ['malformed', 'a component without a name', true],
    ]);
  });
});

describe('a release', () => {
  it.each<[object, object]>([
    [component(undefined, { type: 'operating-system', name: 'redhat', version: '8.9' }), { id: 'rhel', versionId: '8.9' }],
    [component(undefined, { type: 'operating-system', name: 'amazon', version: '2 (Karoo)' }), { id: 'amzn', versionId: '2' }],
    [component(undefined, { type: 'operating-system', name: 'debian', version: '12.5' }), { id: 'debian', versionId: '12' }],
    [component('pkg:apk/alpine/musl@1.2.5-r0?distro=alpine-3.20.3'), { id: 'alpine', versionId: '3.20.3' }],
    [component('pkg:rpm/opensuse/glibc@2.38?distro=opensuse-leap-15.6'), { id: 'opensuse-leap', versionId: '15.6' }],
    [component('pkg:alpm/arch/curl@8?distro=arch'), { id: 'arch' }],
  ])('is told by %j', async (one, distro) => {
    const { path: _, ...told } = (await inventoryOf(bom(one))).distro ?? { path: '' };
    expect(told).toEqual(distro);
  });

  it('whose packages are missing is a gap', async () => {
    const { gaps } = await inventoryOf(bom(component(undefined, { type: 'operating-system', name: 'debian', version: '12' })));
    expect(gaps).toMatchObject([{ code: 'not-here', incomplete: true }]);
  });
});

describe('documents', () => {
  const small = JSON.stringify(bom(component('pkg:npm/x@1.0.0')));

  it.each([
    [
      'XML',
      '<?xml version="1.0"?>\n<bom xmlns="http://cyclonedx.org/schema/bom/1.4"><components><component type="library"><name>x</name><version>1.0.0</version><purl>pkg:npm/x@1.0.0</purl></component></components></bom>',
    ],
    [
      'prefixed XML',
      '<!-- made --><c:bom xmlns:c="http://cyclonedx.org/schema/bom/1.6" xmlns:o="urn:o"><c:components><o:component><c:name>y</c:name></o:component><c:component type="library"><c:name>x</c:name><c:version>1.0.0</c:version><c:purl>pkg:npm/x@1.0.0</c:purl></c:component></c:components></c:bom>',
    ],
    ['tag-value', '# made\nSPDXVersion: SPDX-2.3\nPackageName: x\nSPDXID: SPDXRef-x\nExternalRef: PACKAGE-MANAGER purl pkg:npm/x@1.0.0\n'],
    [
      'SPDX 3',
      JSON.stringify({
        '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld',
        '@graph': [{ type: 'software_Package', spdxId: 'urn:x', name: 'x', software_packageUrl: 'pkg:npm/x@1.0.0' }],
      }),
    ],
  ])('are told from archives by their first characters: %s', async (name, text) => {
    const { inventory } = await scan(written(`auto-${name}`, text), options);
    expect(inventory.packages).toMatchObject([{ name: 'x', version: '1.0.0', type: 'npm' }]);
    expect(inventory.gaps).toEqual([]);
  });

  it('come gzipped, with a byte order mark, by standard input', async () => {
    async function* stdin(): ByteStream {
      yield Buffer.from(small);
    }
    for (const [spec, more] of [
      [written('bom.json.gz', gzipSync(small)), {}],
      [written('marked.json', `\uFEFF ${small}`), {}],
      ['-', { stdin: stdin() }],
    ] as const) {
      expect((await scan(spec, { ...options, ...more })).inventory.packages).toMatchObject([{ name: 'x' }]);
    }
  });

  it.each([
    ['not JSON', '{"bomFormat":', 'sbom-malformed'],
    ['another document', '{"name":"x"}', 'sbom-unsupported'],
    ['a list', '[]', 'sbom-unsupported'],
    ['SPDX 1', '{"spdxVersion":"SPDX-1.2"}', 'sbom-unsupported'],
    ['SPDX 1 in tag-value', 'SPDXVersion: SPDX-1.2\n', 'sbom-unsupported'],
    ['broken XML', '<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><components></bom>', 'sbom-malformed'],
    [
      'XML with entities of its own',
      '<!DOCTYPE bom [<!ENTITY a "b">]><bom xmlns="http://cyclonedx.org/schema/bom/1.6"/>',
      'sbom-malformed',
    ],
    ['XML nested too deep', `<bom xmlns="http://cyclonedx.org/schema/bom/1.6">${'<components><component>'.repeat(40)}`, 'sbom-malformed'],
    ['another document in XML', '<project xmlns="http://maven.apache.org/POM/4.0.0"/>', 'sbom-unsupported'],
    ['text', 'hello', 'sbom-malformed'],
  ])('%s is refused', async (_, text, code) => {
    await expect(scan(`sbom:${written('bad.json', text)}`, options)).rejects.toMatchObject({ code });
  });

  it.each([
    { components: 7 },
    { components: [[], 7, { name: 7, purl: {} }] },
    { metadata: [], components: null },
    { metadata: { tools: 'x', component: 5 } },
  ])('with fields of other types says what it can: %j', async (rest) => {
    const report = await scan(`sbom:${written('odd.json', { ...bom(), ...rest })}`, options);
    expect(report.inventory.packages).toEqual([]);
  });

  it('that are absent or folders are named', async () => {
    await expect(scan(`sbom:${join(work, 'absent.json')}`, options)).rejects.toMatchObject({ code: 'target-missing' });
    await expect(scan(`sbom:${work}`, options)).rejects.toMatchObject({ code: 'target-not-file' });
  });
});
