import { describe, expect, it } from 'vitest';
import { emptyReport, finding, sampleReport } from '../../testing/fixtures/report.ts';
import { rendered } from '../../testing/reporter-contract.ts';
import type { Decision } from '../model/index.ts';
import { displayWidth } from '../util/terminal/text.ts';
import { table } from './table/index.ts';

/** Sentences are left to the terminal to wrap: copied from it they stay whole. */
function isSentence(line: string): boolean {
  return /^(?:EPSS|UNDECIDED|판정 불가|warning|경고)[:]|^(?:Not applicable|이 환경|Assessed by|어떤 출처)|^(?:Database|데이터베이스)/.test(
    line,
  );
}

describe('table', () => {
  it('shows groups, rows, layers and what to know before trusting them', async () => {
    const text = await rendered(table, sampleReport());
    expect(text).toMatch(/^CRITICAL +CVE-2022-0778 +libssl1\.1 \(openssl\) +1\.1\.1n-0\+deb11u3 +1\.1\.1n-0\+deb11u4 +#0$/m);
    expect(text).toMatch(/^HIGH +CVE-2023-44487 +KEV 94% +golang\.org\/x\/net +v0\.7\.0 +0\.17\.0 +#1$/m);
    expect(text).toMatch(/^NEGLIGIBLE +CVE-2007-6755 .* will not be fixed +#0$/m);
    expect(text).toMatch(/^UNKNOWN UNDECIDED +CVE-2024-9999/m);
    expect(text).toContain('lodash/package.json (+1 more)');
    expect(text).toContain('#1 cccccccccccc COPY node_modules /srv/app/node_modules # buildkit');
    expect(text).toContain('Total: 5 (CRITICAL 1, HIGH 2, NEGLIGIBLE 1, UNKNOWN 1)');
    expect(text).toContain('Not applicable here: 1 in linux-libc-dev');
    expect(text).toContain('Assessed by no source, so not known to be safe: 1 (not from the distribution itself 1)');
    expect(text).toContain('plimsoll db update');
    expect(text).toContain('gap: opt/a.jar (lang/java): malformed: central directory');
    expect(text).toContain('Gate: failed. 3 at or above HIGH');
  });

  it.each([
    [77, 'en'],
    [80, 'en'],
    [80, 'ko'],
    [120, 'ko'],
  ] as const)('keeps rows within %i columns (%s)', async (width, language) => {
    const text = await rendered(table, sampleReport(), { width, language });
    const tooWide = text.split('\n').filter((line) => !isSentence(line) && displayWidth(line) > width);
    expect(tooWide).toEqual([]);
  });

  it('says that a gate looks at what is new only', async () => {
    const said = (reasons: Decision['reasons'], outcome: Decision['outcome'], language: 'en' | 'ko') =>
      rendered(table, { ...sampleReport(), decision: { outcome, reasons } }, { language });
    const params = { threshold: 'high', counting: 'new' };
    const passed = [{ code: 'below-threshold', params: { ...params, unrated: 0 } }] as const;
    expect(await said(passed, 'allow', 'en')).toContain('Gate: passed. Nothing at or above HIGH (only what is new counts)\n');
    const failed = [{ code: 'severity-threshold', params: { ...params, count: 3 } }] as const;
    expect(await said(failed, 'deny', 'ko')).toContain('게이트: 실패. 높음 이상 3건(새로 생긴 것만 집계)\n');
    for (const [counting, words] of [
      ['fixable', '(of flaws in packages only those that an update mends count)'],
      ['new-fixable', '(only what is new counts, and of flaws in packages only those that an update mends)'],
    ] as const) {
      const one = [{ code: 'severity-threshold', params: { threshold: 'high', counting, count: 3 } }] as const;
      expect(await said(one, 'deny', 'en')).toContain(`Gate: failed. 3 at or above HIGH ${words}\n`);
    }
  });

  it('says how many findings a passed gate left out because nobody has rated them', async () => {
    const passed = (unrated: number) =>
      rendered(table, {
        ...sampleReport(),
        decision: { outcome: 'allow', reasons: [{ code: 'below-threshold', params: { threshold: 'high', unrated } }] },
      });
    expect(await passed(0)).toContain('Gate: passed. Nothing at or above HIGH\n');
    expect(await passed(8)).toContain('Nothing at or above HIGH; not counted, because nobody has rated them yet: 8');
  });

  it('says how new the newest record of the oldest feed is', async () => {
    const { database, ...rest } = sampleReport();
    const feeds = database.feeds.map((each) => ({ ...each, newestRecord: '2025-02-14T10:00:00Z' }));
    const text = await rendered(table, { ...rest, database: { ...database, feeds, oldestFeed: 'ghsa' } });
    expect(text).toContain('days old (ghsa, newest record of 2025-02-14).');
  });

  it('colours only when told to', async () => {
    expect(await rendered(table, sampleReport())).not.toContain('\u001b[');
    expect(await rendered(table, sampleReport(), { colour: true })).toContain('\u001b[1m\u001b[31mCRITICAL\u001b[39m\u001b[22m');
  });

  it('says that nothing was found, and when a filter hid everything', async () => {
    expect(await rendered(table, emptyReport())).toContain('Nothing found.');
    const filter = { ignoreUnfixed: false, severities: ['low'] } as const;
    expect(await rendered(table, sampleReport(), { filter })).toContain('Nothing to show: 5 hidden by the display filters');
  });

  it.each([
    ['end-of-life', 'Debian GNU/Linux 11 (bullseye) has had no security updates since 2024-08-14'],
    ['extended', 'Debian GNU/Linux 11 (bullseye) gets security updates for paying subscribers only since 2024-08-14'],
  ])('says that a release is dead (%s), among the packages of that release', async (label, sentence) => {
    const report = sampleReport();
    const release = { type: 'generic', class: 'os', name: 'debian', version: '11', purl: 'pkg:generic/debian@11' } as const;
    const dead = finding('EOL-debian-11', report.inventory.packages[0]!, {
      kind: 'end-of-life',
      package: release,
      locations: [{ path: 'etc/os-release', packageId: 'EOL-debian-11', fingerprint: 'f' }],
      fix: { state: 'end-of-life', versions: [] },
      severities: [{ level: 'high', source: 'lifecycle', label }],
      published: '2024-08-14T00:00:00Z',
    });
    const text = await rendered(table, { ...report, findings: [...report.findings, dead] });
    expect(text).toContain(`End of life: ${sentence}`);
    expect(text).toContain('Debian (dpkg) · operating system packages · 3 found');
    expect(text).toMatch(/EOL-debian-11 +debian +11 +none: end of life/);
  });

  it('speaks Korean', async () => {
    const text = await rendered(table, sampleReport(), { language: 'ko' });
    expect(text).toMatch(/^치명적 +CVE-2022-0778/m);
    expect(text).toContain('게이트: 실패. 높음 이상 3건');
  });
});
