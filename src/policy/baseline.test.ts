import { describe, expect, it } from 'vitest';
import { check, secret } from '../../testing/fixtures/assessed-report.ts';
import { library, osPackage } from '../../testing/fixtures/inventory.ts';
import type { CheckFinding, Finding, Package, SecretFinding } from '../model/index.ts';
import { type Comparable, compareWithBaseline, lackingWords } from './baseline.ts';

const flaw = (of: Package, id = 'CVE-2024-1', more: Partial<Finding> = {}): Finding => ({
  kind: 'vulnerability',
  id,
  aliases: [],
  advisories: [],
  verdict: 'affected',
  package: of,
  locations: [{ path: of.path, packageId: of.id, fingerprint: '0'.repeat(64) }],
  fingerprint: '0'.repeat(64),
  fix: { state: 'affected', versions: [] },
  severity: 'high',
  severities: [],
  cvss: [],
  evidence: [],
  ...more,
});

const database = {} as NonNullable<Comparable['database']>;

function report(packages: readonly Package[], findings: readonly Finding[], more: Partial<Comparable> = {}): Comparable {
  return { inventory: { target: { kind: 'image', spec: '', name: '' }, packages }, database, findings, ...more };
}

/** Paths with the version in them taken out, as fingerprints have them. */
const keyOf = ({ purl, version, path }: { purl: string; version: string; path: string }) =>
  `${purl.replace(/@[^@]*$/, '')} ${path.replace(version, '*')}`;
const compare = (now: Comparable, then: Comparable) => compareWithBaseline(now, then, keyOf);
const changes = (now: Comparable, then: Comparable) => compare(now, then).findings.map(({ change }) => change);

const old = library('npm', 'lodash', '4.17.15', { path: 'srv/lodash-4.17.15' });
const updated = library('npm', 'lodash', '4.17.16', { path: 'srv/lodash-4.17.16' });
const moved = library('npm', 'lodash', '4.17.15', { path: 'opt/lodash-4.17.15' });
const deb = osPackage('deb', 'libssl3', '3.0.11-1');

describe('what the baseline has otherwise', () => {
  it.each<[string, Finding, Finding, Finding['updated']]>([
    ['nothing', flaw(old), flaw(old), undefined],
    ['the version', flaw(updated), flaw(old), ['version']],
    ['the severity', flaw(old, 'CVE-2024-1', { severity: 'critical' }), flaw(old), ['severity']],
    ['what mends it', flaw(old, 'CVE-2024-1', { fix: { state: 'fixed', versions: ['4.17.21'] } }), flaw(old), ['fix']],
    ['the verdict', flaw(old), flaw(old, 'CVE-2024-1', { verdict: 'undecided' }), ['verdict']],
    ['it is not there at all', flaw(old), flaw(old, 'CVE-2024-2'), undefined],
  ])('%s', (_what, now, then, expected) => {
    const [found] = compare(report([now.package as Package], [now]), report([then.package as Package], [then])).findings;
    expect(found?.updated).toEqual(expected);
  });

  it('of what is no package: its severity', () => {
    const checks = (severity: CheckFinding['severity']) => ({ checks: { findings: [check({ severity })], files: 1 } });
    const { checks: found } = compare(report([], [], checks('high')), report([], [], checks('low')));
    expect(found).toMatchObject([{ change: 'unchanged', updated: ['severity'] }]);
    expect(compare(report([], [], checks('high')), report([], [], checks('high'))).checks?.[0]?.updated).toBeUndefined();
  });
});

