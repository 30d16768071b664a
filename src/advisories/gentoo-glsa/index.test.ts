import { describe, expect, it } from 'vitest';
import { readFeed } from '../../../testing/read-feed.ts';
import { haveRealFeeds, realRecords } from '../../../testing/real-feeds.ts';
import { gentooGlsa } from './index.ts';
import { vulnerableRanges } from './ranges.ts';
import type { Atom } from './schema.ts';

const read = (...records: unknown[]) => readFeed(gentooGlsa, 'gentoo-glsa.jsonl', records);

const element = (Range: string, Text: string, Slot = '') => ({ Range, Text, Slot });

/** An advisory in upstream's shape on one package. */
function advisory(unaffected: readonly object[], vulnerable: readonly object[], more: object = {}, pkg: object = {}): object {
  return {
    ID: '202401-01',
    Title: 'Acme: flaws',
    Product: { Type: 'ebuild', Text: 'acme' },
    Announced: '2024-01-02',
    Revised: { Text: '2024-02-03', Count: '02' },
    Affected: { Package: [{ Name: 'dev-libs/acme', Auto: 'yes', Arch: '*', Unaffected: unaffected, Vulnerable: vulnerable, ...pkg }] },
    References: {
      URI: [
        { Text: '\n      CVE-2024-0001 \n    ', Link: 'x' },
        { Text: 'CAN-2003-0542 (under review)', Link: 'y' },
        { Text: 'Release notes', Link: 'z' },
      ],
    },
    ...more,
  };
}

it('makes a bundle of the CVEs that it refers to', async () => {
  const { advisories, problems } = await read(advisory([element('ge', '1.2')], [element('lt', '1.2')]));
  expect(advisories).toEqual([
    {
      id: 'GLSA-202401-01',
      kind: 'vulnerability',
      form: 'errata',
      aliases: [],
      flaws: ['CVE-2024-0001', 'CVE-2003-0542'],
      cvss: [],
      published: '2024-01-02T00:00:00Z',
      modified: '2024-02-03T00:00:00Z',
      affected: [{ ecosystem: 'Gentoo', name: 'dev-libs/acme', ranges: [[{ introduced: '0' }, { fixed: '1.2' }]], status: 'affected' }],
    },
  ]);
  expect(problems).toEqual([]);
});

it('speaks of named architectures only', async () => {
  const { advisories } = await read(advisory([element('ge', '1.2')], [element('lt', '1.2')], {}, { Arch: 'ppc  ppc64' }));
  expect(advisories[0]?.affected[0]?.arches).toEqual(['ppc', 'ppc64']);
});

it('makes a statement for each slot, and one for the slots that are not named', async () => {
  const { advisories } = await read(advisory([element('ge', '1.6.21', '*'), element('ge', '1.2.56', '1.2')], [element('lt', '1.6.21')]));
  expect(advisories[0]?.affected.map(({ module, ranges }) => [module, ranges])).toEqual([
    ['1.2', [[{ introduced: '0' }, { fixed: '1.2.56' }]]],
    ['!1.2', [[{ introduced: '0' }, { fixed: '1.6.21' }]]],
  ]);
});

it('speaks of no other slot where only slots are vulnerable', async () => {
  const { advisories } = await read(advisory([element('ge', '8.4', '8')], [element('lt', '8.4', '8')]));
  expect(advisories[0]?.affected.map(({ module }) => module)).toEqual(['8']);
});

