import { describe, expect, it } from 'vitest';
import { statement } from '../../testing/fake-db.ts';
import type { Advisory, Flaw } from '../model/index.ts';
import { rate } from './severity.ts';

const LOW_V3 = 'CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N';
const HIGH_V3 = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H';
const CRITICAL_V4 = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N';
const MEDIUM_V2 = 'AV:N/AC:M/Au:N/C:P/I:N/A:N';

const debian = (rest: Partial<Advisory> = {}) => statement({ id: 'CVE-1', feed: 'debian-osv', ecosystem: 'Debian:12', name: 'x', ...rest });
const ghsa = (rest: Partial<Advisory> = {}) => statement({ id: 'GHSA-1', feed: 'ghsa', ecosystem: 'npm', name: 'x', ...rest });
const flaw = (rest: Partial<Flaw> = {}): Flaw => ({ id: 'CVE-1', aliases: [], cvss: [], ...rest });

function order(statements: readonly Advisory[], about: Flaw, kind: 'vulnerability' | 'malware' = 'vulnerability') {
  const { severity, severities } = rate({ kind, flaw: about, statements });
  return [severity, ...severities.map((each) => `${each.source} ${each.label ?? each.cvss?.version ?? 'word'} ${each.level}`)];
}

describe('which opinion a severity follows', () => {
  it("is the distribution's word first, with all others behind it", () => {
    const about = flaw({ cvss: [{ vector: HIGH_V3, source: 'nvd' }] });
    expect(order([debian({ severityLabel: 'unimportant' })], about)).toEqual([
      'negligible',
      'debian-osv unimportant negligible',
      'nvd 3.1 high',
    ]);
  });

  it('says the same word of the same source once', () => {
    const about = flaw({ severities: [{ level: 'high', source: 'ghsa' }] });
    expect(order([ghsa({ severityLabel: 'high' })], about)).toEqual(['high', 'ghsa high high']);
    expect(order([ghsa({ severityLabel: 'low' })], about)).toEqual(['low', 'ghsa low low', 'ghsa word high']);
  });

  it.each([
    ['Important', 'high'],
    ['moderate', 'medium'],
    ['critical', 'critical'],
    ['negligible', 'negligible'],
    ['minor', 'low'],
  ])('knows the word %s', (severityLabel, level) => {
    expect(order([debian({ severityLabel })], flaw())[0]).toBe(level);
  });

  it("is GHSA's word where GHSA speaks of the package, and the last resort where it does not", () => {
    const about = flaw({ severities: [{ level: 'medium', source: 'ghsa' }], cvss: [{ vector: HIGH_V3, source: 'nvd' }] });
    expect(order([ghsa()], about)).toEqual(['medium', 'ghsa word medium', 'nvd 3.1 high']);
    expect(order([debian()], about)).toEqual(['high', 'nvd 3.1 high', 'ghsa word medium']);
  });

  it('is then the CVSS of the statement, CNA, CISA, NVD and others, the newest version of each', () => {
    const about = flaw({
      cvss: [
        { vector: MEDIUM_V2, source: 'nvd' },
        { vector: LOW_V3, source: 'elsewhere' },
        { vector: HIGH_V3, source: 'nvd' },
        { vector: LOW_V3, source: 'cisa-vulnrichment' },
        { vector: CRITICAL_V4, source: 'cna' },
      ],
    });
    expect(order([ghsa({ cvss: [MEDIUM_V2, HIGH_V3] })], about)).toEqual([
      'high',
      'ghsa 3.1 high',
      'ghsa 2.0 medium',
      'cna 4.0 critical',
      'cisa-vulnrichment 3.1 low',
      'nvd 3.1 high',
      'nvd 2.0 medium',
      'elsewhere 3.1 low',
    ]);
  });

  it('leaves out vectors of a bundle of several flaws, and vectors that are none', () => {
    const bundle = debian({ form: 'errata', flaws: ['CVE-1', 'CVE-2'], cvss: [CRITICAL_V4] });
    expect(order([bundle], flaw({ cvss: [{ vector: 'high', source: 'cna' }] }))).toEqual(['unknown']);
  });

  it('is critical for malware whatever anybody says', () => {
    const about = flaw({ severities: [{ level: 'low', source: 'ghsa' }] });
    const found = order([statement({ id: 'MAL-1', feed: 'malicious', ecosystem: 'npm', name: 'x', kind: 'malware' })], about, 'malware');
    expect(found).toEqual(['critical', 'malicious malware critical', 'ghsa word low']);
  });

  it('is unknown where nobody has said anything', () => {
    expect(order([debian({ severityLabel: 'not yet assigned' })], flaw())).toEqual(['unknown']);
  });
});

it('shows the score under exploitation and does not let it change the level', () => {
  const about = flaw({
    cvss: [{ vector: HIGH_V3, source: 'nvd' }],
    ssvc: { exploitation: 'poc', automatable: false, technicalImpact: 'partial' },
  });
  const { severity, cvss } = rate({ kind: 'vulnerability', flaw: about, statements: [debian()] });
  expect(severity).toBe('high');
  expect(cvss).toEqual([{ version: '3.1', vector: HIGH_V3, baseScore: 7.5, temporalScore: 7.1, source: 'nvd' }]);
});
