import { describe, expect, it } from 'vitest';
import { fakeDb, type Statement, statement } from '../../../testing/fake-db.ts';
import { inventoryOf, osPackage } from '../../../testing/fixtures/inventory.ts';
import type { Distro, Inventory, Package } from '../../model/index.ts';
import { rate } from '../../risk/index.ts';
import { findings, match } from '../index.ts';

const distro = (id: string, versionId: string): Distro => ({ id, versionId, path: 'etc/os-release' });
const RHEL8 = distro('rhel', '8.10');
const rpm = (name: string, version: string, rest: Partial<Package> = {}) => osPackage('rpm', name, version, { arch: 'x86_64', ...rest });

interface Scene {
  readonly distro: Distro;
  readonly pkg: Package;
  readonly says: readonly (Statement & { readonly fixed?: string })[];
  readonly covers?: readonly string[];
  readonly repositories?: readonly string[];
  readonly map?: Readonly<Record<string, readonly string[]>>;
}

/** What a reader sees of one package: verdict, id and fix of every finding, or why nobody assesses it. */
function scan({ distro: os, pkg, says, covers = [], repositories, map }: Scene): readonly string[] {
  const inventory: Inventory = { ...inventoryOf([pkg], os), ...(repositories ? { repositories } : {}) };
  const { matches, unassessed } = match(inventory, fakeDb(says.map(statement), [], covers, map));
  const found = findings(inventory, matches, rate);
  return [
    ...found.map((each) => `${each.verdict} ${each.id} ${each.fix.state} ${each.fix.versions.join(' ')}`.trimEnd()),
    ...unassessed.map((each) => each.reason),
  ];
}

const rhsa = (rest: Partial<Statement> & { fixed?: string; name: string; flaws?: string[] }) => ({
  id: 'RHSA-2024:1',
  feed: 'redhat-osv',
  ecosystem: 'Red Hat:enterprise_linux:8::appstream',
  form: 'errata' as const,
  flaws: ['CVE-2024-1'],
  ...rest,
});
const state = (status: Statement['status'], name: string, rest: Partial<Statement> = {}) => ({
  id: 'CVE-2024-1',
  feed: 'redhat-cve',
  ecosystem: 'Red Hat:enterprise_linux:8',
  name,
  ...(status ? { status } : {}),
  ...rest,
});

/** Red Hat, "Backporting Security Fixes": the release tells, not upstream's version. */
describe('a fix', () => {
  it.each<[string, string, string, string[]]>([
    ['older release of the same version', '1:1.1.1k-12.el8_9', '1:1.1.1k-14.el8_10', ['affected CVE-2024-1 fixed 1:1.1.1k-14.el8_10']],
    ['the very release', '1:1.1.1k-14.el8_10', '1:1.1.1k-14.el8_10', []],
    ['a rebuild of it', '1:1.1.1k-14.el8_10.1', '1:1.1.1k-14.el8_10', []],
    ['a lower epoch', '1.1.1w-1.el8', '1:1.1.1k-14.el8_10', ['affected CVE-2024-1 fixed 1:1.1.1k-14.el8_10']],
    ['a pre-release', '1:1.1.1k~beta-20.el8', '1:1.1.1k-14.el8_10', ['affected CVE-2024-1 fixed 1:1.1.1k-14.el8_10']],
  ])('%s', (_, installed, fixed, expected) => {
    expect(scan({ distro: RHEL8, pkg: rpm('openssl', installed), says: [rhsa({ name: 'openssl', fixed })] })).toEqual(expected);
  });

  it('begins with the oldest build that an erratum lists', () => {
    const alma = (fixed: string) => ({ ...rhsa({ name: 'python3-docs', fixed }), feed: 'almalinux-errata', ecosystem: 'AlmaLinux:8' });
    const says = [alma('3.6.7-2.module_el8.5.0+2569+5c5719bc'), alma('3.6.7-2.module_el8.5.0+135+5ce32bc4')].map((each) => ({
      ...each,
      module: 'python36:3.6',
    }));
    const pkg = (version: string) => rpm('python3-docs', version, { module: 'python36:3.6:8050020210617:5ce32bc4' });
    expect(scan({ distro: distro('almalinux', '8.5'), pkg: pkg('3.6.7-2.module_el8.5.0+135+5ce32bc4'), says })).toEqual([]);
    expect(scan({ distro: distro('almalinux', '8.5'), pkg: pkg('3.6.7-1.module_el8.5.0+9+5ce32bc4'), says })).toEqual([
      'affected CVE-2024-1 fixed 3.6.7-2.module_el8.5.0+135+5ce32bc4',
    ]);
  });
});