/** Entries as `ge 1.2`; the result as `[introduced, end]`. */
describe('vulnerable and not unaffected', () => {
  const atoms = (texts: readonly string[]): Atom[] =>
    texts.map((text) => ({ range: text.split(' ')[0] as Atom['range'], version: text.split(' ')[1] ?? '' }));

  it.each<[string[], string[], string[]]>([
    [['lt 1.2'], ['ge 1.2'], ['introduced 0, fixed 1.2']],
    [['le 1.2'], [], ['introduced 0, lastAffected 1.2']],
    [['le 3.1.3'], ['ge 3.1.4'], ['introduced 0, lastAffected 3.1.3', 'introduced 3.1.4, fixed 3.1.4']],
    [['lt 2.0.48'], ['ge 2.0.48', 'lt 2.0'], ['introduced 2.0, fixed 2.0.48']],
    [['lt 2.6'], ['ge 2.6', 'rge 2.4-r2'], ['introduced 0, fixed 2.4-r2', 'introduced 2.4-r1000000000, fixed 2.6']],
    [['lt 2'], ['ge 2', 'rgt 1.5-r1'], ['introduced 0, lastAffected 1.5-r1', 'introduced 1.5-r1000000000, fixed 2']],
    [['lt 2'], ['ge 2', 'eq 1.5-r1'], ['introduced 0, fixed 1.5-r1', 'introduced 1.5-r2, fixed 2']],
    [['rle 1.5-r3'], [], ['introduced 1.5, lastAffected 1.5-r3']],
    [['rlt 1.5-r3'], [], ['introduced 1.5, fixed 1.5-r3']],
    [['gt 1.0', 'eq 0.5'], [], ['introduced 1.0-r1', 'introduced 0.5, lastAffected 0.5']],
    [['ge 1.0'], ['gt 1.5-r2'], ['introduced 1.0, lastAffected 1.5-r2']],
    [['lt 1.0'], ['lt 2.0'], []],
  ])('%j without %j is %j', (vulnerable, unaffected, expected) => {
    const ranges = vulnerableRanges(atoms(vulnerable), atoms(unaffected));
    expect(ranges.map((range) => range.map((event) => Object.entries(event).flat().join(' ')).join(', '))).toEqual(expected);
  });
});

it('leaves out what is about no package', async () => {
  const { advisories, leftOut } = await read(advisory([], [element('lt', '1')], { Product: { Type: 'infrastructure' } }));
  expect(advisories).toEqual([]);
  expect(leftOut).toEqual(['about no package: GLSA-202401-01']);
});

it('takes more for vulnerable, never less, where an unaffected version cannot be read', async () => {
  const { advisories, problems } = await read(advisory([element('ge', '2'), element('eq', '1.4*')], [element('lt', '2')]));
  expect(advisories[0]?.affected[0]?.ranges).toEqual([[{ introduced: '0' }, { fixed: '2' }]]);
  expect(problems).toEqual(['version that is none: GLSA-202401-01']);
});

it.each<[string, object, string[]]>([
  ['another id', advisory([], [], { ID: '../1' }), ['not a GLSA: GLSA-../1']],
  ['no packages', advisory([], [], { Affected: { Package: null } }), ['names no package: GLSA-202401-01']],
  [
    'a name without category',
    advisory([], [element('lt', '1')], {}, { Name: 'acme' }),
    ['names no package: GLSA-202401-01', 'names no package: GLSA-202401-01'],
  ],
  ['nothing vulnerable', advisory([element('ge', '1')], []), ['no vulnerable version: GLSA-202401-01']],
  [
    'a range that is none',
    advisory([], [element('about', '1')]),
    ['version that is none: GLSA-202401-01', 'no vulnerable version: GLSA-202401-01'],
  ],
  [
    'versions that are no texts',
    advisory([], [{ Range: 'lt', Text: 7 }]),
    ['version that is none: GLSA-202401-01', 'no vulnerable version: GLSA-202401-01'],
  ],
])('counts %s', async (_, value, expected) => {
  const { advisories, problems } = await read(value);
  expect(advisories).toEqual([]);
  expect(problems).toEqual(expected);
});

/** Written by hand as glsa.dtd has it; the texts are left out. */
const DOCUMENT = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE glsa SYSTEM "http://www.gentoo.org/dtd/glsa.dtd">
<glsa id="202401-01">
    <title>Acme: flaws &amp; more</title>
    <synopsis>Text.</synopsis>
    <product type="ebuild">acme</product>
    <announced>2024-01-02</announced>
    <revised count="02">2024-02-03</revised>
    <bug>873151</bug>
    <access>remote</access>
    <affected>
        <package name="dev-libs/acme" auto="yes" arch="*">
            <unaffected range="ge" slot="2">2.1.4</unaffected>
            <unaffected range="ge">1.2</unaffected>
            <vulnerable range="lt">1.2</vulnerable>
        </package>
    </affected>
    <resolution><p>See <uri link="https://example.org">CVE-2024-9999</uri>.</p><code># emerge</code></resolution>
    <references>
        <uri link="https://nvd.nist.gov/vuln/detail/CVE-2024-0001">CVE-2024-0001</uri>
    </references>
    <metadata tag="requester" timestamp="2024-01-02T05:13:34Z">someone</metadata>
