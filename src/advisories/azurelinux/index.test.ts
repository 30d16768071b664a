import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readFeed } from '../../../testing/read-feed.ts';
import { azurelinux } from './index.ts';

interface Check {
  readonly name: string;
  readonly operation: string;
  readonly evr: string;
}

const definition = (id: number, cve: string, checks: number[], rest = '') => `
    <definition class="vulnerability" id="oval:com.microsoft.azurelinux:def:${id}" version="1">
      <metadata>
        <title>${cve} affecting package a &amp; b</title>
        <affected family="unix"><platform>Azure Linux</platform></affected>
        <reference ref_id="${cve}" ref_url="https://nvd.nist.gov/vuln/detail/${cve}" source="CVE"/>
        <patchable>true</patchable>
        <advisory_date>2025-02-18T00:00:00Z</advisory_date>
        <severity>High</severity>
      </metadata>
      <criteria operator="AND"${rest}>
        ${checks.map((check) => `<criterion comment="x" test_ref="oval:tst:${check}"/>`).join('\n        ')}
      </criteria>
    </definition>`;

const oval = (definitions: string, checks: readonly Check[]) => `<?xml version="1.0"?>
<oval_definitions xmlns="http://oval.mitre.org/XMLSchema/oval-definitions-5" xmlns:linux-def="http://oval.mitre.org/x#linux">
  <!-- generated -->
  <definitions>${definitions}
  </definitions>
  <tests>${checks.map((_, i) => `<linux-def:rpminfo_test check="at least one" id="oval:tst:${i}"><linux-def:object object_ref="oval:obj:${i}"/><linux-def:state state_ref="oval:ste:${i}"/></linux-def:rpminfo_test>`).join('')}</tests>
  <objects>${checks.map(({ name }, i) => `<linux-def:rpminfo_object id="oval:obj:${i}"><linux-def:name>${name}</linux-def:name></linux-def:rpminfo_object>`).join('')}</objects>
  <states>${checks.map(({ operation, evr }, i) => `<linux-def:rpminfo_state id="oval:ste:${i}"><linux-def:evr datatype="evr_string" operation="${operation}">${evr}</linux-def:evr></linux-def:rpminfo_state>`).join('')}</states>
</oval_definitions>`;

const LESS = { name: 'openssh', operation: 'less than', evr: '0:9.8p1-3.azl3' };
const read = (text: string, name = 'os/azurelinux-3.0-oval-20250224.xml.gz') => readFeed(azurelinux, name, text);

it('says what is affected of a source package', async () => {
  const { advisories, problems } = await read(oval(definition(1, 'CVE-2025-26466', [0]), [LESS]));
  expect(advisories).toEqual([
    {
      id: 'CVE-2025-26466',
      kind: 'vulnerability',
      form: 'flaw',
      aliases: [],
      flaws: [],
      cvss: [],
      published: '2025-02-18T00:00:00Z',
      affected: [
        {
          ecosystem: 'Azure Linux:3',
          name: 'openssh',
          ranges: [[{ introduced: '0' }, { fixed: '0:9.8p1-3.azl3' }]],
          status: 'affected',
          severityLabel: 'high',
        },
      ],
    },
  ]);
  expect(problems).toEqual([]);
});

it.each([
  ['azurelinux-3.0-oval-20250224.xml', 'Azure Linux:3'],
  ['cbl-mariner-2.0-oval-20240122.xml.gz', 'CBL-Mariner:2.0'],
  ['cbl-mariner-1.0-oval.xml', 'CBL-Mariner:1.0'],
])('%s is about %s', async (name, ecosystem) => {
  const { advisories } = await read(oval(definition(1, 'CVE-2025-0001', [0]), [LESS]), name);
  expect(advisories[0]?.affected[0]?.ecosystem).toBe(ecosystem);
});

/** OVAL 5.11, OperationEnumeration. */
it.each<[readonly Check[], unknown]>([
  [[{ ...LESS, operation: 'less than or equal' }], [{ introduced: '0' }, { lastAffected: LESS.evr }]],
  [
    [LESS, { ...LESS, operation: 'greater than', evr: '0:0.0.0' }],
    [{ introduced: '0' }, { fixed: LESS.evr }],
  ],
  [
    [LESS, { ...LESS, operation: 'greater than or equal', evr: '0:9-1' }],
    [{ introduced: '0:9-1' }, { fixed: LESS.evr }],
  ],
])('reads %j', async (checks, events) => {
  const { advisories } = await read(oval(definition(1, 'CVE-2025-0001', [...checks.keys()]), checks));
  expect(advisories[0]?.affected[0]?.ranges).toEqual([events]);
});

it('counts definitions of any other form', async () => {
  const definitions = [
    definition(1, 'CVE-2025-0001', [0], ' negate="x"').replace('"AND"', '"OR"'),
    definition(2, 'CVE-2025-0002', [7]),
    definition(3, 'CVE-2025-0003', [1]),
    definition(4, 'CVE-2025-0004', [0, 2]),
    definition(5, 'GHSA-1', [0]),
    definition(6, 'CVE-2025-0006', []),
  ];
  const checks = [LESS, { ...LESS, operation: 'pattern match' }, { ...LESS, name: 'other' }];
  const { advisories, problems } = await read(oval(definitions.join(''), checks));
  expect(advisories).toEqual([]);
  expect(problems).toEqual([1, 2, 3, 4, 5, 6].map((id) => `a definition of another form: oval:com.microsoft.azurelinux:def:${id}`));
});

describe('a file that is not OVAL', () => {
  it.each([
    ['cut off', oval(definition(1, 'CVE-2025-0001', [0]), [LESS]).slice(0, 900)],
    ['empty', ''],
    ['text', 'hello'],
    ['JSON', '{"id": 1}'],
    ['with a document type', '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'],
    ['nested without end', '<a>'.repeat(100_000)],
    ['badly nested', '<a><b></a></b>'],
  ])('fails: %s', async (_, text) => {
    await expect(read(text, 'azurelinux-3.0-oval.xml')).rejects.toThrow('not OVAL');
  });

  it.each([
    ['cut off', gzipSync(Buffer.alloc(100_000, 'a')).subarray(0, 60)],
    ['damaged', Buffer.concat([gzipSync('x').subarray(0, 12), Buffer.alloc(40, 0xff)])],
  ])('fails where it is compressed and %s', async (_, bytes) => {
    await expect(readFeed(azurelinux, 'azurelinux-3.0-oval.xml.gz', bytes)).rejects.toThrow();
  });
});
