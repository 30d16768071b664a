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