</glsa>
`;

describe('Gentoo’s own documents', () => {
  const name = 'gentoo-glsa/master.tar.gz/glsa-master/glsa-202401-01.xml';
  const readDocument = (text: string) => readFeed(gentooGlsa, name, text);

  it('say the same as the JSON form', async () => {
    const slotted = advisory([element('ge', '2.1.4', '2'), element('ge', '1.2')], [element('lt', '1.2')], {
      References: { URI: [{ Text: 'CVE-2024-0001' }] },
    });
    expect(await readDocument(DOCUMENT)).toEqual(await read(slotted));
    expect((await readDocument(DOCUMENT)).advisories[0]?.flaws).toEqual(['CVE-2024-0001']);
  });

  it('may have the count beside the date of revision', async () => {
    const old = DOCUMENT.replace('<revised count="02">2024-02-03</revised>', '<revised>2024-02-03: 02</revised>');
    expect(await readDocument(old)).toEqual(await readDocument(DOCUMENT));
  });

  it.skipIf(!haveRealFeeds)('say the same as every record of the JSON form (needs ../shared/data)', async () => {
    const records = realRecords('os/gentoo-glsa');
    const fromJson = await read(...records);
    const fromXml = await Promise.all(records.map((record) => readFeed(gentooGlsa, `glsa-${record.ID}.xml`, documentOf(record as never))));
    expect(records.length).toBeGreaterThan(3000);
    expect(fromXml.flatMap(({ advisories }) => advisories)).toEqual(fromJson.advisories);
    expect(fromXml.flatMap(({ problems }) => problems)).toEqual(fromJson.problems);
  });

  it.each<[string, string, string]>([
    ['cut off', DOCUMENT.slice(0, 600), 'not a GLSA document'],
    ['another page', '<html><body>Not found</body></html>', 'not a GLSA: GLSA-'],
    ['no XML', 'rate limit exceeded', 'not a GLSA document'],
    ['entities of its own', DOCUMENT.replace('.dtd">', '.dtd" [<!ENTITY a "b">]>'), 'not a GLSA document'],
    ['no versions', DOCUMENT.replaceAll(/<(un|vul).*\n/g, ''), 'no vulnerable version'],
    ['bytes that are no text', '\u0000\u00ff<', 'not a GLSA document'],
  ])('are counted where they are %s', async (_, text, expected) => {
    const { advisories, problems } = await readDocument(text);
    expect(advisories).toEqual([]);
    expect(problems).toEqual([expect.stringContaining(expected)]);
  });
});

interface Shared {
  readonly ID: string;
  readonly Announced: string;
  readonly Revised: { Text: string; Count: string };
  readonly Product: { Type: string; Text: string };
  readonly Affected: { Package: readonly SharedPackage[] | null };
  readonly References: { URI: readonly { Text: string; Link: string }[] | null };
}
interface SharedPackage {
  readonly Name: string;
  readonly Arch: string;
  readonly Unaffected: readonly Record<string, string>[] | null;
  readonly Vulnerable: readonly Record<string, string>[] | null;
}

/** A record of the JSON form as the document that it was made of. */
function documentOf({ ID, Announced, Revised, Product, Affected, References }: Shared): string {
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  const atoms = (name: string, list: readonly Record<string, string>[] | null) =>
    (list ?? []).map(
      ({ Range, Slot, Text }) => `<${name} range="${Range}"${Slot ? ` slot="${Slot}"` : ''}>${escaped(Text ?? '')}</${name}>`,
    );
  const packages = (Affected.Package ?? []).map(
    (each) =>
      `<package name="${each.Name}" auto="yes" arch="${each.Arch}">${[...atoms('unaffected', each.Unaffected), ...atoms('vulnerable', each.Vulnerable)].join('')}</package>`,
  );
  const uris = (References.URI ?? []).map(({ Text, Link }) => `<uri link="${escaped(Link)}">${escaped(Text)}</uri>`);
  return `<?xml version="1.0"?><!DOCTYPE glsa SYSTEM "http://www.gentoo.org/dtd/glsa.dtd"><glsa id="${ID}"><product type="${Product.Type}">${escaped(Product.Text)}</product>
<announced>${Announced}</announced><revised count="${Revised.Count}">${Revised.Text}</revised><affected>${packages.join('')}</affected><references>${uris.join('')}</references></glsa>`;
}
