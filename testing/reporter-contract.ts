import { describe, expect, it } from 'vitest';
import type { Report } from '../src/model/index.ts';
import type { Rendering, Reporter } from '../src/report/types.ts';
import { emptyReport, sampleReport } from './fixtures/report.ts';

/** How the contract shows reports: everything, in English, as into a file. */
export const PLAIN: Rendering = { language: 'en', colour: false, filter: { ignoreUnfixed: false } };

/** What a reporter writes, as one text. */
export async function rendered(reporter: Reporter, report: Report, how: Partial<Rendering> = {}): Promise<string> {
  const parts: string[] = [];
  await reporter.write(report, { write: (text) => void parts.push(text) }, { ...PLAIN, ...how });
  return parts.join('');
}

/** What holds for every report format. */
export function reporterContract(reporter: Reporter): void {
  describe(`reporter contract: ${reporter.id}`, () => {
    it('names a media type', () => {
      expect(reporter.mediaType).toMatch(/^[a-z]+\/[a-z0-9.+-]+$/);
    });

    it('writes the same text for the same report, and ends with a newline', async () => {
      const first = await rendered(reporter, sampleReport());
      expect(await rendered(reporter, sampleReport())).toBe(first);
      expect(first.endsWith('\n')).toBe(true);
    });

    it('does not change the report', async () => {
      const report = sampleReport();
      await rendered(reporter, report);
      expect(report).toEqual(sampleReport());
    });

    it('writes a report of nothing', async () => {
      expect((await rendered(reporter, emptyReport())).length).toBeGreaterThan(0);
    });

    it.each(['en', 'ko'] as const)('names every finding that the filter lets through, and no other (%s)', async (language) => {
      const text = await rendered(reporter, sampleReport(), { language, filter: { ignoreUnfixed: false, severities: ['high'] } });
      expect(text).toContain('CVE-2023-44487');
      expect(text).toContain('CVE-2020-8203');
      expect(text).not.toContain('CVE-2022-0778');
      expect(text).not.toContain('CVE-2007-6755');
    });

    it('lets nothing of a hostile image reach the terminal as a control character', async () => {
      const evil = '\u001b]0;owned\u0007\u001b[2J\u202e\u0000\r\u009b31m';
      const report = sampleReport();
      const findings = report.findings.map((each) => ({
        ...each,
        id: `${each.id}${evil}`,
        package: { ...each.package, name: `pkg${evil}`, version: `1${evil}`, source: { name: `src${evil}`, version: '1' } },
        fix: { ...each.fix, versions: each.fix.versions.map((version) => `${version}${evil}`) },
        locations: each.locations.map((place) => ({ ...place, path: `${place.path}${evil}`, ownedBy: `owner${evil}` })),
      }));
      const layers = report.inventory.layers.map((layer) => ({ ...layer, createdBy: `RUN ${evil}` }));
      const gaps = report.inventory.gaps.map((gap) => ({ ...gap, path: `p${evil}`, params: { what: evil } }));
      const target = { ...report.inventory.target, name: `target${evil}` };
      const text = await rendered(reporter, { ...report, findings, inventory: { ...report.inventory, layers, gaps, target } });
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    });
  });
}
