import { describe, expect, it } from 'vitest';
import { assessedReport } from '../../../testing/fixtures/assessed-report.ts';
import { fullReport } from '../../../testing/fixtures/full-report.ts';
import { emptyReport, finding, sampleReport } from '../../../testing/fixtures/report.ts';
import { cyclonedxErrors } from '../../../testing/published-schemas.ts';
import { rendered, renderedPlatforms, samplePlatforms } from '../../../testing/reporter-contract.ts';
import type { Package, Report } from '../../model/index.ts';
import type { Bom, BomComponent } from '../sbom/cyclonedx/schema.ts';
import { cyclonedx } from './index.ts';

/** With the forms that 1.6 has. */
type NewBom = Bom & { readonly vulnerabilities: NonNullable<Bom['vulnerabilities']> };
const bomOf = async (report: Report, how = {}): Promise<NewBom> => JSON.parse(await rendered(cyclonedx, report, how));
const withPackages = (packages: readonly Package[]): Report => {
  const report = sampleReport();
  return { ...report, inventory: { ...report.inventory, packages }, findings: [] };
};
const propertiesOf = (component: BomComponent | undefined): Record<string, string> =>
  Object.fromEntries((component?.properties ?? []).map(({ name, value }) => [name, value]));

/** Every reference that a document gives, nested components included. */
function refs(bom: NewBom): readonly string[] {
  const of = (component: BomComponent): string[] => [
    ...(component['bom-ref'] ? [component['bom-ref']] : []),
    ...(component.components ?? []).flatMap(of),
  ];
  return [...of(bom.metadata.component), ...bom.components.flatMap(of), ...bom.vulnerabilities.map((each) => each['bom-ref'])];
}

describe('a CycloneDX document', () => {
  describe.each(['1.6', '1.5', '1.4'])('of version %s', (version) => {
    it.each([
      ['a report', sampleReport()],
      ['one with secrets and checks', assessedReport()],
      ['one with every field', fullReport as Report],
      ['one of nothing', emptyReport()],
    ])('is what its schema allows: %s', async (_, report) => {
      const bom = await bomOf(report, { version });
      expect(bom.specVersion).toBe(version);
      expect(cyclonedxErrors(bom, version)).toBeNull();
    });

    it('of all platforms is too', async () => {
      const platforms = { reports: samplePlatforms('amd64', 'arm64'), failed: [] };
      expect(cyclonedxErrors(JSON.parse(await renderedPlatforms(cyclonedx, platforms, { version })), version)).toBeNull();
    });
  });

  it('of an inventory that was held against nothing says nothing of flaws', async () => {
    const { database: _, ...report } = sampleReport();
    expect('vulnerabilities' in (await bomOf({ ...report, findings: [] }))).toBe(false);
  });

  it('would not be valid in any other form', async () => {
    expect(cyclonedxErrors({ ...(await bomOf(sampleReport())), components: [{ type: 'library' }] })).not.toBeNull();
  });

  it('of all platforms has each as a component with its own packages', async () => {
    const bom: NewBom = JSON.parse(await renderedPlatforms(cyclonedx, { reports: samplePlatforms('amd64', 'arm64'), failed: [] }));
    expect(cyclonedxErrors(bom)).toBeNull();
    expect(bom.components.map((each) => propertiesOf(each)['plimsoll:platform'])).toEqual(['linux/amd64', 'linux/arm64']);
    expect(bom.components.map((each) => each.components?.length)).toEqual([6, 6]);
  });

  it.each([[1], [2]])('refers to what is in it, and names nothing twice (%i platforms)', async (platforms) => {
    const reports = samplePlatforms(...['amd64', 'arm64'].slice(0, platforms));
    const bom: NewBom = JSON.parse(await renderedPlatforms(cyclonedx, { reports, failed: [] }));
    const known = refs(bom);
    expect(known.filter((ref, i) => known.indexOf(ref) !== i)).toEqual([]);
    const used = [
      ...bom.dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]),
      ...bom.compositions.flatMap(({ assemblies }) => assemblies),
      ...bom.vulnerabilities.flatMap(({ affects }) => affects.map(({ ref }) => ref)),
    ];
    expect(used.filter((ref) => !known.includes(ref))).toEqual([]);
  });

  it('has the serial number of its content, whenever it is written', async () => {
    const report = sampleReport();
    const { serialNumber } = await bomOf(report);
    expect(serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect((await bomOf({ ...report, createdAt: '2030-01-01T00:00:00.000Z' })).serialNumber).toBe(serialNumber);
    expect((await bomOf({ ...report, findings: [] })).serialNumber).not.toBe(serialNumber);
  });

  it('says that packages may be missing where parts could not be read', async () => {
    const report = sampleReport();
    expect((await bomOf(report)).compositions[0]?.aggregate).toBe('incomplete');
    expect((await bomOf({ ...report, inventory: { ...report.inventory, gaps: [] } })).compositions[0]?.aggregate).toBe('unknown');
  });
});

