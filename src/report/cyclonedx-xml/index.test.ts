import { describe, expect, it } from 'vitest';
import { assessedReport } from '../../../testing/fixtures/assessed-report.ts';
import { fullReport } from '../../../testing/fixtures/full-report.ts';
import { emptyReport, sampleReport } from '../../../testing/fixtures/report.ts';
import { cyclonedxXmlErrors } from '../../../testing/published-schemas.ts';
import { rendered, renderedPlatforms, samplePlatforms } from '../../../testing/reporter-contract.ts';
import type { Report } from '../../model/index.ts';
import { readSbom } from '../../sbom/index.ts';
import { cyclonedx } from '../cyclonedx/index.ts';
import { cyclonedxXml } from './index.ts';

const read = async (reporter: typeof cyclonedx, report: Report, version: string) =>
  readSbom(Buffer.from(await rendered(reporter, report, { version })), 'x');

describe.each(['1.6', '1.5', '1.4'])('CycloneDX %s in XML', (version) => {
  it.each([
    ['a report', sampleReport()],
    ['one with secrets and checks', assessedReport()],
    ['one with every field', fullReport as Report],
    ['one of nothing', emptyReport()],
  ])('is what its schema allows, and says what its JSON says: %s', async (_, report) => {
    const text = await rendered(cyclonedxXml, report, { version });
    expect(await cyclonedxXmlErrors(text, version)).toBeUndefined();
    expect(readSbom(Buffer.from(text), 'x')).toEqual(await read(cyclonedx, report, version));
  });

  it('of all platforms is valid too', async () => {
    const platforms = { reports: samplePlatforms('amd64', 'arm64'), failed: [] };
    expect(await cyclonedxXmlErrors(await renderedPlatforms(cyclonedxXml, platforms, { version }), version)).toBeUndefined();
  });

  it('of a hostile image is valid, and keeps what XML can write', async () => {
    const report = sampleReport();
    const [first] = report.inventory.packages;
    const name = ' <x attr="&amp;">\n\r\t\u202e]]><!-- \u{1f600} ';
    const evil = `${name}\u0000\ud800\uffff`;
    const hostile = { ...first!, name, version: evil, purl: evil, path: evil, licenses: [evil], maintainer: evil, arch: name };
    const text = await rendered(
      cyclonedxXml,
      { ...report, findings: [], inventory: { ...report.inventory, packages: [hostile] } },
      { version },
    );
    expect(await cyclonedxXmlErrors(text, version)).toBeUndefined();
    const { components } = readSbom(Buffer.from(text), 'x');
    expect(components.at(-1)?.properties.get('plimsoll:arch')).toBe(name.trim());
  });

  it('would not be valid in any other form', async () => {
    const text = await rendered(cyclonedxXml, sampleReport(), { version });
    expect(await cyclonedxXmlErrors(text.replace('<name>', '<nom>').replace('</name>', '</nom>'), version)).toContain('nom');
  });
});
