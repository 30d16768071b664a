import { describe, expect, it } from 'vitest';
import type { Flaw } from '../../model/index.ts';
import type { AdvisoryRecord, AffectedPackage } from '../types.ts';
import { decodeCommon, encodeFlaw, encodeNames } from './flaw-codec.ts';
import { decodeStatements, encodeBody, encodeHead, packageKey, parsePackageKey, sharedHeadKey } from './statement-codec.ts';

const KEY = { ecosystem: 'Go', name: 'example.org/mod' };
const RECORD: AdvisoryRecord = { id: 'GO-1', kind: 'vulnerability', form: 'flaw', aliases: [], flaws: [], cvss: [], affected: [] };
const PLAIN: AffectedPackage = { ...KEY, ranges: [[{ introduced: '0' }, { fixed: '1.2' }]], status: 'affected' };

function roundTrip(record: AdvisoryRecord, affected: AffectedPackage, shared: boolean) {
  const head = encodeHead(record, 'govulndb');
  const body = encodeBody(affected);
  const text = `[[${shared ? '"name"' : head}${body === '' ? '' : `,${body}`}]]`;
  return decodeStatements(text, KEY, (name) => (name === 'name' ? head : '[]'));
}

describe('statements', () => {
  it.each<[string, Partial<AdvisoryRecord>, Partial<AffectedPackage>]>([
    ['the usual case', {}, {}],
    ['an open range', {}, { ranges: [[{ introduced: '0' }]] }],
    [
      'every kind of bound',
      {},
      {
        ranges: [
          [{ introduced: '1' }, { lastAffected: '2' }],
          [{ introduced: '3' }, { limit: '4' }, { introduced: '5' }, { fixed: '6' }],
        ],
      },
    ],
    ['no range', {}, { ranges: [], status: 'not-affected' }],
    ['versions', {}, { ranges: [], versions: ['1.0', '1.1'] }],
    ['a label', {}, { severityLabel: 'unimportant' }],
    ['a module', {}, { module: 'nodejs:18' }],
    ['architectures', {}, { arches: ['aarch64', 'x86_64'] }],
    ['imports with and without symbols', {}, { imports: [{ path: 'a' }, { path: 'b', symbols: ['B.C'] }] }],
    ['malware', { kind: 'malware' }, {}],
    ['errata', { form: 'errata', flaws: ['CVE-2020-0001', 'CVE-2020-0002'] }, { status: 'end-of-life' }],
    [
      'everything',
      { aliases: ['A'], cvss: ['CVSS:3.1/x'], published: '2020-01-01T00:00:00Z' },
      { status: 'will-not-fix', severityLabel: 'low' },
    ],
  ])('survive storage: %s', (_, record, affected) => {
    const whole = { ...RECORD, ...record };
    const { affected: __, ...head } = whole;
    const expected = { ...head, feed: 'govulndb', ...PLAIN, ...affected };
    expect(roundTrip(whole, { ...PLAIN, ...affected }, false)).toEqual([expected]);
    expect(roundTrip(whole, { ...PLAIN, ...affected }, true)).toEqual([expected]);
  });

  it('are found under ecosystem and name, and shared heads are no packages', () => {
    expect(parsePackageKey(packageKey('Red Hat:enterprise_linux:8::baseos', 'openssl'))).toEqual({
      ecosystem: 'Red Hat:enterprise_linux:8::baseos',
      name: 'openssl',
    });
    expect(parsePackageKey(sharedHeadKey('abc'))).toBeUndefined();
    expect(sharedHeadKey('~') < packageKey('A', 'a')).toBe(true);
  });
});

describe('flaws', () => {
  const full: Flaw = {
    id: 'CVE-2020-0001',
    aliases: ['GHSA-1'],
    cvss: [{ vector: 'CVSS:3.1/x', source: 'nvd' }],
    epss: { score: 0, percentile: 0.5, date: '2026-08-16' },
    kev: { dateAdded: '2021-12-10', dueDate: '2021-12-24', ransomware: true },
    ssvc: { exploitation: 'none', automatable: false, technicalImpact: 'partial' },
    cwes: ['CWE-79'],
    published: '2020-01-01T00:00:00Z',
    severities: [
      { level: 'high', source: 'ghsa' },
      { level: 'medium', source: 'redhat-cve' },
    ],
  };
  const bare: Flaw = { id: 'CVE-2020-0001', aliases: [], cvss: [] };

  it.each<[string, Flaw]>([
    ['all that can be known', full],
    ['nothing but the id', bare],
    ['the severity alone', { ...bare, severities: [{ level: 'low', source: 'ghsa' }] }],
    ['KEV without a due date', { ...bare, kev: { dateAdded: '2021-12-10', ransomware: false } }],
    ['SSVC with its date', { ...bare, ssvc: { exploitation: 'active', automatable: true, technicalImpact: 'total', date: '2024-01-01' } }],
  ])('survive storage: %s', (_, flaw) => {
    expect(decodeCommon(flaw.id, encodeFlaw(flaw))).toEqual({ kind: 'flaw', flaw });
  });

  it('are told from names that lead to them', () => {
    expect(decodeCommon('GHSA-1', encodeNames(['CVE-1']))).toEqual({ kind: 'names', flaws: ['CVE-1'] });
    expect(decodeCommon('GHSA-1', encodeNames(['CVE-1', 'CVE-2']))).toEqual({ kind: 'names', flaws: ['CVE-1', 'CVE-2'] });
  });
});
