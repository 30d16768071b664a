import { describe, expect, it } from 'vitest';
import { assessedReport } from '../../../testing/fixtures/assessed-report.ts';
import { fullReport } from '../../../testing/fixtures/full-report.ts';
import { emptyReport, sampleReport } from '../../../testing/fixtures/report.ts';
import { spdxErrors } from '../../../testing/published-schemas.ts';
import { rendered, renderedPlatforms, samplePlatforms } from '../../../testing/reporter-contract.ts';
import type { Package, Report } from '../../model/index.ts';
import type { SpdxDocument, SpdxPackage } from '../sbom/spdx2/schema.ts';
import { spdxJson } from './index.ts';

const documentOf = async (report: Report, how = {}): Promise<SpdxDocument> => JSON.parse(await rendered(spdxJson, report, how));
const withPackages = (packages: readonly Package[]): Report => {
  const report = sampleReport();
  return { ...report, inventory: { ...report.inventory, packages }, findings: [] };
};

describe.each(['2.3', '2.2'])('an SPDX document of version %s', (version) => {
  it.each([
    ['a report', sampleReport()],
    ['one with secrets and checks', assessedReport()],
    ['one with every field', fullReport as Report],
    ['one of nothing', emptyReport()],
  ])('is what its schema allows: %s', async (_, report) => {
    const document = await documentOf(report, { version });
    expect(document.spdxVersion).toBe(`SPDX-${version}`);
    expect(spdxErrors(document, version)).toBeNull();
  });

  it('of all platforms describes each, with identifiers of its own', async () => {
    const platforms = { reports: samplePlatforms('amd64', 'arm64'), failed: [] };
    const document: SpdxDocument = JSON.parse(await renderedPlatforms(spdxJson, platforms, { version }));
    expect(spdxErrors(document, version)).toBeNull();
    expect(document.relationships.filter(({ relationshipType }) => relationshipType === 'DESCRIBES')).toHaveLength(2);
    const ids = document.packages.map(({ SPDXID }) => SPDXID);
    expect(new Set(ids).size).toBe(ids.length);
    const named = new Set([...ids, 'SPDXRef-DOCUMENT']);
    const used = document.relationships.flatMap(({ spdxElementId, relatedSpdxElement }) => [spdxElementId, relatedSpdxElement]);
    expect(used.filter((id) => !named.has(id))).toEqual([]);
  });
});

describe('an SPDX document', () => {
  const [openssl, , lodash] = sampleReport().inventory.packages as [Package, Package, Package];
  const ofName = ({ packages }: SpdxDocument, name: string): SpdxPackage | undefined => packages.find((each) => each.name === name);

  it('has the namespace of its content, whenever it is written', async () => {
    const report = sampleReport();
    const { documentNamespace } = await documentOf(report);
    expect(documentNamespace).toMatch(/^https:\/\/spdx\.org\/spdxdocs\/[A-Za-z0-9.-]+-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect((await documentOf({ ...report, createdAt: '2030-01-01T00:00:00.000Z' })).documentNamespace).toBe(documentNamespace);
    expect((await documentOf(withPackages([openssl]))).documentNamespace).not.toBe(documentNamespace);
  });

  it('has licences as expressions, and names those that SPDX does not know', async () => {
    const document = await documentOf(
      withPackages([
        { ...openssl, licenseExpression: 'Apache-2.0 AND LicenseRef-Own' },
        { ...lodash, licenses: ['MIT'], licenseExpression: 'MIT' },
      ]),
    );
    expect(ofName(document, openssl.name)?.licenseDeclared).toBe('Apache-2.0 AND LicenseRef-Own');
    expect(ofName(document, lodash.name)?.licenseDeclared).toBe('MIT');
    expect(document.hasExtractedLicensingInfos?.map(({ licenseId }) => licenseId)).toEqual(['LicenseRef-Own']);
  });

  it('says who supplied a package, and what it was built from', async () => {
    const maintainer = 'Debian OpenSSL Team <pkg-openssl-devel@alioth-lists.debian.net>';
    const document = await documentOf(withPackages([{ ...openssl, maintainer, source: { name: 'openssl', version: '3.0.1-0' } }]));
    expect(ofName(document, openssl.name)).toMatchObject({
      supplier: 'Organization: Debian OpenSSL Team (pkg-openssl-devel@alioth-lists.debian.net)',
      sourceInfo: 'built package from: openssl 3.0.1-0',
    });
  });

  it('has what a package owns contained in it', async () => {
    const { packages, relationships } = await documentOf(withPackages([openssl, { ...lodash, ownedBy: openssl.id }]));
    const [owner, owned] = [openssl, lodash].map(({ name }) => packages.find((each) => each.name === name)?.SPDXID);
    expect(relationships).toContainEqual({ spdxElementId: owner, relationshipType: 'CONTAINS', relatedSpdxElement: owned });
  });

  it('of a hostile image is valid all the same', async () => {
    const evil = 'x\u0000\u001b[2J\u202e\ud800 </text>\nPackageName: y';
    const hostile = { ...lodash, name: evil, version: evil, purl: evil, path: evil, licenses: [evil], maintainer: evil, arch: evil };
    expect(spdxErrors(await documentOf(withPackages([hostile])))).toBeNull();
  });
});