/** Fedora modularity; Red Hat, "Module streams". */
describe('a module stream', () => {
  const plain = '1:16.1.0-1.el8';
  const of18 = '1:18.1.0-1.module+el8.9.0+1+aaaaaaaa';
  it.each<[string, string | undefined, string | undefined, string, string, boolean]>([
    ['same stream', 'nodejs:18:80:aa', 'nodejs:18', of18, '1:18.20.0-1.module+el8.9.0+2+aaaaaaaa', true],
    ['another stream', 'nodejs:18:80:aa', 'nodejs:20', of18, '1:20.9.0-1.module+el8.9.0+2+aaaaaaaa', false],
    ['statement outside modules', 'nodejs:18:80:aa', undefined, of18, '1:99-1.el8', false],
    ['package outside modules', undefined, 'nodejs:20', plain, '1:20.9.0-1.module+el8.9.0+2+aaaaaaaa', false],
    ['both outside modules', undefined, undefined, plain, '1:16.2.0-1.el8', true],
    ['stream not told, same major version', 'nodejs:18:80:aa', '*', of18, '1:18.20.0-1.module+el8.9.0+2+aaaaaaaa', true],
    ['stream not told, another major version', 'nodejs:18:80:aa', '*', of18, '1:20.9.0-1.module+el8.9.0+2+aaaaaaaa', false],
    ['label lost, same major version', undefined, 'nodejs:18', of18, '1:18.20.0-1.module+el8.9.0+2+aaaaaaaa', true],
    ['label lost, another major version', undefined, 'nodejs:20', of18, '1:20.9.0-1.module+el8.9.0+2+aaaaaaaa', false],
  ])('%s', (_, label, module, installed, fixed, hit) => {
    const pkg = rpm('nodejs', installed, label ? { module: label } : {});
    const found = scan({ distro: RHEL8, pkg, says: [rhsa({ name: 'nodejs', fixed, ...(module ? { module } : {}) })] });
    expect(found).toEqual(hit ? [`affected CVE-2024-1 fixed ${fixed}`] : []);
  });

  it('has states of its own', () => {
    const pkg = rpm('podman', '4:4.9.4-1.module+el8.10.0+1+aaaaaaaa', { module: 'container-tools:rhel8:8:aa' });
    const says = [
      state('will-not-fix', 'podman', { module: 'container-tools:rhel8' }),
      state('affected', 'podman', { id: 'CVE-2024-2', module: 'container-tools:4.0' }),
      state('affected', 'podman', { id: 'CVE-2024-3' }),
    ];
    expect(scan({ distro: RHEL8, pkg, says })).toEqual(['affected CVE-2024-1 will-not-fix']);
  });
});

/** Red Hat CVE pages: what no erratum fixes, by source package. */
describe('states of CVE pages', () => {
  const libs = rpm('openssl-libs', '1:1.1.1k-12.el8_9', { source: { name: 'openssl', version: '1:1.1.1k-12.el8_9' } });
  it.each<[Statement['status'], string[]]>([
    ['affected', ['affected CVE-2024-1 affected']],
    ['will-not-fix', ['affected CVE-2024-1 will-not-fix']],
    ['fix-deferred', ['affected CVE-2024-1 fix-deferred']],
    ['end-of-life', ['affected CVE-2024-1 end-of-life']],
    ['under-investigation', ['undecided CVE-2024-1 under-investigation']],
    ['not-affected', []],
  ])('%s', (status, expected) => {
    expect(scan({ distro: RHEL8, pkg: libs, says: [state(status, 'openssl')] })).toEqual(expected);
  });

  it('stand behind an erratum', () => {
    const says = [state('will-not-fix', 'openssl'), rhsa({ name: 'openssl-libs', fixed: '1:1.1.1k-12.el8_9' })];
    expect(scan({ distro: RHEL8, pkg: libs, says })).toEqual([]);
  });

  it('come before an erratum where the component is not affected: it lists what was rebuilt with the fix', () => {
    const says = [state('not-affected', 'openssl'), rhsa({ name: 'openssl-libs', fixed: '1:1.1.1k-14.el8_10' })];
    expect(scan({ distro: RHEL8, pkg: libs, says })).toEqual([]);
  });

  it('are by source package, errata by installed package', () => {
    const says = [state('affected', 'openssl-libs'), rhsa({ name: 'openssl', fixed: '1:1.1.1k-14.el8_10', flaws: ['CVE-2024-2'] })];
    expect(scan({ distro: RHEL8, pkg: libs, says })).toEqual([]);
  });

  it('serve every package of the source', () => {
    const says = [state('affected', 'openssl')];
    for (const name of ['openssl', 'openssl-devel', 'openssl-libs'])
      expect(scan({ distro: RHEL8, pkg: { ...libs, name }, says })).toHaveLength(1);
  });
});

