import { describe, expect, it } from 'vitest';
import { assessedReport } from '../../../testing/fixtures/assessed-report.ts';
import { fullReport } from '../../../testing/fixtures/full-report.ts';
import { emptyReport, sampleReport } from '../../../testing/fixtures/report.ts';
import { spdxErrors } from '../../../testing/published-schemas.ts';
import { rendered, renderedPlatforms, samplePlatforms } from '../../../testing/reporter-contract.ts';
import type { Package, Report } from '../../model/index.ts';
import { readSbom } from '../../sbom/index.ts';
import { spdxJson } from '../spdx-json/index.ts';
import { spdx3 } from './index.ts';
import type { Spdx3Document } from './schema.ts';

const documentOf = async (report: Report): Promise<Spdx3Document> => JSON.parse(await rendered(spdx3, report));
const withPackages = (packages: readonly Package[]): Report => {
  const report = sampleReport();
  return { ...report, inventory: { ...report.inventory, packages }, findings: [] };
};

/** Every identifier that elements give themselves, and every one that they refer to. */
function identifiers({ '@graph': graph }: Spdx3Document) {
  const given = graph.map((each) => ('spdxId' in each ? each.spdxId : each['@id']));
  const used = graph.flatMap((each) =>
    Object.entries(each).flatMap(([key, value]) =>
      ['creationInfo', 'createdBy', 'createdUsing', 'rootElement', 'element', 'subject', 'from', 'to', 'suppliedBy'].includes(key)
        ? [value].flat().map(String)
        : [],
    ),
  );
  return { given, used };
}

describe('an SPDX 3 document', () => {
  it.each([
    ['a report', sampleReport()],
    ['one with secrets and checks', assessedReport()],
    ['one with every field', fullReport as Report],
    ['one of nothing', emptyReport()],
  ])('is what the schema of 3.0.1 allows, and refers to what is in it: %s', async (_, report) => {
    const document = await documentOf(report);
    expect(spdxErrors(document, '3.0.1')).toBeNull();
    const { given, used } = identifiers(document);
    expect(new Set(given).size).toBe(given.length);
    expect(used.filter((id) => !given.includes(id))).toEqual([]);
  });

  it('would not be valid in any other form', async () => {
    const document = await documentOf(sampleReport());
    expect(spdxErrors({ ...document, '@graph': [{ type: 'software_Package' }] }, '3.0.1')).not.toBeNull();
  });

  it('of all platforms has a root for each', async () => {
    const platforms = { reports: samplePlatforms('amd64', 'arm64'), failed: [] };
    const document: Spdx3Document = JSON.parse(await renderedPlatforms(spdx3, platforms));
    expect(spdxErrors(document, '3.0.1')).toBeNull();
    expect(document['@graph'].find(({ type }) => type === 'software_Sbom')).toMatchObject({ rootElement: { length: 2 } });
    const { given } = identifiers(document);
    expect(new Set(given).size).toBe(given.length);
  });

  it('says of components what SPDX 2.3 says', async () => {
    const [openssl, , lodash] = sampleReport().inventory.packages as [Package, Package, Package];
    const report = withPackages([
      { ...openssl, maintainer: 'Debian <a@b.org>', licenseExpression: 'Apache-2.0 AND LicenseRef-Own' },
      { ...lodash, ownedBy: openssl.id, licenseExpression: 'MIT' },
    ]);
    const three = readSbom(Buffer.from(await rendered(spdx3, report)), 'x');
    const two = readSbom(Buffer.from(await rendered(spdxJson, report)), 'x');
    expect(three).toMatchObject({ form: 'SPDX-3.0.1', subject: two.subject, tools: two.tools, malformed: [] });
    const told = ({ components }: typeof two) => components.map(({ ref: _, supplier, properties, ...rest }) => [rest, properties.size]);
    expect(told(three)).toEqual(told(two));
    expect(three.components.map(({ supplier }) => supplier)).toContain('Debian');
  });

  it('of a hostile image is valid all the same', async () => {
    const evil = 'x\u0000\u001b[2J\u202e\ud800 </text>\n';
    const [lodash] = sampleReport().inventory.packages as [Package];
    const hostile = { ...lodash, name: evil, version: evil, purl: evil, path: evil, licenses: [evil], maintainer: evil, arch: evil };
    expect(spdxErrors(await documentOf(withPackages([hostile])), '3.0.1')).toBeNull();
  });
});
