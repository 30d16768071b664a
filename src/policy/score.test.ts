import { describe, expect, it } from 'vitest';
import { check, secret } from '../../testing/fixtures/assessed-report.ts';
import { finding, sampleReport } from '../../testing/fixtures/report.ts';
import type { Finding, Report } from '../model/index.ts';
import { decideByScore, lookedAt, scoreOf } from './score.ts';

const [openssl] = sampleReport().inventory.packages;
const flaws = (...severities: readonly Finding['severity'][]): Finding[] =>
  severities.map((severity, i) => finding(`CVE-2024-${i}`, openssl!, { severity }));
const bare = (more: Partial<Report>): Report => {
  const report = sampleReport();
  return { ...report, inventory: { ...report.inventory, gaps: [] }, findings: [], ...more };
};

describe('a score', () => {
  it.each([
    [[], 100],
    [['critical', 'high', 'medium'], 65],
    [['medium', 'medium', 'low', 'negligible', 'unknown'], 90],
    [['critical', 'critical', 'critical', 'critical', 'critical', 'critical'], 0],
  ] as const)('is 100 less 20, 10 and 5 for each critical, high and medium flaw, at least 0: %j', (severities, expected) => {
    expect(scoreOf({ findings: flaws(...severities) }).value).toBe(expected);
  });

  it('says what cost how much, what cost nothing included', () => {
    const found = {
      findings: flaws('high', 'high', 'low'),
      secrets: { rules: 1, scanned: { files: 1, bytes: 1 }, skipped: [], findings: [secret()] },
    };
    expect(scoreOf(found)).toEqual({
      value: 80,
      items: [
        { kind: 'vulnerability', severity: 'high', count: 2, weight: 10, points: 20 },
        { kind: 'vulnerability', severity: 'low', count: 1, weight: 0, points: 0 },
        { kind: 'secret', severity: 'high', count: 1, weight: 0, points: 0 },
      ],
    });
  });

  it('counts other kinds where they have weights, and never what is suppressed', () => {
    const checks = { files: 1, findings: [check({ severity: 'high' }), check({ severity: 'high', suppressed: { by: 'pragma' } })] };
    expect(scoreOf({ findings: [], checks }, { misconfiguration: { high: 7.5 } }).value).toBe(92.5);
  });

  it('counts what affects the image only, malware as critical, and end of life as a kind of its own', () => {
    const findings = [
      finding('CVE-1', openssl!, { severity: 'critical', verdict: 'not-applicable' }),
      finding('CVE-2', openssl!, { severity: 'critical', verdict: 'undecided' }),
      finding('MAL-1', openssl!, { severity: 'unknown', kind: 'malware' }),
      finding('eol', openssl!, { severity: 'high', kind: 'end-of-life' }),
    ];
    expect(scoreOf({ findings }).value).toBe(80);
  });
});

describe('the gate of a score', () => {
  const gate = { failOn: 'critical', least: 70 } as const;
  const codes = (report: Report, how: Parameters<typeof decideByScore>[2] = gate): string => {
    const { outcome, reasons } = decideByScore(report, scoreOf(report), how);
    return [outcome, ...reasons.map(({ code }) => code)].join(' ');
  };
  const withSecret = (severity: Finding['severity'], more = {}): Partial<Report> => ({
    secrets: { rules: 1, scanned: { files: 1, bytes: 1 }, skipped: [], findings: [secret({ severity, ...more })] },
  });

  it.each<[string, Partial<Report>, string]>([
    ['nothing found', {}, 'allow score-reached'],
    ['the lowest score that passes', { findings: flaws('high', 'high', 'high') }, 'allow score-reached'],
    ['a lower one', { findings: flaws('high', 'high', 'high', 'medium') }, 'deny score-below'],
    ['one critical flaw, whatever the score', { findings: flaws('critical') }, 'deny severity-threshold'],
    ['a critical secret', withSecret('critical'), 'deny severity-threshold'],
    ['one that is in the baseline', withSecret('critical', { suppressed: { by: 'baseline' } }), 'allow score-reached'],
    ['a critical check', { checks: { files: 1, findings: [check({ severity: 'critical' })] } }, 'deny severity-threshold'],
    ['both', { findings: flaws('critical', 'high', 'high') }, 'deny severity-threshold score-below'],
    ['a doubt', { findings: [finding('CVE-1', openssl!, { severity: 'critical', verdict: 'undecided' })] }, 'unknown undecided-findings'],
    ['parts unread', { inventory: sampleReport().inventory }, 'unknown inventory-incomplete'],
  ])('%s', (_, report, expected) => {
    expect(codes(bare(report))).toBe(expected);
  });

  it('counts all kinds together, and says the score', () => {
    const report = bare({ findings: flaws('critical'), ...withSecret('critical') });
    expect(decideByScore(report, scoreOf(report), { ...gate, least: 90 }).reasons).toEqual([
      { code: 'severity-threshold', params: { count: 2, threshold: 'critical' } },
      { code: 'score-below', params: { score: 80, least: 90 } },
    ]);
  });

  it('may look at what an update mends only, whose score is its own; secrets stay', () => {
    const mended = flaws('high').map((each) => ({ ...each, fix: { state: 'fixed' as const, versions: ['2'] } }));
    const unmended = flaws('critical').map((each) => ({ ...each, fix: { state: 'affected' as const, versions: [] } }));
    const which = { onlyFixable: true };
    const report = bare({ findings: [...mended, ...unmended] });
    const left = lookedAt(report, which);
    expect(left.findings).toEqual(mended);
    expect(scoreOf(left).value).toBe(90);
    const decision = (of: Report, least: number) =>
      decideByScore(of, scoreOf(lookedAt(of, which)), { failOn: 'critical', least, ...which }).outcome;
    expect(decision(report, 90)).toBe('allow');
    expect(decision(report, 91)).toBe('deny');
    expect(decision(bare({ findings: unmended, ...withSecret('critical') }), 0)).toBe('deny');
  });

  it('may ask for the score alone', () => {
    expect(codes(bare({ findings: flaws('critical') }), { least: 70 })).toBe('allow score-reached');
    expect(codes(bare({ findings: flaws('critical') }), { least: 0 })).toBe('allow score-reached');
  });
});