/** Red Hat, "How to accurately match OVAL security data to installed RPMs". */
describe('product streams of Red Hat', () => {
  const main = rhsa({ name: 'curl', fixed: '7.61.1-34.el8' });
  const eus = rhsa({ id: 'RHSA-2024:2', name: 'curl', ecosystem: 'Red Hat:rhel_eus:8.4::baseos', fixed: '7.61.1-18.el8_4.5' });
  const map = {
    'rhel-8-for-x86_64-baseos-eus-rpms__8_DOT_4': ['rhel_eus:8.4::baseos'],
    'rhel-8-for-x86_64-appstream-rpms': ['enterprise_linux:8::appstream'],
    'rhocp-4.12-for-rhel-8-x86_64-rpms': ['openshift:4.12::el8'],
  };
  const backported = rpm('curl', '7.61.1-18.el8_4.5');

  it('are those of the repositories that the image names', () => {
    const says = [main, eus];
    const repositories = ['rhel-8-for-x86_64-baseos-eus-rpms__8_DOT_4'];
    expect(scan({ distro: distro('rhel', '8.4'), pkg: backported, says, map, repositories })).toEqual([]);
    const older = rpm('curl', '7.61.1-18.el8_4.1');
    expect(scan({ distro: distro('rhel', '8.4'), pkg: older, says, map, repositories })).toEqual([
      'affected CVE-2024-1 fixed 7.61.1-18.el8_4.5',
    ]);
  });

  it('are of the minor release of the image where one repository serves several', () => {
    const eus88 = rhsa({ id: 'RHSA-2024:3', name: 'curl', ecosystem: 'Red Hat:rhel_eus:8.8::baseos', fixed: '7.61.1-30.el8_8.3' });
    const scene = {
      pkg: backported,
      says: [eus, eus88],
      repositories: ['eus'],
      map: { eus: ['rhel_eus:8.4::baseos', 'rhel_eus:8.8::baseos'] },
    };
    expect(scan({ distro: distro('rhel', '8.4'), ...scene })).toEqual([]);
    expect(scan({ distro: distro('rhel', '8.8'), ...scene })).toEqual(['affected CVE-2024-1 fixed 7.61.1-30.el8_8.3']);
    // Nobody knows which: the worse counts.
    expect(scan({ distro: distro('rhel', '8.7'), ...scene })).toEqual(['affected CVE-2024-1 fixed 7.61.1-30.el8_8.3']);
  });

  it.each<[string, string[] | undefined]>([
    ['no repositories', undefined],
    ['unknown repositories', ['my-mirror']],
    ['the main repositories', ['rhel-8-for-x86_64-appstream-rpms']],
    ['a layered product beside the release', ['rhocp-4.12-for-rhel-8-x86_64-rpms']],
  ])('are the main stream with %s', (_, repositories) => {
    const scene = { distro: distro('rhel', '8.4'), pkg: backported, says: [main, eus], map, ...(repositories ? { repositories } : {}) };
    expect(scan(scene)).toEqual(['affected CVE-2024-1 fixed 7.61.1-34.el8']);
  });

  it('include layered products, and their states by major version', () => {
    const says = [rhsa({ name: 'cri-o', ecosystem: 'Red Hat:openshift:4.12::el8', fixed: '1.25.5-1.rhaos4.12.el8' }), main];
    const pkg = rpm('cri-o', '1.25.1-1.rhaos4.12.el8');
    const scene = { distro: RHEL8, pkg, map, covers: ['Red Hat:enterprise_linux:8'] };
    expect(scan({ ...scene, says })).toEqual([]);
    const repositories = ['rhocp-4.12-for-rhel-8-x86_64-rpms'];
    expect(scan({ ...scene, says, repositories })).toEqual(['affected CVE-2024-1 fixed 1.25.5-1.rhaos4.12.el8']);
    const open = [state('affected', 'cri-o', { ecosystem: 'Red Hat:openshift:4' })];
    expect(scan({ ...scene, says: open, repositories })).toEqual(['affected CVE-2024-1 affected']);
  });

  it('are those of the same major release on CentOS', () => {
    expect(scan({ distro: distro('centos', '8'), pkg: rpm('curl', '7.61.1-30.el8', { origin: 'CentOS' }), says: [main] })).toHaveLength(1);
    expect(scan({ distro: distro('centos', '9'), pkg: rpm('curl', '7.61.1-30.el8'), says: [main] })).toEqual(['no-data-for-release']);
  });
});

