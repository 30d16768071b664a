import { describe, expect, it } from 'vitest';
import type { Report } from '../src/model/index.ts';
import { issues } from '../src/report/issues.ts';
import type { PlatformReports, Rendering, Reporter } from '../src/report/types.ts';
import { PlimsollError } from '../src/util/errors.ts';
import { standingReport } from './fixtures/assessed-report.ts';
import { emptyReport, sampleReport } from './fixtures/report.ts';

/** How the contract shows reports: everything, in English, as into a file. */
export const PLAIN: Rendering = {
  language: 'en',
  colour: false,
  filter: { ignoreUnfixed: false },
  securityHub: { accountId: '123456789012', region: 'eu-central-1' },
};

/** CSV's lines end in CRLF (RFC 4180); any other carriage return is a control character. */
const visible = (text: string): string => text.replaceAll('\r\n', '\n');

/** What a reporter writes, as one text. */
export async function rendered(reporter: Reporter, report: Report, how: Partial<Rendering> = {}): Promise<string> {
  const parts: string[] = [];
  await reporter.write(report, { write: (text) => void parts.push(text) }, { ...PLAIN, ...how });
  return parts.join('');
}

/** The same of all platforms. */
export async function renderedPlatforms(reporter: Reporter, platforms: PlatformReports, how: Partial<Rendering> = {}): Promise<string> {
  const parts: string[] = [];
  await reporter.writePlatforms(platforms, { write: (text) => void parts.push(text) }, { ...PLAIN, ...how });
  return parts.join('');
}

/** The sample report for these platforms. */
export function samplePlatforms(...architectures: readonly string[]): readonly Report[] {
  const report = sampleReport();
  return architectures.map((architecture) => {
    const target = { ...report.inventory.target, platform: { os: 'linux', architecture } };
    return { ...report, inventory: { ...report.inventory, target } };
  });
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

    if (reporter.inventoryOnly) inventoryContract(reporter);
    else if (reporter.covers) partialContract(reporter, reporter.covers);
    else findingsContract(reporter);

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
      expect(visible(text)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    });
  });
}

/** What holds for formats that tell what is wrong. */
function findingsContract(reporter: Reporter): void {
  it.each(['en', 'ko'] as const)('names every finding that the filter lets through, and no other (%s)', async (language) => {
    const text = await rendered(reporter, sampleReport(), { language, filter: { ignoreUnfixed: false, severities: ['high'] } });
    expect(text).toContain('CVE-2023-44487');
    expect(text).toContain('CVE-2020-8203');
    expect(text).not.toContain('CVE-2022-0778');
    expect(text).not.toContain('CVE-2007-6755');
  });

  it('writes all platforms, each named, with all that a filter lets through', async () => {
    const reports = samplePlatforms('amd64', 'riscv64');
    const one = await rendered(reporter, sampleReport());
    const text = await renderedPlatforms(reporter, { reports, failed: [] });
    expect(text).toContain('amd64');
    expect(text).toContain('riscv64');
    expect(text.split('CVE-2023-44487').length - 1).toBe(2 * (one.split('CVE-2023-44487').length - 1));
    const high = { ignoreUnfixed: false, severities: ['high'] } as const;
    expect(await renderedPlatforms(reporter, { reports, failed: [] }, { filter: high })).not.toContain('CVE-2022-0778');
  });

  it('writes the platforms that could be scanned where others could not', async () => {
    const error = new PlimsollError('blob-missing', { source: 'evil\u001b[2J', digest: 'sha256:0' });
    const failed = [{ digest: `sha256:${'0'.repeat(64)}`, platform: 'linux/s390x\u202e', error }] as const;
    const text = await renderedPlatforms(reporter, { reports: samplePlatforms('amd64'), failed });
    expect(text).toContain('CVE-2023-44487');
    expect(visible(text)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });
}

/** What holds for formats that have a place for some findings only: each of those is there, at all of its places, and no other. */
function partialContract(reporter: Reporter, covers: NonNullable<Reporter['covers']>): void {
  const named = async (report: Report, how: Partial<Rendering> = {}) => {
    return new Set(namedIn(await rendered(reporter, report, how)));
  };

  it.each(['en', 'ko'] as const)(
    'names every finding that it has a place for, that counts and that a filter lets through (%s)',
    async (language) => {
      for (const filter of [PLAIN.filter, { ignoreUnfixed: true, severities: ['high'] }] as const) {
        const all = await issues(standingReport(), filter, language);
        const expected = all.filter((issue) => covers(issue) && issue.suppressed === undefined);
        const found = await named(standingReport(), { language, filter });
        const names = expected.flatMap(({ rule, aliases }) => [rule, ...aliases]);
        expect([...found].filter((name) => !names.includes(name))).toEqual([]);
        for (const { rule, aliases } of expected) expect([rule, ...aliases].some((name) => found.has(name))).toBe(true);
      }
    },
  );

  it('writes all platforms, and those that could be scanned where others could not', async () => {
    const reports = samplePlatforms('amd64', 'riscv64').map((report) => ({ ...standingReport(), inventory: report.inventory }));
    const error = new PlimsollError('blob-missing', { source: 'evil\u001b[2J', digest: 'sha256:0' });
    const failed = [{ digest: `sha256:${'0'.repeat(64)}`, platform: 'linux/s390x\u202e', error }] as const;
    const text = await renderedPlatforms(reporter, { reports, failed });
    const one = namedIn(await rendered(reporter, standingReport()));
    const counted = (await issues(standingReport(), PLAIN.filter, 'en')).filter((issue) => covers(issue) && issue.suppressed === undefined);
    // What is in files of the user's, and in no image, is the same for all platforms, and stands once.
    const ofAll = counted.filter(
      ({ check, imported, places }) => (check ?? imported) && places.every(({ inImage, path }) => !inImage && path),
    );
    expect(namedIn(text)).toHaveLength(2 * one.length - ofAll.length);
    expect([one.length > 0, text.includes('amd64'), text.includes('riscv64')]).toEqual([true, true, true]);
    expect(visible(text)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });
}

/** What entries of GitLab's forms, or hadolint's, are about. */
function namedIn(text: string): readonly string[] {
  const document = JSON.parse(text) as { code: string }[] | { vulnerabilities: { identifiers: { value: string }[] }[] };
  return Array.isArray(document)
    ? document.map(({ code }) => code)
    : document.vulnerabilities.map(({ identifiers }) => identifiers[0]!.value);
}

/** What holds for formats that tell what is inside: a filter of findings hides none of it. */
function inventoryContract(reporter: Reporter): void {
  it('names every package, whatever a filter hides of findings', async () => {
    const report = sampleReport();
    const all = await rendered(reporter, report);
    for (const { name } of report.inventory.packages) expect(all).toContain(name);
    expect(await rendered(reporter, report, { filter: { ignoreUnfixed: true, severities: ['critical'] } })).toBe(all);
  });

  it('writes all platforms as one document, each named', async () => {
    const reports = samplePlatforms('amd64', 'riscv64');
    const text = await renderedPlatforms(reporter, { reports, failed: [] });
    expect(text).toContain('amd64');
    expect(text).toContain('riscv64');
  });
}
