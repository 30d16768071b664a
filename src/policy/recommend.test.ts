import { expect, it } from 'vitest';
import { assessedReport, check, secret } from '../../testing/fixtures/assessed-report.ts';
import { finding, sampleReport } from '../../testing/fixtures/report.ts';
import type { Package, Report } from '../model/index.ts';
import { recommendations } from './recommend.ts';

const newest = (_: unknown, versions: readonly string[]): string | undefined => [...versions].sort().at(-1);
const [openssl, , lodash] = sampleReport().inventory.packages as [Package, Package, Package];
const fixedIn = (...versions: readonly string[]) => ({ fix: { state: 'fixed' as const, versions } });
const of = (more: Partial<Report>): Report => ({ ...sampleReport(), findings: [], ...more });

it('an update is recommended once for all that it fixes, to the version that fixes all', () => {
  const findings = [
    finding('CVE-1', lodash, { severity: 'high', ...fixedIn('4.17.19') }),
    finding('CVE-2', lodash, { severity: 'critical', ...fixedIn('4.17.21', '5.0.0') }),
    finding('CVE-3', lodash, { severity: 'low' }),
  ];
  expect(recommendations(of({ findings }), newest)).toEqual([
    {
      code: 'update-package',
      params: { package: 'lodash', type: 'npm', installed: '4.17.15', version: '4.17.21' },
      severity: 'critical',
      findings: 2,
      points: 30,
    },
  ]);
});

it('versions without an order are all named', () => {
  const findings = [finding('CVE-1', lodash, fixedIn('1.x')), finding('CVE-2', lodash, fixedIn('2.y'))];
  expect(recommendations(of({ findings }), () => undefined)[0]?.params.version).toBe('1.x, 2.y');
});

it('packages of one source are updated together', () => {
  const tool = { ...openssl, id: 'deb:tool', name: 'openssl' };
  const findings = [finding('CVE-1', openssl, fixedIn('3')), finding('CVE-1', tool, fixedIn('3'))];
  expect(recommendations(of({ findings }), newest).map(({ params, findings: count }) => [params.package, count])).toEqual([
    ['libssl1.1, openssl', 2],
  ]);
});

it('a release at its end takes with it what will not be fixed in it', () => {
  const findings = [
    finding('debian-11', openssl, { kind: 'end-of-life', severity: 'high', published: '2024-08-31T00:00:00Z' }),
    finding('CVE-1', openssl, { severity: 'critical' }),
    finding('CVE-2', openssl, { severity: 'critical', ...fixedIn('3') }),
    finding('CVE-3', lodash, { severity: 'critical' }),
  ];
  expect(recommendations(of({ findings }), newest)[0]).toEqual({
    code: 'replace-release',
    params: { name: 'Debian GNU/Linux 11 (bullseye)', date: '2024-08-31' },
    severity: 'critical',
    findings: 2,
    points: 20,
  });
});

it('what has more effect comes first, whatever it costs in points', () => {
  const report = of({
    ...assessedReport(),
    findings: [
      finding('CVE-1', lodash, { severity: 'medium', ...fixedIn('5') }),
      finding('MAL-1', lodash, { kind: 'malware', severity: 'unknown' }),
    ],
  });
  expect(recommendations(report, newest).map(({ code, severity, points }) => `${code} ${severity} ${points}`)).toEqual([
    'remove-package critical 20',
    'revoke-secret critical 0',
    'follow-check high 0',
    'revoke-secret high 0',
    'update-package medium 5',
    'follow-check medium 0',
  ]);
});

it('one secret at several places is revoked once, and a check followed at all its places', () => {
  const secrets = {
    rules: 1,
    scanned: { files: 1, bytes: 1 },
    skipped: [],
    findings: [secret(), secret(), secret({ hash: '9'.repeat(64) })],
  };
  const checks = { files: 1, findings: [check(), check({ severity: 'low', location: { file: 'Dockerfile', line: 9 } })] };
  const found = recommendations(of({ secrets, checks }), newest);
  expect(found.map(({ code, findings }) => [code, findings])).toEqual([
    ['revoke-secret', 2],
    ['revoke-secret', 1],
    ['follow-check', 2],
  ]);
});

it('nothing found is nothing to do', () => {
  expect(recommendations(of({}), newest)).toEqual([]);
});