describe('errata', () => {
  it('without a CVE are flaws by their own id', () => {
    const says = [rhsa({ name: 'curl', fixed: '8-1', flaws: [] })];
    expect(scan({ distro: RHEL8, pkg: rpm('curl', '7-1'), says })).toEqual(['affected RHSA-2024:1 fixed 8-1']);
  });

  it('on one flaw are done with the last of them', () => {
    const says = ['8-2', '8-10', '8-9'].map((fixed, i) => rhsa({ id: `RHSA-2024:${i}`, name: 'curl', fixed }));
    expect(scan({ distro: RHEL8, pkg: rpm('curl', '7-1'), says })).toEqual(['affected CVE-2024-1 fixed 8-10']);
  });

  it('of an architecture speak of its packages', () => {
    const says = [
      { ...rhsa({ name: 'curl', fixed: '8-1.el8' }), feed: 'almalinux-errata', ecosystem: 'AlmaLinux:8', arches: ['aarch64', 'i686'] },
    ];
    const on = (arch: string) => scan({ distro: distro('almalinux', '8'), pkg: rpm('curl', '7-1.el8', { arch }), says });
    expect([on('x86_64'), on('aarch64'), on('i586'), on('noarch')].map((found) => found.length)).toEqual([0, 1, 1, 1]);
  });

  it.each([
    ['almalinux', 'AlmaLinux:8', 'almalinux-errata', 'almalinux-osv'],
    ['rocky', 'Rocky Linux:8', 'rocky-errata', 'rocky-osv'],
  ])('of %s are heard in one form of two, the one by installed package', (id, ecosystem, original, copy) => {
    const about = (feed: string, number: string, fixed: string) => ({ ...rhsa({ id: number, name: 'curl', fixed }), feed, ecosystem });
    const pkg = rpm('curl', '7.61-18.el8');
    const os = distro(id, '8.9');
    const both = [about(original, 'A-1', '7.61-18.el8'), about(copy, 'A-1', '7.61-19.el8')];
    expect(scan({ distro: os, pkg, says: both })).toEqual([]);
    // A later erratum on the same flaw, which only the copy has, counts.
    expect(scan({ distro: os, pkg, says: [...both, about(copy, 'A-2', '7.61-20.el8')] })).toEqual([
      'affected CVE-2024-1 fixed 7.61-20.el8',
    ]);
  });

  /** Oracle Linux Ksplice User's Guide; FIPS builds have an epoch of their own. */
  it.each([
    ['2:2.17-325.el7', '2:2.17-326.ksplice1.el7_9', 0],
    ['2:2.17-325.ksplice1.el7', '2:2.17-326.ksplice1.el7_9', 1],
    ['2:2.17-325.ksplice1.el7', '2:2.17-326.el7_9', 0],
    ['1:1.1.1k-9.el8', '10:1.1.1k-9.el8_fips', 0],
    ['10:1.1.1k-8.el8_fips', '10:1.1.1k-9.el8_fips', 1],
    ['2:2.17-325.el7', '2:2.17-326.el7_9', 1],
  ])('of Oracle for builds of one kind: %s and %s', (installed, fixed, count) => {
    const says = [{ ...rhsa({ name: 'glibc', fixed }), feed: 'oracle', ecosystem: 'Oracle Linux:7' }];
    expect(scan({ distro: distro('ol', '7.9'), pkg: rpm('glibc', installed), says })).toHaveLength(count);
  });

  /** Amazon Linux 2 User Guide, "Extras library". */
  it.each([
    ['php8.0', '8.0.30-1.amzn2', '8.0.29-1.amzn2', 1],
    ['php8.0', '8.0.30-1.amzn2', '7.4.33-1.amzn2', 0],
    ['php8.1', '8.1.14-1.amzn2', '8.0.29-1.amzn2', 0],
    ['postgresql14', '14.9-1.amzn2', '9.2.24-8.amzn2', 0],
    ['docker', '20.10.25-1.amzn2', '20.10.23-1.amzn2', 1],
    ['ansible2', '16.02-1.amzn2', '15.1-1.amzn2', 1],
    [undefined, '16.02-1.amzn2', '15.1-1.amzn2', 1],
  ])('of the extra %s, fixed in %s, speak of %s or not', (module, fixed, installed, count) => {
    const says = [{ ...rhsa({ name: 'x', fixed, ...(module ? { module } : {}) }), feed: 'amazon', ecosystem: 'Amazon Linux:2' }];
    expect(scan({ distro: distro('amzn', '2'), pkg: rpm('x', installed), says })).toHaveLength(count);
  });
});