describe('a component', () => {
  const [openssl, , lodash] = sampleReport().inventory.packages as [Package, Package, Package];

  it('names the image by package URL and digest', async () => {
    const { component } = (await bomOf(sampleReport())).metadata;
    expect(component.purl).toBe(`pkg:oci/web@sha256:${'e'.repeat(64)}?arch=amd64&repository_url=registry.example%2Fshop%2Fweb&tag=1.2`);
    expect(component.hashes).toEqual([{ alg: 'SHA-256', content: 'e'.repeat(64) }]);
  });

  it('says which layer brought it, where it is and how it was found', async () => {
    const component = (await bomOf(sampleReport())).components.find((each) => each.name === 'lodash');
    expect(component?.purl).toBe('pkg:npm/lodash@4.17.15');
    expect(propertiesOf(component)).toMatchObject({
      'plimsoll:layer:index': '1',
      'plimsoll:layer:digest': `sha256:${'c'.repeat(64)}`,
      'plimsoll:path': 'srv/app/node_modules/lodash/package.json',
    });
    expect(component?.evidence?.occurrences).toEqual([{ location: 'srv/app/node_modules/lodash/package.json' }]);
    expect([component?.evidence?.identity].flat()[0]).toMatchObject({
      field: 'purl',
      confidence: 1,
      methods: [{ technique: 'manifest-analysis' }],
    });
  });

  it('has a group where its ecosystem has one', async () => {
    const bom = await bomOf(
      withPackages([
        { ...lodash, id: '1', name: '@scope/a', purl: 'pkg:npm/%40scope/a@4.17.15' },
        { ...lodash, id: '2', type: 'maven', name: 'org.x:y', purl: 'pkg:maven/org.x/y@4.17.15' },
      ]),
    );
    expect(bom.components.slice(1).map(({ group, name }) => [group, name])).toEqual([
      ['@scope', 'a'],
      ['org.x', 'y'],
    ]);
    expect(cyclonedxErrors(bom)).toBeNull();
  });

  it('has its licences as an expression, else as they were declared', async () => {
    const bom = await bomOf(
      withPackages([
        { ...lodash, id: '1', licenses: ['MIT'], licenseExpression: 'MIT OR Apache-2.0' },
        { ...lodash, id: '2', licenses: ['See file', ''] },
      ]),
    );
    expect(bom.components.slice(1).map(({ licenses }) => licenses)).toEqual([
      [{ expression: 'MIT OR Apache-2.0', acknowledgement: 'declared' }],
      [{ license: { name: 'See file', acknowledgement: 'declared' } }],
    ]);
    expect(cyclonedxErrors(bom)).toBeNull();
  });

  it('that another owns hangs on it', async () => {
    const bom = await bomOf(withPackages([openssl, { ...lodash, ownedBy: openssl.id }]));
    expect(bom.dependencies).toEqual([
      { ref: `sha256:${'e'.repeat(64)}`, dependsOn: ['os:debian', openssl.id] },
      { ref: openssl.id, dependsOn: [lodash.id] },
    ]);
  });

  it('of a hostile image is valid all the same', async () => {
    const evil = 'x\u0000\u001b[2J\u202e\ud800 </script>\n';
    const bom = await bomOf(
      withPackages([{ ...lodash, name: evil, version: evil, purl: evil, path: evil, licenses: [evil], maintainer: evil, arch: evil }]),
    );
    expect(cyclonedxErrors(bom)).toBeNull();
    expect(bom.components[1]?.purl).toBeUndefined();
  });
});

describe('a vulnerability', () => {
  it('has every opinion, what it affects and what to do', async () => {
    const found = (await bomOf(sampleReport())).vulnerabilities.find((each) => each.id === 'CVE-2020-8203');
    expect(found).toMatchObject({
      ratings: [
        { source: { name: 'ghsa' }, severity: 'high', method: 'other' },
        { source: { name: 'ghsa' }, severity: 'high', method: 'CVSSv31', score: 7.4 },
      ],
      cwes: [1321],
      recommendation: 'lodash: 4.17.20',
      references: [{ id: 'GHSA-p6mc-m468-83gw', source: { name: 'GitHub' } }],
      affects: [{ ref: 'npm:lodash:1' }, { ref: 'npm:lodash:2' }],
    });
  });

  it('that does not apply, or is undecided, says so', async () => {
    const { vulnerabilities } = await bomOf(sampleReport());
    const state = (id: string): unknown => vulnerabilities.find((each) => each.id === id)?.analysis?.state;
    expect([state('CVE-2022-1111'), state('CVE-2024-9999'), state('CVE-2022-0778')]).toEqual(['not_affected', 'in_triage', undefined]);
  });

  it('is none where a release is at its end: the system says so', async () => {
    const report = sampleReport();
    const [openssl] = report.inventory.packages as [Package];
    const dead = finding('debian-11', openssl, { kind: 'end-of-life', published: '2024-08-31T00:00:00Z' });
    const bom = await bomOf({ ...report, findings: [dead] });
    expect(bom.vulnerabilities).toEqual([]);
    expect(propertiesOf(bom.components[0])['plimsoll:end-of-life']).toBe('2024-08-31');
  });
});
