import { describe, expect, it } from 'vitest';
import { fullReport } from '../../../testing/fixtures/full-report.ts';
import { sampleReport } from '../../../testing/fixtures/report.ts';
import { rendered } from '../../../testing/reporter-contract.ts';
import type { Report } from '../../model/index.ts';
import { readSbom } from '../../sbom/index.ts';
import { spdxJson } from '../spdx-json/index.ts';
import { spdx } from './index.ts';

const read = async (reporter: typeof spdx, report: Report, version: string) =>
  readSbom(Buffer.from(await rendered(reporter, report, { version })), 'x');

describe.each(['2.3', '2.2'])('tag-value of SPDX %s', (version) => {
  it.each([
    ['a report', sampleReport()],
    ['one with every field', fullReport as Report],
  ])('says what its JSON says: %s', async (_, report) => {
    const document = await read(spdx, report, version);
    expect(document).toEqual(await read(spdxJson, report, version));
    expect(document).toMatchObject({ form: `SPDX-${version}`, malformed: [] });
    expect(document.components.length).toBeGreaterThan(report.inventory.packages.length);
  });

  it('lets no text of an image end a line or a block', async () => {
    const report = sampleReport();
    const [first] = report.inventory.packages;
    const name = 'x\nPackageName: forged\u2028</text>\u202e';
    const hostile = { ...report, inventory: { ...report.inventory, packages: [{ ...first!, name, maintainer: name, version: name }] } };
    const text = await rendered(spdx, hostile, { version });
    expect(text.match(/^PackageName: /gm)).toHaveLength(3);
    const { components, malformed } = readSbom(Buffer.from(text), 'x');
    expect(malformed).toEqual([]);
    expect(components.map((each) => each.properties.get('plimsoll:name')).filter(Boolean)).toContain(name);
  });
});