describe('releases', () => {
  it.each<[Distro, string, boolean]>([
    [distro('rhel', '8.10'), 'Red Hat:enterprise_linux:8::baseos', true],
    [distro('rhel', '8.10'), 'Red Hat:enterprise_linux:9::baseos', false],
    [distro('rhel', '7.9'), 'Red Hat:enterprise_linux:7::server', true],
    [distro('rhel', '7.9'), 'Red Hat:rhel_software_collections:3::el7', true],
    [distro('rhel', '7.9'), 'Red Hat:rhel_extras:7', true],
    [distro('almalinux', '9.3'), 'AlmaLinux:9', true],
    [distro('rocky', '9.3'), 'Rocky Linux:9', true],
    [distro('ol', '9.3'), 'Oracle Linux:9', true],
    [distro('amzn', '2018.03'), 'Amazon Linux:1', true],
    [distro('amzn', '2'), 'Amazon Linux:2', true],
    [distro('amzn', '2023'), 'Amazon Linux:2023', true],
    [distro('sles', '15.3'), 'SUSE:Linux Enterprise Module for Basesystem 15 SP3', true],
    [distro('sles', '15.3'), 'SUSE:Linux Enterprise Server 15 SP3-LTSS', true],
    [distro('sles', '15.3'), 'SUSE:Linux Enterprise Server for SAP Applications 15 SP3', true],
    [distro('sles', '15.3'), 'SUSE:Package Hub 15 SP3', true],
    [distro('sles', '15.3'), 'SUSE:Linux Enterprise Module for Basesystem 15 SP4', false],
    [distro('sles', '15.3'), 'SUSE:Linux Enterprise Module for Basesystem 15', false],
    [distro('sles', '15.3'), 'SUSE:Manager Server 4.2', false],
    [distro('sles', '15'), 'SUSE:Linux Enterprise Server 15-LTSS', true],
    [distro('sles', '12.5'), 'SUSE:Linux Enterprise Server 12 SP5', true],
    [distro('sles', '12.5'), 'SUSE:Linux Enterprise Module for Web and Scripting 12', true],
    [distro('sles', '12.5'), 'SUSE:Linux Enterprise Server LTSS Extended Security 12 SP5', true],
    [distro('sles', '12.5'), 'SUSE:Linux Enterprise Server 12-LTSS', false],
    [distro('sle-micro', '5.3'), 'SUSE:Linux Enterprise Micro 5.3', true],
    [distro('opensuse-leap', '15.5'), 'openSUSE:Leap 15.5', true],
    [distro('opensuse-tumbleweed', '20250101'), 'openSUSE:Tumbleweed', true],
    [distro('azurelinux', '3.0'), 'Azure Linux:3', true],
    [distro('mariner', '2.0'), 'CBL-Mariner:2.0', true],
  ])('%j and %s: %s', (os, ecosystem, hit) => {
    const says = [{ id: 'X-1', feed: 'x-osv', ecosystem, name: 'zlib', form: 'errata' as const, flaws: ['CVE-2024-1'], fixed: '2-1' }];
    const expected = hit ? ['affected CVE-2024-1 fixed 2-1'] : ['no-data-for-release'];
    expect(scan({ distro: os, pkg: rpm('zlib', '1-1'), says })).toEqual(expected);
  });

  it.each(['fedora', 'photon', 'openeuler', 'virtuozzo'])('of %s have no data: nobody assesses their packages', (id) => {
    expect(scan({ distro: distro(id, '8'), pkg: rpm('zlib', '1-1'), says: [rhsa({ name: 'zlib', fixed: '2-1' })] })).toEqual([
      'unknown-distribution',
    ]);
  });
});

