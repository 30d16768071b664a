import { describe, expect, it } from 'vitest';
import { scanPackage } from '../../../../testing/distro-scan.ts';
import type { Statement } from '../../../../testing/fake-db.ts';
import { osPackage } from '../../../../testing/fixtures/inventory.ts';
import type { Distro, Finding, Package } from '../../../model/index.ts';
import { ubuntu } from './index.ts';

const BIONIC: Distro = { id: 'ubuntu', versionId: '18.04', codename: 'bionic', path: 'etc/os-release' };
const PUBLIC = 'Ubuntu:18.04:LTS';
const PRO = 'Ubuntu:Pro:18.04:LTS';

const curl = (version: string): Package => osPackage('deb', 'libcurl4', version, { source: { name: 'curl', version } });
const said = (ecosystem: string, rest: Partial<Statement> & { fixed?: string }) => ({
  id: 'CVE-2024-1',
  feed: 'ubuntu-cve-tracker',
  ecosystem,
  name: 'curl',
  ...rest,
});
const scan = (pkg: Package, ...says: ReturnType<typeof said>[]) => scanPackage({ distro: BIONIC, pkg, says, covers: [PUBLIC, PRO] });

it.each([
  ['22.04', ['Ubuntu:22.04:LTS', 'Ubuntu:Pro:22.04:LTS']],
  ['22.04.3', ['Ubuntu:22.04:LTS', 'Ubuntu:Pro:22.04:LTS']],
  ['6.06', ['Ubuntu:6.06:LTS', 'Ubuntu:Pro:6.06:LTS']],
  ['23.10', ['Ubuntu:23.10', 'Ubuntu:Pro:23.10']],
  ['', []],
  ['rolling', []],
])('release %j is %j', (versionId, expected) => {
  expect(ubuntu.ecosystems({ distro: { ...BIONIC, versionId }, repositories: [] }, {} as never)).toEqual(expected);
});

/** Ubuntu CVE tracker, README: the statuses. */
describe('the public archive', () => {
  it.each<[string, Partial<Statement> & { fixed?: string }, string[]]>([
    ['a later fix', { fixed: '7.58.0-2ubuntu3.24' }, ['affected CVE-2024-1 fixed 7.58.0-2ubuntu3.24']],
    ['an earlier fix', { fixed: '7.58.0-2ubuntu3.9' }, []],
    ['a later fix that is not out', { ranges: [[{ introduced: '0' }, { limit: '7.58.0-2ubuntu3.24' }]] }, ['affected CVE-2024-1 affected']],
    ['a fix that is out by now', { ranges: [[{ introduced: '0' }, { limit: '7.58.0-2ubuntu3.9' }]] }, []],
    ['needed', {}, ['affected CVE-2024-1 affected']],
    ['deferred', { status: 'fix-deferred' }, ['affected CVE-2024-1 fix-deferred']],
    ['ignored', { status: 'will-not-fix' }, ['affected CVE-2024-1 will-not-fix']],
    ['ignored at the end of life', { status: 'end-of-life' }, ['affected CVE-2024-1 end-of-life']],
    ['needs-triage', { status: 'under-investigation' }, ['undecided CVE-2024-1 under-investigation']],
    ['not-affected', { status: 'not-affected' }, []],
  ])('%s', (_, rest, expected) => {
    expect(scan(curl('7.58.0-2ubuntu3.10'), said(PUBLIC, rest)).lines).toEqual(expected);
  });

  it('follows the priority that Ubuntu gave', () => {
    expect(scan(curl('7.58.0-2ubuntu3'), said(PUBLIC, { severityLabel: 'negligible' })).found[0]?.severity).toBe('negligible');
  });

  it('is heard before Ubuntu Pro', () => {
    const { lines } = scan(
      curl('7.58.0-2ubuntu3.24'),
      said(PUBLIC, { fixed: '7.58.0-2ubuntu3.24' }),
      said(PRO, { fixed: '7.58.0-2ubuntu3.24+esm1' }),
    );
    expect(lines).toEqual([]);
  });

  it('offers its own fix where Ubuntu Pro has another', () => {
    const { lines } = scan(
      curl('7.58.0-2ubuntu3.1'),
      said(PUBLIC, { fixed: '7.58.0-2ubuntu3.24' }),
      said(PRO, { fixed: '7.58.0-2ubuntu3.2+esm1' }),
    );
    expect(lines).toEqual(['affected CVE-2024-1 fixed 7.58.0-2ubuntu3.24']);
  });
});