describe('a flaw', () => {
  it.each<[string, Comparable, Comparable, Finding['change']]>([
    ['that was there', report([old], [flaw(old)]), report([old], [flaw(old)]), 'unchanged'],
    ['that was there at an older version', report([updated], [flaw(updated)]), report([old], [flaw(old)]), 'unchanged'],
    [
      'that was there under another name',
      report([old], [flaw(old, 'CVE-2024-1', { aliases: ['GHSA-x'] })]),
      report([old], [flaw(old, 'GHSA-x')]),
      'unchanged',
    ],
    [
      'that was accepted there',
      report([old], [flaw(old)]),
      report([old], [flaw(old, 'CVE-2024-1', { suppressed: { by: 'exception' } })]),
      'unchanged',
    ],
    ['of a package that came', report([old], [flaw(old)]), report([], []), 'new-by-change'],
    ['of a package that was updated', report([updated], [flaw(updated)]), report([old], []), 'new-by-change'],
    ['of a package that moved', report([moved], [flaw(moved)]), report([old], []), 'new-by-change'],
    [
      'with a copy that came',
      report([old, moved], [flaw(old, 'CVE-2024-1', { locations: [...flaw(old).locations, ...flaw(moved).locations] })]),
      report([old], [flaw(old)]),
      'new-by-change',
    ],
    ['that became known', report([old], [flaw(old)]), report([old], []), 'new-by-disclosure'],
    [
      'that was undecided',
      report([old], [flaw(old)]),
      report([old], [flaw(old, 'CVE-2024-1', { verdict: 'undecided' })]),
      'new-by-disclosure',
    ],
    [
      'that did not apply',
      report([old], [flaw(old)]),
      report([old], [flaw(old, 'CVE-2024-1', { verdict: 'not-applicable' })]),
      'new-by-disclosure',
    ],
    [
      'that is undecided by now',
      report([old], [flaw(old, 'CVE-2024-1', { verdict: 'undecided' })]),
      report([old], [flaw(old)]),
      'unchanged',
    ],
    [
      'of a system package whose database moved',
      report([{ ...deb, path: 'usr/lib/dpkg' }], [flaw({ ...deb, path: 'usr/lib/dpkg' })]),
      report([deb], []),
      'new-by-disclosure',
    ],
  ])('%s is %4$s', (_what, now, then, expected) => {
    expect(changes(now, then)).toEqual([expected]);
  });

  it('of a document that does not say where packages are is known by the package', () => {
    const sbom = report([{ ...old, path: 'bom.json' }], [flaw({ ...old, path: 'bom.json' })]);
    const inventory = { ...sbom.inventory, target: { kind: 'sbom', spec: '', name: '' } } as const;
    expect(changes(report([old], [flaw(old)]), { ...sbom, inventory })).toEqual(['unchanged']);
  });

  it.each<[string, Comparable, string]>([
    ['gone', report([], []), 'gone'],
    ['of another version now', report([updated], []), 'changed'],
    ['not said any more', report([old], []), 'not-stated'],
    ['of no consequence now', report([old], [flaw(old, 'CVE-2024-1', { verdict: 'not-applicable' })]), 'not-stated'],
  ])('that is %s is fixed', (_what, now, why) => {
    expect(compare(now, report([old], [flaw(old)])).fixed).toEqual([
      { kind: 'vulnerability', id: 'CVE-2024-1', severity: 'high', what: 'lodash 4.17.15', fingerprint: '0'.repeat(64), why },
    ]);
  });

  it('is not fixed where it did not apply', () => {
    expect(compare(report([], []), report([old], [flaw(old, 'CVE-2024-1', { verdict: 'not-applicable' })])).fixed).toEqual([]);
  });
});

describe('what is there or not', () => {
  const at = (line: number): CheckFinding => check({ location: { file: 'Dockerfile', line } });
  const checks = (findings: readonly CheckFinding[]) => report([], [], { checks: { findings } });
  const secrets = (findings: readonly SecretFinding[]) => report([], [], { secrets: { findings } });

  it('is known by what it is, and as often as it was there: of three, the one on another line is new', () => {
    const { checks: all, fixed } = compare(checks([at(3), at(7), at(9)]), checks([at(9), at(3)]));
    expect(all?.map(({ location, change }) => `${location.line} ${change}`)).toEqual(['3 unchanged', '7 new-by-change', '9 unchanged']);
    expect(fixed).toEqual([]);
  });

  it('may move by lines', () => {
    expect(compare(checks([at(8)]), checks([at(3)])).checks?.[0]?.change).toBe('unchanged');
  });

  it('is fixed where it is gone', () => {
    expect(compare(checks([]), checks([at(3)])).fixed).toMatchObject([{ kind: 'misconfiguration', what: 'Dockerfile:3', why: 'gone' }]);
  });

  it('is another secret where its hash is another', () => {
    const { secrets: all, otherKey } = compare(secrets([secret(), secret({ hash: 'f'.repeat(64) })]), secrets([secret()]));
    expect(all?.map(({ change }) => change)).toEqual(['unchanged', 'new-by-change']);
    expect(otherKey).toBe(false);
  });

  it('cannot be told of secrets whose hashes come from another key', () => {
    expect(compare(secrets([secret()]), secrets([secret({ hash: 'f'.repeat(64) })])).otherKey).toBe(true);
  });

  it('is not said of what the baseline did not look for', () => {
    const { checks: all, lacking } = compare(checks([at(3)]), report([], []));
    expect([all?.[0]?.change, lacking]).toEqual([undefined, ['config']]);
  });

  it('is said in the words of options', () => {
    expect(lackingWords(['secret', 'config', 'imported'])).toBe('--scanners secret,config, --import');
    expect(lackingWords(['imported'])).toBe('--import');
  });

  it('is the same of an image with another name, in reports of older versions too', () => {
    const named = (name: string, fingerprint: string) =>
      check({ id: 'image/latest-tag', domain: 'image', location: { file: 'reference' }, params: { name }, fingerprint });
    const { checks: all, fixed } = compare(
      checks([named('shop/web:latest', 'a'.repeat(64))]),
      checks([named('registry.example/web:latest', 'b'.repeat(64))]),
    );
    expect([all?.[0]?.change, fixed]).toEqual(['unchanged', []]);
  });
});