/** rpm's Vendor tag, as the vendors' own repositories have it. */
describe('other vendors', () => {
  it.each([
    ['rhel', '8', 'Red Hat, Inc.', 'Red Hat:enterprise_linux:8::baseos', true],
    ['centos', '8', 'CentOS', 'Red Hat:enterprise_linux:8::baseos', true],
    ['rhel', '8', 'Fedora Project', 'Red Hat:enterprise_linux:8::baseos', false],
    ['rhel', '8', 'Docker', 'Red Hat:enterprise_linux:8::baseos', false],
    ['rhel', '8', 'NodeSource', 'Red Hat:enterprise_linux:8::baseos', false],
    ['rhel', '8', 'Elasticsearch', 'Red Hat:enterprise_linux:8::baseos', false],
    ['rhel', '8', 'Microsoft Corporation', 'Red Hat:enterprise_linux:8::baseos', false],
    ['almalinux', '8', 'AlmaLinux', 'AlmaLinux:8', true],
    ['almalinux', '8', 'Fedora Project', 'AlmaLinux:8', false],
    ['rocky', '8', 'Rocky Enterprise Software Foundation', 'Rocky Linux:8', true],
    ['ol', '8', 'Oracle America', 'Oracle Linux:8', true],
    ['amzn', '2', 'Amazon Linux', 'Amazon Linux:2', true],
    ['amzn', '2018.03', 'Amazon.com', 'Amazon Linux:1', true],
    ['sles', '15.3', 'SUSE LLC <https://www.suse.com/>', 'SUSE:Linux Enterprise Module for Basesystem 15 SP3', true],
    ['opensuse-leap', '15.5', 'openSUSE', 'openSUSE:Leap 15.5', true],
    ['opensuse-leap', '15.5', 'obs://build.opensuse.org/home:someone', 'openSUSE:Leap 15.5', false],
    ['azurelinux', '3.0', 'Microsoft Corporation', 'Azure Linux:3', true],
  ])('%s %s: %s', (id, version, origin, ecosystem, own) => {
    const found = scan({ distro: distro(id, version), pkg: rpm('x', '1-1', { origin }), says: [], covers: [ecosystem] });
    expect(found).toEqual(own ? [] : ['third-party-origin']);
  });
});

describe('the kernel in a container', () => {
  it.each([
    'kernel',
    'kernel-core',
    'kernel-headers',
    'kernel-devel',
    'kernel-modules-extra',
    'kernel-rt-core',
    'kernel-uek-container',
    'kernel-default',
    'kernel-default-livepatch',
    'kernel-livepatch-5.10.233-223.887',
    'kpatch-patch-4_18_0-477_10_1',
    'kgraft-patch-SLE12-SP3_Update_1',
    'kernel6.12-modules-extra',
    'kernel-64k-core',
    'linux-glibc-devel',
  ])('%s is shown and not counted', (name) => {
    const says = [rhsa({ name, fixed: '4.18.0-553.el8' })];
    expect(scan({ distro: RHEL8, pkg: rpm(name, '4.18.0-477.el8'), says })).toEqual(['not-applicable CVE-2024-1 fixed 4.18.0-553.el8']);
  });

  it.each([
    'kernel-tools',
    'kernel-tools-libs',
    'kernel-uek-tools',
    'kernel-libbpf',
    'kernel-srpm-macros',
    'perf',
    'bpftool',
    'python3-perf',
    'linux-firmware',
  ])('%s counts', (name) => {
    const says = [rhsa({ name, fixed: '4.18.0-553.el8' })];
    expect(scan({ distro: RHEL8, pkg: rpm(name, '4.18.0-477.el8'), says })).toEqual(['affected CVE-2024-1 fixed 4.18.0-553.el8']);
  });
});
