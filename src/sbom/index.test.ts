import { describe, expect, it } from 'vitest';
import { fullReport } from '../../testing/fixtures/full-report.ts';
import { mutations } from '../../testing/mutations.ts';
import { rendered } from '../../testing/reporter-contract.ts';
import type { Report } from '../model/index.ts';
import { REPORTERS } from '../report/index.ts';
import { PlimsollError } from '../util/errors.ts';
import { distroOf, packageOf, readSbom, restoredLayer, restoredTarget } from './index.ts';

const read = (text: string | Buffer) => {
  const document = readSbom(Buffer.from(text), 'x');
  return {
    ...document,
    packages: document.components.flatMap((one) => packageOf(one, '') ?? []),
    targets: document.components.flatMap((one) => restoredTarget(one) ?? []),
    layers: document.components.flatMap((one) => restoredLayer(one, 'layer') ?? []),
    distro: distroOf(document.components, 'x'),
  };
};
const tagValue = (...lines: readonly string[]): string => ['SPDXVersion: SPDX-2.3', ...lines, ''].join('\n');
const spdx3 = (...graph: readonly unknown[]): string =>
  JSON.stringify({ '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld', '@graph': graph });

describe.each(REPORTERS.filter(({ sbom, id }) => sbom && id !== 'github'))('damaged $id', (reporter) => {
  it('is read as far as it goes or refused by a code, and never takes long', async () => {
    const whole = Buffer.from(await rendered(reporter, fullReport as Report));
    const outcomes = new Set<string>();
    for (const bytes of mutations(whole, 150)) {
      try {
        read(bytes);
        outcomes.add('read');
      } catch (error) {
        if (!(error instanceof PlimsollError)) throw error;
        outcomes.add(error.code);
      }
    }
    const known = ['read', 'sbom-malformed', 'sbom-unsupported'];
    expect([...outcomes].filter((each) => !known.includes(each))).toEqual([]);
    expect(outcomes.size).toBeGreaterThan(1);
  });
});

describe('tag-value', () => {
  it('gives fields to the element that they follow', () => {
    const { components, subject, tools } = read(
      tagValue(
        'DocumentName: image',
        'SPDXID: SPDXRef-DOCUMENT',
        'Creator: Tool: syft-1.30.0',
        'Creator: Person: somebody',
        'PackageName: a',
        'SPDXID: SPDXRef-a',
        'PackageVersion: 1',
        'PackageSupplier: Person: Jane (jane@example.org)',
        'PackageLicenseDeclared: MIT',
        'PackageAttributionText: <text>PkgType: debian</text>',
        'FileName: ./b',
        'SPDXID: SPDXRef-b',
        'PackageVersion: 2',
        'LicenseID: LicenseRef-c',
        'ExtractedText: <text>PackageName: forged',
        'PackageName: forged too</text>',
        'Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-a',
      ),
    );
    expect({ subject, tools }).toEqual({ subject: 'image', tools: ['syft-1.30.0'] });
    expect(components).toEqual([
      {
        ref: 'SPDXRef-a',
        kind: 'library',
        name: 'a',
        version: '1',
        licenses: ['MIT'],
        supplier: 'Jane (jane@example.org)',
        subject: true,
        path: './b',
        properties: new Map([['PkgType', 'debian']]),
      },
    ]);
  });

  it.each([
    ['a line that is no tag', ['PackageName: a', 'what is this'], 'no tag in line 3'],
    ['text without an end', ['PackageName: a', 'PackageComment: <text>for', 'ever'], 'no </text> in line 3'],
    ['a reference of two words', ['PackageName: a', 'ExternalRef: SECURITY cpe23Type'], 'a field with too few words in line 3'],
    ['a relationship of one', ['Relationship: SPDXRef-DOCUMENT'], 'a field with too few words in line 2'],
    ['a package without a name', ['PackageName:', 'SPDXID: SPDXRef-x'], 'SPDXRef-x'],
  ])('says where it is wrong: %s', (_, lines, wrong) => {
    expect(read(tagValue(...lines)).malformed).toEqual([wrong]);
  });

  it('is read in one go, however often a text begins', () => {
    const many = Array.from({ length: 100_000 }, () => 'PackageComment: <text>a\n</text>');
    expect(read(tagValue('PackageName: a', ...many)).components).toHaveLength(1);
  });
});

