import { describe, expect, it } from 'vitest';
import { exploitationOf, levelOf, scoreCvss } from './index.ts';

/** Scores as FIRST publishes them: CVSS v2 guide 3.3, v3.1 and v4.0 example documents. */
describe('base scores', () => {
  it.each([
    ['AV:N/AC:L/Au:N/C:N/I:N/A:C', '2.0', 7.8],
    ['(AV:N/AC:L/Au:N/C:C/I:C/A:C)', '2.0', 10],
    ['AV:L/AC:H/Au:N/C:C/I:C/A:C', '2.0', 6.2],
    ['CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N', '3.0', 6.4],
    ['CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N', '3.1', 6.4],
    ['CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N', '3.1', 3.1],
    ['CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H', '3.1', 9.9],
    ['CVSS:3.1/AV:L/AC:L/PR:H/UI:N/S:U/C:L/I:L/A:L', '3.1', 4.2],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N', '3.1', 0],
    ['CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', '4.0', 7.3],
    ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H', '4.0', 10],
    ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N', '4.0', 8.7],
  ])('%s', (vector, version, baseScore) => {
    expect(scoreCvss(vector, 'nvd')).toEqual({ version, vector, baseScore, source: 'nvd' });
  });
});

describe('exploitation', () => {
  it.each([
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 'active', 9.8],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 'poc', 9.3],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:H', 'poc', 9.8],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:U', 'active', 9.8],
    // v2 guide 3.3.3 has 4.9 with E:POC/RL:OF/RC:C; the official fix and the confirmation stand in the vector.
    ['AV:L/AC:H/Au:N/C:C/I:C/A:C/RL:OF/RC:C', 'poc', 4.9],
    ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', 'active', 9.3],
    ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', 'poc', 8.9],
  ] as const)('%s, %s', (vector, exploitation, temporalScore) => {
    expect(scoreCvss(vector, 'nvd', exploitation)).toMatchObject({ temporalScore });
  });

  it('is active by KEV or SSVC, and never read out of "none"', () => {
    const ssvc = (exploitation: 'none' | 'poc' | 'active') => ({
      ssvc: { exploitation, automatable: true, technicalImpact: 'total' as const },
    });
    expect(exploitationOf({ kev: { dateAdded: '2024-01-01', ransomware: false }, ...ssvc('none') })).toBe('active');
    expect(exploitationOf(ssvc('active'))).toBe('active');
    expect(exploitationOf(ssvc('poc'))).toBe('poc');
    expect(exploitationOf(ssvc('none'))).toBeUndefined();
  });
});

it.each([
  ['nothing', ''],
  ['words', 'HIGH'],
  ['another version', 'CVSS:5.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'],
  ['metrics missing', 'CVSS:3.1/AV:N/AC:L'],
  ['a metric twice', 'CVSS:3.1/AV:N/AV:L/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'],
  ['an unknown value', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:Q'],
  ['an unknown v4 value', 'CVSS:4.0/AV:Z/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N'],
  ['kilobytes', `CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H${'/X:1'.repeat(10_000)}`],
])('gives no score for %s', (_what, vector) => {
  expect(scoreCvss(vector, 'nvd')).toBeUndefined();
});

/** CVSS v3.1 specification 5, v4.0 specification 6; v2 by NVD's scale. */
it.each([
  ['3.1', 0, 'negligible'],
  ['3.1', 0.1, 'low'],
  ['3.1', 3.9, 'low'],
  ['3.1', 4, 'medium'],
  ['3.1', 6.9, 'medium'],
  ['3.1', 7, 'high'],
  ['3.1', 8.9, 'high'],
  ['4.0', 9, 'critical'],
  ['2.0', 10, 'high'],
] as const)('v%s %d is %s', (version, baseScore, level) => {
  expect(levelOf({ version, baseScore })).toBe(level);
});