/** documentation.ubuntu.com/security, "Expanded Security Maintenance": archives of its own, which need a subscription. */
describe('Ubuntu Pro', () => {
  it('has fixes that are told and not offered', () => {
    const { lines, found } = scan(curl('7.58.0-2ubuntu3.24'), said(PUBLIC, {}), said(PRO, { fixed: '7.58.0-2ubuntu3.24+esm1' }));
    expect(lines).toEqual(['affected CVE-2024-1 affected']);
    expect(found[0]?.evidence.map(({ detail }) => detail)).toEqual([
      'every version',
      '7.58.0-2ubuntu3.24 < 7.58.0-2ubuntu3.24+esm1 (dpkg); by Ubuntu Pro (ESM), whose fixes only subscribers get',
    ]);
  });

  it('speaks for a release that the public archive has given up', () => {
    expect(scan(curl('7.58.0-2ubuntu3.24'), said(PRO, { fixed: '7.58.0-2ubuntu3.24+esm1' })).lines).toEqual([
      'affected CVE-2024-1 affected',
    ]);
    expect(scan(curl('7.58.0-2ubuntu3.24'), said(PRO, { status: 'not-affected' })).lines).toEqual([]);
    expect(scan(curl('7.58.0-2ubuntu3.24'), said(PRO, { status: 'under-investigation' })).lines).toEqual([
      'undecided CVE-2024-1 under-investigation',
    ]);
  });

  it.each(['7.58.0-2ubuntu3.24+esm1', '7.58.0-2ubuntu3.24~esm1'])('offers its fixes to a package that it built: %s', (version) => {
    const { lines } = scan(curl(version), said(PRO, { fixed: '7.58.0-2ubuntu3.24+esm4' }));
    expect(lines).toEqual(['affected CVE-2024-1 fixed 7.58.0-2ubuntu3.24+esm4']);
  });

  it('is heard first on a package that it built', () => {
    const both = [said(PUBLIC, { fixed: '7.58.0-2ubuntu3.20' }), said(PRO, { fixed: '7.58.0-2ubuntu3.24+esm4' })];
    expect(scan(curl('7.58.0-2ubuntu3.24+esm1'), ...both).lines).toEqual(['affected CVE-2024-1 fixed 7.58.0-2ubuntu3.24+esm4']);
    expect(scan(curl('7.58.0-2ubuntu3.24+esm1'), said(PUBLIC, {}), said(PRO, { fixed: '7.58.0-2ubuntu3.24+esm1' })).lines).toEqual([]);
  });

  it('clears no FIPS build, whose versions are in no order with the archive’s', () => {
    expect(scan(curl('7.58.0-2ubuntu3.fips.2'), said(PUBLIC, { fixed: '7.58.0-2ubuntu3.24' })).lines).toEqual(['third-party-origin']);
  });
});

it.each(['1.2-3~ppa1~ubuntu18.04.1', '3.11.4-1+bionic1', '8.2.7-1+ubuntu18.04.1+deb.sury.org+1'])(
  'does not speak for somebody else: %s',
  (version) => {
    expect(scan(curl(version), said(PUBLIC, {})).lines).toEqual(['third-party-origin']);
  },
);