describe('SPDX 3', () => {
  it('reads what other tools write of packages and licences', () => {
    const { components, subject, tools, form } = read(
      spdx3(
        { 'type': 'CreationInfo', '@id': '_:c', 'specVersion': '3.0.1' },
        { type: 'Tool', spdxId: 'urn:t', name: 'maker' },
        { type: 'SpdxDocument', spdxId: 'urn:d', name: 'doc', rootElement: ['urn:s'] },
        { type: 'software_Sbom', spdxId: 'urn:s', rootElement: ['urn:image'] },
        { type: 'software_Package', spdxId: 'urn:image', name: 'image', software_primaryPurpose: 'container' },
        { type: 'Person', spdxId: 'urn:p', name: 'Jane' },
        {
          type: 'software_Package',
          spdxId: 'urn:a',
          name: 'a',
          software_packageVersion: '1',
          suppliedBy: 'urn:p',
          externalIdentifier: [{ type: 'ExternalIdentifier', externalIdentifierType: 'packageUrl', identifier: 'pkg:npm/a@1' }],
        },
        { type: 'simplelicensing_LicenseExpression', spdxId: 'urn:l', simplelicensing_licenseExpression: 'MIT OR ISC' },
        { type: 'Relationship', spdxId: 'urn:r', relationshipType: 'hasDeclaredLicense', from: 'urn:a', to: ['urn:l'] },
        {
          type: 'Relationship',
          spdxId: 'urn:q',
          relationshipType: 'hasConcludedLicense',
          from: 'urn:image',
          to: ['https://spdx.org/licenses/Apache-2.0'],
        },
        { type: 'software_File', spdxId: 'urn:f', name: 'f' },
      ),
    );
    expect({ subject, tools, form }).toEqual({ subject: 'doc', tools: ['maker'], form: 'SPDX-3.0.1' });
    expect(components).toMatchObject([
      { ref: 'urn:image', kind: 'container', subject: true, licenses: ['Apache-2.0'] },
      { ref: 'urn:a', name: 'a', version: '1', purl: 'pkg:npm/a@1', licenses: ['MIT OR ISC'], supplier: 'Jane' },
    ]);
  });

  it.each([
    ['a package without a name', [{ type: 'software_Package', spdxId: 'urn:a' }], ['urn:a']],
    ['elements that are none', [7, null, 'x', {}], ['4 elements without a type']],
    ['roots that lead in a circle', [{ type: 'SpdxDocument', spdxId: 'urn:d', rootElement: ['urn:d'] }], []],
  ])('says what is wrong: %s', (_, graph, wrong) => {
    expect(read(spdx3(...graph)).malformed).toEqual(wrong);
  });
});

/** As their writers have them: Trivy 0.40 and 0.67, Syft 1.30, cdxgen 11, cyclonedx-npm 4. */
describe('where other tools found a package', () => {
  const purl = (locator: string) => [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: locator }];
  const spdx2 = (more: object, ...packages: readonly object[]) => JSON.stringify({ spdxVersion: 'SPDX-2.3', packages, ...more });
  const a = { name: 'a', SPDXID: 'SPDXRef-a', versionInfo: '1', externalRefs: purl('pkg:npm/a@1') };
  const [one, other] = ['x/a/package.json', 'y/a/package.json'].map((fileName, i) => ({ fileName, SPDXID: `SPDXRef-File-${i}` }));
  const contains = (i: number) => ({
    spdxElementId: 'SPDXRef-a',
    relationshipType: 'CONTAINS',
    relatedSpdxElement: `SPDXRef-File-${i}`,
  });
  const cdx = (more: object) =>
    JSON.stringify({ bomFormat: 'CycloneDX', components: [{ name: 'a', version: '1', purl: 'pkg:npm/a@1', ...more }] });
  const properties = (name: string, value: string) => ({ properties: [{ name, value }] });

  it.each([
    ['the one file of a package', spdx2({ files: [one, other], relationships: [contains(0)] }, a), 'x/a/package.json'],
    ['hasFiles of SPDX 2.2', spdx2({ files: [one] }, { ...a, hasFiles: ['SPDXRef-File-0'] }), 'x/a/package.json'],
    ['no file of several', spdx2({ files: [one, other], relationships: [contains(0), contains(1)] }, a), ''],
    [
      'what Syft writes of its source',
      spdx2({}, { ...a, sourceInfo: 'acquired package info from installed node module manifest file: /x/a/package.json, /y/package.json' }),
      'x/a/package.json',
    ],
    ['an occurrence', cdx({ evidence: { occurrences: [{ location: './x/a/package.json' }, { location: 'y' }] } }), 'x/a/package.json'],
    ['the file of cdxgen', cdx(properties('SrcFile', '/app/package-lock.json')), 'app/package-lock.json'],
    ['the folder of npm', cdx(properties('cdx:npm:package:path', 'node_modules/a')), 'node_modules/a'],
    [
      'an occurrence in XML',
      `<bom xmlns="http://cyclonedx.org/schema/bom/1.7"><components><component type="library"><name>a</name><version>1</version>
<purl>pkg:npm/a@1</purl><evidence><occurrences><occurrence><location>x/a</location></occurrence></occurrences></evidence></component></components></bom>`,
      'x/a',
    ],
  ])('is read: %s', (_, text, path) => {
    expect(read(text).packages).toMatchObject([{ name: 'a', path }]);
  });

  it('a lock file is no package, though documents before SPDX 2.3 do not say its purpose', () => {
    const app = { name: 'node-pkg', SPDXID: 'SPDXRef-Application-24f8', sourceInfo: 'Node.js' };
    expect(read(spdx2({}, app, a)).packages.map(({ name }) => name)).toEqual(['a']);
  });
});

