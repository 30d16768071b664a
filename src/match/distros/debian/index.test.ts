import { describe, expect, it } from 'vitest';
import { scanPackage } from '../../../../testing/distro-scan.ts';
import type { Statement } from '../../../../testing/fake-db.ts';
import { DEBIAN_12, osPackage } from '../../../../testing/fixtures/inventory.ts';

const curl = osPackage('deb', 'libcurl4', '7.88.1-10+deb12u5', { source: { name: 'curl', version: '7.88.1-10+deb12u5' } });
type Rest = Partial<Statement> & { readonly fixed?: string };
const said = (feed: string, rest: Rest) => ({ id: 'CVE-2024-1', feed, ecosystem: 'Debian:12', name: 'curl', ...rest });
const exported = (rest: Rest) => said('debian-osv', rest);
const tracker = (rest: Rest) => said('debian-tracker', rest);
const dsa = (rest: Rest) => said('debian-dsa', { id: 'DSA-6000-1', form: 'errata', flaws: ['CVE-2024-1'], ...rest });

const scan = (...says: ReturnType<typeof said>[]) => {
  const { lines, found } = scanPackage({ distro: DEBIAN_12, pkg: curl, says });
  return { lines, heard: found.map(({ evidence }) => evidence.map(({ feed, advisory }) => `${feed} ${advisory}`)) };
};

/** The tracker's own data beside osv.dev's export of it: one statement, and the one that tells more. */
describe('whoever has both', () => {
  it.each<[string, Rest, Rest, string[]]>([
    ['ignored', { status: 'will-not-fix' }, {}, ['affected CVE-2024-1 will-not-fix']],
    ['postponed', { status: 'fix-deferred' }, {}, ['affected CVE-2024-1 fix-deferred']],
    ['undetermined', { status: 'under-investigation' }, {}, ['undecided CVE-2024-1 under-investigation']],
    ['not affected after all', { status: 'not-affected' }, {}, []],
    ['fixed meanwhile', { fixed: '7.88.1-10+deb12u9' }, {}, ['affected CVE-2024-1 fixed 7.88.1-10+deb12u9']],
    ['reopened', {}, { fixed: '7.88.1-10+deb12u4' }, ['affected CVE-2024-1 affected']],
  ])('hears the tracker alone: %s', (_, own, copy, expected) => {
    const { lines, heard } = scan(exported(copy), tracker(own));
    expect(lines).toEqual(expected);
    expect(heard).toEqual(expected.map(() => ['debian-tracker CVE-2024-1']));
  });

  it('hears the export on what the tracker does not speak of', () => {
    expect(scan(exported({ id: 'CVE-2024-2' }), tracker({ status: 'not-affected' })).lines).toEqual(['affected CVE-2024-2 affected']);
  });
});

it('a DSA gives the finding its name', () => {
  const fixed = '7.88.1-10+deb12u9';
  expect(scan(tracker({ fixed }), dsa({ fixed }))).toEqual({
    lines: [`affected CVE-2024-1 fixed ${fixed}`],
    heard: [['debian-tracker CVE-2024-1', 'debian-dsa DSA-6000-1']],
  });
  expect(scan(tracker({ fixed }), dsa({ fixed }), { ...dsa({ fixed }), feed: 'debian-osv' }).heard).toEqual([
    ['debian-tracker CVE-2024-1', 'debian-dsa DSA-6000-1'],
  ]);
});

it('a flaw that has no CVE is found by the tracker’s name', () => {
  expect(scan(tracker({ id: 'TEMP-0841856-B18BAF' })).lines).toEqual(['affected TEMP-0841856-B18BAF affected']);
});
