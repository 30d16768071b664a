import { describe, expect, it } from 'vitest';
import { fakeDb, type Statement, statement } from '../../../../testing/fake-db.ts';
import { inventoryOf, osPackage } from '../../../../testing/fixtures/inventory.ts';
import type { Inventory } from '../../../model/index.ts';
import { rate } from '../../../risk/index.ts';
import { findings, match } from '../../index.ts';

const INSTALLED = '1:1.1.1k-12.el8_9';
const LIBS = osPackage('rpm', 'openssl-libs', INSTALLED, { arch: 'x86_64', source: { name: 'openssl', version: INSTALLED } });

interface Image {
  readonly versionId?: string;
  readonly repositories?: readonly string[];
  readonly map?: Readonly<Record<string, readonly string[]>>;
}

/** What is found of openssl-libs in an image of RHEL 8. */
function scan(says: readonly (Statement & { readonly fixed?: string })[], { versionId = '8.10', repositories, map }: Image = {}) {
  const os = { id: 'rhel', versionId, path: 'etc/os-release' };
  const inventory: Inventory = { ...inventoryOf([LIBS], os), ...(repositories ? { repositories } : {}) };
  const { matches } = match(inventory, fakeDb(says.map(statement), [], [], map));
  return findings(inventory, matches, rate);
}

const verdicts = (...args: Parameters<typeof scan>) =>
  scan(...args).map((each) => `${each.verdict} ${each.id} ${each.fix.state} ${each.fix.versions.join(' ')}`.trimEnd());

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

/** Red Hat's VEX documents: an erratum told flaw by flaw, states by source and by installed package. */
describe('VEX documents', () => {
  const fixed = '1:1.1.1k-14.el8_10';
  const vex = (rest: object) => ({ ...rhsa({ name: 'openssl-libs', fixed }), feed: 'redhat-vex', ...rest });
  const stateOf = (status: Statement['status'], name: string, rest: object = {}) => ({
    ...state(status, name),
    feed: 'redhat-vex',
    ...rest,
  });

  it('keep the flaws of one erratum apart', () => {
    const says = [vex({ flaws: ['CVE-2024-1'] }), vex({ flaws: ['CVE-2024-2'] })];
    expect(verdicts(says)).toEqual([`affected CVE-2024-1 fixed ${fixed}`, `affected CVE-2024-2 fixed ${fixed}`]);
  });

  it('are heard in place of the other forms, and what only those know stays', () => {
    const says = [
      vex({}),
      rhsa({ name: 'openssl-libs', fixed, flaws: ['CVE-2024-1', 'CVE-2024-2'] }),
      state('affected', 'openssl', { id: 'CVE-2024-3' }),
    ];
    expect(scan(says).map((each) => [each.id, each.advisories.map(({ feed }) => feed).join()])).toEqual([
      ['CVE-2024-1', 'redhat-vex'],
      ['CVE-2024-2', 'redhat-osv'],
      ['CVE-2024-3', 'redhat-cve'],
    ]);
  });

  it.each<[string, readonly object[], string[]]>([
    ['a state of the source package', [stateOf('will-not-fix', 'openssl', { arches: ['src'] })], ['affected CVE-2024-1 will-not-fix']],
    ['a state of the installed package', [stateOf('affected', 'openssl-libs')], ['affected CVE-2024-1 affected']],
    ['a state of an installed package that is called as the source is', [stateOf('affected', 'openssl')], []],
    ['a state behind an erratum', [stateOf('affected', 'openssl', { arches: ['src'] }), vex({ fixed: '1:1.1.1k-12.el8_9' })], []],
    ['not affected before an erratum', [stateOf('not-affected', 'openssl-libs'), vex({})], []],
    ['an erratum by source package', [vex({ name: 'openssl', arches: ['src'] })], [`affected CVE-2024-1 fixed ${fixed}`]],
  ])('%s', (_, says, expected) => {
    expect(verdicts(says as Statement[])).toEqual(expected);
  });

  it('name minor releases without an edition', () => {
    const repositories = ['rhel-8-for-x86_64-baseos-eus-rpms'];
    const map = { 'rhel-8-for-x86_64-baseos-eus-rpms': ['rhel_eus:8.4::baseos'] };
    const says = [stateOf('fix-deferred', 'openssl-libs', { ecosystem: 'Red Hat:rhel_eus:8.4' }) as Statement];
    expect(verdicts(says, { versionId: '8.4', repositories, map })).toEqual(['affected CVE-2024-1 fix-deferred']);
  });
});