describe('envelopes', () => {
  const bom = { bomFormat: 'CycloneDX', specVersion: '1.7', components: [{ name: 'a', version: '1', purl: 'pkg:npm/a@1' }] };
  const statement = { _type: 'https://in-toto.io/Statement/v1', predicateType: 'https://cyclonedx.org/bom', predicate: bom };
  const signed = { payloadType: 'application/vnd.in-toto+json', payload: Buffer.from(JSON.stringify(statement)).toString('base64') };
  const spdx2 = { spdxVersion: 'SPDX-2.3', packages: [{ name: 'a', versionInfo: '1' }] };

  it.each([
    ["GitHub's dependency graph", { sbom: spdx2 }],
    ['what buildx prints', { SPDX: spdx2 }],
    ['an attestation', statement],
    ['a signed one', signed],
  ])('are opened: %s', (_, envelope) => {
    expect(read(JSON.stringify(envelope)).packages).toMatchObject([{ name: 'a', version: '1' }]);
  });

  it.each([
    ['sbom-unsupported', { sbom: { sbom: { sbom: { sbom: { sbom: spdx2 } } } } }],
    ['sbom-unsupported', { ...signed, payload: 7 }],
    ['sbom-malformed', { ...signed, payload: '!!' }],
    ['sbom-unsupported', { predicate: { buildType: 'x' } }],
  ])('are refused with a code where nothing is in them: %s %#', (code, envelope) => {
    expect(() => read(JSON.stringify(envelope))).toThrow(expect.objectContaining({ code }));
  });
});

describe('facts that are not as we write them', () => {
  const bom = (subject: Record<string, string>, one: Record<string, string>) => {
    const properties = (said: Record<string, string>) => Object.entries(said).map(([name, value]) => ({ name: `plimsoll:${name}`, value }));
    return JSON.stringify({
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      metadata: { component: { type: 'container', name: 'image', properties: properties(subject) } },
      components: [{ type: 'library', name: 'x', version: '1', purl: 'pkg:npm/x@1', properties: properties(one) }],
    });
  };

  it('are left out', () => {
    const subject = {
      'kind': 'image',
      'digest': 'sha256:short',
      'tags': '{"a":1}',
      'repositories': 'no JSON',
      'platform': 'linux',
      'layer:0:digest': 'sha256:zz',
      'gap:0': '{"code":"__proto__","stage":"x"}',
      'gap:1': '[]',
    };
    const own = { 'type': 'novel', 'evidence:kind': 'guess', 'evidence:confidence': 'high', 'layer:index': '-1', 'licenses': '"MIT"' };
    const { targets, packages, layers } = read(bom(subject, own));
    expect(targets).toEqual([{ target: {}, layers: [], gaps: [] }]);
    expect(packages).toMatchObject([{ type: 'npm', name: 'x', version: '1', evidence: { kind: 'sbom' }, path: '' }]);
    expect(packages[0]?.licenses).toBeUndefined();
    expect(layers).toEqual([]);
  });

  it('may say a gap, which keeps its code and parameters only', () => {
    const gap = { code: 'malformed', params: { what: 'x', deep: {} }, stage: 's', path: 'p', incomplete: true, more: 1 };
    expect(read(bom({ 'kind': 'image', 'gap:0': JSON.stringify(gap) }, {})).targets[0]?.gaps).toEqual([
      { code: 'malformed', params: { what: 'x' }, stage: 's', path: 'p', incomplete: true },
    ]);
  });
});
