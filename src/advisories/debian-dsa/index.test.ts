import { expect, it } from 'vitest';
import { readFeed } from '../../../testing/read-feed.ts';
import { haveRealFeeds, realRecords } from '../../../testing/real-feeds.ts';
import type { RangeEvent } from '../../model/index.ts';
import { debianOsv } from '../debian-osv/index.ts';
import { debianDsa } from './index.ts';

const read = (text: string) => readFeed(debianDsa, 'debian-dsa/data/DSA/list', text);

/** Written by hand in the form of the lists. */
const LIST = `[20 Aug 2025] DSA-5982-1 acme - security update
\t{CVE-2025-0001 CVE-2025-0002}
\t[bookworm] - acme 5.7-2+deb12u3
\t[trixie] - acme 1:6.13-2+deb13u1
\tNOTE: fixed upstream
[03 Jun 2025] DSA-5935-1 other - end of life
\t[bookworm] - other <end-of-life>
[1 Jul 2002] DSA-134 ssh -- remote exploit
\t{CVE-2002-0640 CAN-2002-0639}
\t[woody] - ssh 3.3p1-0.0woody1
`;

it('makes a bundle of every advisory that names a fixed package', async () => {
  const { advisories, problems, leftOut } = await read(LIST);
  expect(advisories).toEqual([
    {
      id: 'DSA-5982-1',
      kind: 'vulnerability',
      form: 'errata',
      aliases: [],
      flaws: ['CVE-2025-0001', 'CVE-2025-0002'],
      cvss: [],
      published: '2025-08-20T00:00:00Z',
      affected: [
        { ecosystem: 'Debian:12', name: 'acme', ranges: [[{ introduced: '0' }, { fixed: '5.7-2+deb12u3' }]], status: 'affected' },
        { ecosystem: 'Debian:13', name: 'acme', ranges: [[{ introduced: '0' }, { fixed: '1:6.13-2+deb13u1' }]], status: 'affected' },
      ],
    },
    {
      id: 'DSA-134',
      kind: 'vulnerability',
      form: 'errata',
      aliases: [],
      flaws: ['CVE-2002-0640'],
      cvss: [],
      published: '2002-07-01T00:00:00Z',
      affected: [
        { ecosystem: 'Debian:3.0', name: 'ssh', ranges: [[{ introduced: '0' }, { fixed: '3.3p1-0.0woody1' }]], status: 'affected' },
      ],
    },
  ]);
  expect({ problems, leftOut }).toEqual({ problems: [], leftOut: ['names no fixed package: DSA-5935-1'] });
});

it.each<[string, string, string[], string[]]>([
  ['another page', '<html>\n<body>Checking your browser</body>\n', ['not a line of the list', 'not a line of the list'], []],
  ['packages of no advisory', '\t[bookworm] - acme 1\n', ['not a line of the list'], []],
  ['a month that is none', '[20 Aux 2025] DSA-1-1 acme\n\t[bookworm] - acme 1\n', ['not a line of the list', 'not a line of the list'], []],
  ['an unknown release', '[20 Aug 2025] DSA-1-1 acme\n\t[zurg] - acme 1\n', ['unknown release'], ['names no fixed package']],
  ['a version that is none', '[20 Aug 2025] DSA-1-1 acme\n\t[trixie] - acme soon\n', ['no version of a fix'], ['names no fixed package']],
  ['bytes that are no text', '\u0000\u00ff\n[20 Aug 2025] DSA-1-1\n', ['not a line of the list'], ['names no fixed package']],
])('counts %s', async (_, text, problems, leftOut) => {
  const found = await read(text);
  expect(found.advisories).toEqual([]);
  expect(found.problems.map((each) => each.split(':')[0])).toEqual(problems);
  expect(found.leftOut.map((each) => each.split(':')[0])).toEqual(leftOut);
});

it.skipIf(!haveRealFeeds)('says the same as osv.dev’s export of these lists (needs ../shared/data)', async () => {
  const records = realRecords('os/debian-osv', 5).filter(({ id }) => /^(DSA|DLA|DTSA)-/.test(String(id)));
  const exported = (await readFeed(debianOsv, 'debian-osv.jsonl', records)).advisories.flatMap((record) => {
    const affected = record.affected.filter(({ ecosystem, ranges }) => CODENAMES[ecosystem] && /^\d/.test(fixOf(ranges)));
    return affected.length > 0 ? [{ ...record, affected }] : [];
  });
  const list = exported.map(({ id, published = '', flaws, affected }) => {
    const day = new Date(published).toUTCString().slice(5, 16);
    const lines = affected.map(({ ecosystem, name, ranges }) => `\t[${CODENAMES[ecosystem]}] - ${name} ${fixOf(ranges)}`);
    return [`[${day}] ${id} x - security update`, `\t{${flaws.join(' ')}}`, ...lines, ''].join('\n');
  });
  const { advisories, problems } = await read(list.join(''));
  expect(problems).toEqual([]);
  const withoutModified = exported.map(({ modified: _, published = '', ...rest }) => ({
    ...rest,
    published: `${published.slice(0, 10)}T00:00:00Z`,
  }));
  expect(advisories).toEqual(withoutModified);
  expect(advisories.length).toBeGreaterThan(500);
});

const CODENAMES: Readonly<Record<string, string>> = {
  'Debian:3.0': 'woody',
  'Debian:6.0': 'squeeze',
  'Debian:7': 'wheezy',
  'Debian:8': 'jessie',
  'Debian:9': 'stretch',
  'Debian:10': 'buster',
  'Debian:11': 'bullseye',
  'Debian:12': 'bookworm',
};

/** The version that an advisory's only range ends with. */
function fixOf([range]: readonly (readonly RangeEvent[])[]): string {
  const event = range?.length === 2 ? range[1] : undefined;
  return event && 'fixed' in event ? event.fixed : '';
}