it.each([
  ['linux-libc-dev', 'not-applicable'],
  ['linux-headers-5.15.0-91-generic', 'not-applicable'],
  ['linux-aws-headers-5.15.0-1050', 'not-applicable'],
  ['linux-image-virtual-hwe-22.04', 'not-applicable'],
  ['linux-tools-5.15.0-91-generic', 'affected'],
  ['linux-base', 'affected'],
  ['linux-firmware', 'affected'],
])('the kernel of a container is the host’s: %s', (name, verdict) => {
  const pkg = osPackage('deb', name, '5.15.0-91.101', { source: { name: 'linux', version: '5.15.0-91.101' } });
  expect(scan(pkg, said(PUBLIC, { name: 'linux' })).lines).toEqual([`${verdict} CVE-2024-1 affected`]);
});

/** Ubuntu security notices: what an update fixes, by release and source package. */
describe('a notice', () => {
  const usn = (rest: Partial<Statement> & { fixed?: string }) => ({
    ...said(PUBLIC, rest),
    id: 'USN-7000-1',
    feed: 'ubuntu-usn',
    form: 'errata' as const,
    flaws: ['CVE-2024-1', 'CVE-2024-2'],
  });
  const named = (found: readonly Finding[]) => found.map(({ id, evidence }) => [id, evidence.map(({ advisory }) => advisory).join()]);

  it('gives the finding its name, and leaves the decision to the tracker', () => {
    const fixed = '7.58.0-2ubuntu3.24';
    const both = [said(PUBLIC, { fixed }), said(PUBLIC, { id: 'CVE-2024-2', status: 'not-affected' }), usn({ fixed })];
    const { lines, found } = scan(curl('7.58.0-2ubuntu3.10'), ...both);
    expect(lines).toEqual([`affected CVE-2024-1 fixed ${fixed}`]);
    expect(named(found)).toEqual([['CVE-2024-1', 'CVE-2024-1,USN-7000-1']]);
  });

  it('decides where nobody else speaks of the flaw', () => {
    expect(scan(curl('7.58.0-2ubuntu3.10'), usn({ fixed: '7.58.0-2ubuntu3.24' })).lines).toEqual([
      'affected CVE-2024-1 fixed 7.58.0-2ubuntu3.24',
      'affected CVE-2024-2 fixed 7.58.0-2ubuntu3.24',
    ]);
    expect(scan(curl('7.58.0-2ubuntu3.24'), usn({ fixed: '7.58.0-2ubuntu3.24' })).lines).toEqual([]);
  });

  it('of Ubuntu Pro tells a fix and offers none', () => {
    const { lines } = scan(curl('7.58.0-2ubuntu3.24'), said(PUBLIC, {}), usn({ ecosystem: PRO, fixed: '7.58.0-2ubuntu3.24+esm1' }));
    expect(lines).toEqual(['affected CVE-2024-1 affected', 'affected CVE-2024-2 affected']);
  });
});

describe('Canonical’s OSV records', () => {
  const osv = (rest: Partial<Statement> & { fixed?: string }) => ({ ...said(PUBLIC, rest), feed: 'ubuntu-osv' });

  it('are not heard where the tracker itself speaks', () => {
    const tracker = said(PUBLIC, { status: 'will-not-fix' });
    const { lines, found } = scan(curl('7.58.0-2ubuntu3.10'), osv({}), tracker);
    expect(lines).toEqual(['affected CVE-2024-1 will-not-fix']);
    expect(found[0]?.evidence.map(({ feed }) => feed)).toEqual(['ubuntu-cve-tracker']);
    expect(scan(curl('7.58.0-2ubuntu3.10'), osv({}), said(PUBLIC, { status: 'not-affected' })).lines).toEqual([]);
  });

  it('are heard on flaws that it does not know', () => {
    const { lines } = scan(curl('7.58.0-2ubuntu3.10'), osv({ id: 'CVE-2024-9' }), said(PUBLIC, { status: 'not-affected' }));
    expect(lines).toEqual(['affected CVE-2024-9 affected']);
  });
});
