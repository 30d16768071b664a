import { describe, expect, it } from 'vitest';
import type { Finding, Gap, SeverityLevel } from '../model/index.ts';
import { decide } from './gate.ts';

function finding(severity: SeverityLevel, rest: Partial<Finding> = {}): Finding {
  return {
    kind: 'vulnerability',
    id: 'CVE-2024-1',
    aliases: [],
    advisories: [],
    verdict: 'affected',
    package: { type: 'npm', class: 'library', name: 'x', version: '1.0.0', purl: 'pkg:npm/x@1.0.0' },
    locations: [],
    fingerprint: '',
    fix: { state: 'fixed', versions: ['1.0.1'] },
    severity,
    severities: [],
    cvss: [],
    evidence: [],
    ...rest,
  };
}

const gap = (incomplete: boolean): Gap => ({ code: 'malformed', params: { what: 'x' }, stage: 'os/dpkg', incomplete });

describe('a gate', () => {
  it.each<[string, readonly Finding[], readonly Gap[], SeverityLevel | undefined, string]>([
    ['none asked for', [finding('critical')], [gap(true)], undefined, 'allow no-gate'],
    ['nothing found', [], [], 'low', 'allow below-threshold'],
    ['at the threshold', [finding('high')], [], 'high', 'deny severity-threshold'],
    ['above it', [finding('critical')], [], 'high', 'deny severity-threshold'],
    ['below it', [finding('medium')], [], 'high', 'allow below-threshold'],
    [
      'without a fix all the same',
      [finding('high', { fix: { state: 'will-not-fix', versions: [] } })],
      [],
      'high',
      'deny severity-threshold',
    ],
    ['not applicable here', [finding('critical', { verdict: 'not-applicable' })], [], 'low', 'allow below-threshold'],
    ['malware of any severity', [finding('low', { kind: 'malware' })], [], 'critical', 'deny severity-threshold'],
    ['end of life by its severity', [finding('high', { kind: 'end-of-life' })], [], 'critical', 'allow below-threshold'],
    ['undecided at the threshold', [finding('high', { verdict: 'undecided' })], [], 'high', 'unknown undecided-findings'],
    ['undecided and unrated', [finding('unknown', { verdict: 'undecided' })], [], 'critical', 'unknown undecided-findings'],
    ['undecided below it', [finding('low', { verdict: 'undecided' })], [], 'high', 'allow below-threshold'],
    ['parts unread', [], [gap(true)], 'critical', 'unknown inventory-incomplete'],
    ['a gap that hides no package', [], [gap(false)], 'critical', 'allow below-threshold'],
    ['denied, with doubts', [finding('high')], [gap(true)], 'high', 'deny severity-threshold inventory-incomplete'],
    ['accepted by somebody', [finding('critical', { suppressed: { by: 'exception' } })], [], 'low', 'allow below-threshold'],
    ['unrated, below unknown', [finding('unknown')], [], 'unknown', 'deny severity-threshold'],
  ])('%s', (_what, findings, gaps, failOn, expected) => {
    const { outcome, reasons } = decide({ findings, gaps }, failOn ? { failOn } : {});
    expect([outcome, ...reasons.map((each) => each.code)].join(' ')).toBe(expected);
  });

  it('says how many unrated findings it let through', () => {
    expect(decide({ findings: [finding('unknown')], gaps: [] }, { failOn: 'critical' })).toEqual({
      outcome: 'allow',
      reasons: [{ code: 'below-threshold', params: { threshold: 'critical', unrated: 1 } }],
    });
  });

  it.each([
    ['unchanged', 'allow'],
    ['new-by-change', 'deny'],
    ['new-by-disclosure', 'deny'],
    [undefined, 'deny'],
  ] as const)('of what is new only: %s is a reason to %s', (change, outcome) => {
    const findings = [finding('high', change ? { change } : {})];
    expect(decide({ findings, gaps: [] }, { failOn: 'high', onlyNew: true }).outcome).toBe(outcome);
    expect(decide({ findings, gaps: [] }, { failOn: 'high' }).outcome).toBe('deny');
  });

  it.each<[string, Partial<Finding>, string]>([
    ['an update mends it', {}, 'deny'],
    ['no update does', { fix: { state: 'will-not-fix', versions: [] } }, 'allow'],
    ['nobody can tell, and no update does', { verdict: 'undecided', fix: { state: 'affected', versions: [] } }, 'allow'],
    ['nobody can tell', { verdict: 'undecided' }, 'unknown'],
    ['malware is removed', { kind: 'malware', fix: { state: 'affected', versions: [] } }, 'deny'],
    ['a dead release is replaced', { kind: 'end-of-life', fix: { state: 'end-of-life', versions: [] } }, 'deny'],
    ['an update mends it, and it is not new', { change: 'unchanged' }, 'deny'],
  ])('of what can be mended only: %s', (_what, rest, outcome) => {
    expect(decide({ findings: [finding('high', rest)], gaps: [] }, { failOn: 'high', onlyFixable: true }).outcome).toBe(outcome);
  });

  it('may look at what is new and can be mended only', () => {
    const gate = { failOn: 'high', onlyNew: true, onlyFixable: true } as const;
    const unmended = { fix: { state: 'affected', versions: [] } } as const;
    for (const [rest, outcome] of [
      [{ change: 'new-by-change' }, 'deny'],
      [{ change: 'unchanged' }, 'allow'],
      [{ change: 'new-by-change', ...unmended }, 'allow'],
    ] as const) {
      expect(decide({ findings: [finding('high', rest)], gaps: [] }, gate).outcome).toBe(outcome);
    }
  });

  it('counts what fails', () => {
    const { reasons } = decide({ findings: [finding('high'), finding('critical'), finding('low')], gaps: [] }, { failOn: 'high' });
    expect(reasons).toEqual([{ code: 'severity-threshold', params: { count: 2, threshold: 'high' } }]);
  });
});
