import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readFeed } from '../../../testing/read-feed.ts';
import { haveRealFeeds, realRecords } from '../../../testing/real-feeds.ts';
import { debianOsv } from '../debian-osv/index.ts';
import type { AdvisoryRecord } from '../types.ts';
import { debianTracker } from './index.ts';

const NAME = 'debian-tracker/tracker.json';
const read = (document: unknown) => readFeed(debianTracker, NAME, JSON.stringify(document));

/** One package with one flaw, as the tracker publishes it; the texts are left out. */
function entry(releases: object, name = 'acme', id = 'CVE-2024-0001'): object {
  return { [name]: { [id]: { description: 'A flaw.', scope: 'local', debianbug: 1059, releases } } };
}

const release = (status: string, more: object = {}) => ({
  status,
  repositories: { bookworm: '1.2-3' },
  urgency: 'not yet assigned',
  ...more,
});

async function said(release: object) {
  const { advisories, problems } = await read(entry({ bookworm: release }));
  return [...(advisories[0]?.affected ?? []).map(({ ecosystem: _, name: __, ...rest }) => rest), ...problems];
}

const ALL = [[{ introduced: '0' }]];

it('makes one record of each flaw of a package, with what is said of every release', async () => {
  const { advisories, facts, problems } = await read(
    entry({
      bullseye: release('open', { nodsa: 'Minor issue', nodsa_reason: '', urgency: 'low' }),
      bookworm: release('resolved', { fixed_version: '1:1.2-3+deb12u1' }),
      sid: release('resolved', { fixed_version: '1.3-1' }),
    }),
  );
  expect(advisories).toEqual([
    {
      id: 'CVE-2024-0001',
      kind: 'vulnerability',
      form: 'flaw',
      aliases: [],
      flaws: [],
      cvss: [],
      affected: [
        { ecosystem: 'Debian:11', name: 'acme', ranges: ALL, status: 'affected', severityLabel: 'low' },
        { ecosystem: 'Debian:12', name: 'acme', ranges: [[{ introduced: '0' }, { fixed: '1:1.2-3+deb12u1' }]], status: 'affected' },
      ],
    },
  ]);
  expect({ facts, problems }).toEqual({ facts: [], problems: [] });
});

// Each state that the tracker's own documentation names.
it.each<[string, object, unknown[]]>([
  ['fixed', release('resolved', { fixed_version: '1.2-3' }), [{ ranges: [[{ introduced: '0' }, { fixed: '1.2-3' }]], status: 'affected' }]],
  ['never affected', release('resolved', { fixed_version: '0' }), [{ ranges: [], status: 'not-affected' }]],
  ['open', release('open'), [{ ranges: ALL, status: 'affected' }]],
  ['no advisory will come', release('open', { nodsa: 'Minor issue', nodsa_reason: '' }), [{ ranges: ALL, status: 'affected' }]],
  ['postponed', release('open', { nodsa: 'Later', nodsa_reason: 'postponed' }), [{ ranges: ALL, status: 'fix-deferred' }]],
  ['ignored', release('open', { nodsa: 'Intrusive', nodsa_reason: 'ignored' }), [{ ranges: ALL, status: 'will-not-fix' }]],
  ['out of support', release('open', { urgency: 'end-of-life' }), [{ ranges: ALL, status: 'end-of-life' }]],
  ['undetermined', release('undetermined'), [{ ranges: ALL, status: 'under-investigation' }]],
  ['unimportant', release('open', { urgency: 'unimportant' }), [{ ranges: ALL, status: 'affected', severityLabel: 'unimportant' }]],
  ['of guessed urgency', release('open', { urgency: 'medium**' }), [{ ranges: ALL, status: 'affected', severityLabel: 'medium' }]],
])('reads what is %s', async (_, given, expected) => {
  expect(await said(given)).toEqual(expected);
});

it.each([{}, { fixed_version: '' }, { fixed_version: 7 }, { fixed_version: 'see notes' }])(
  'never takes an unreadable fix for a clean bill: %j',
  async (more) => {
    expect(await said(release('resolved', more))).toEqual([
      { ranges: ALL, status: 'under-investigation' },
      'no version of a fix: CVE-2024-0001',
    ]);
  },
);

it('knows flaws without a CVE by the tracker’s own name', async () => {
  const { advisories } = await read(entry({ trixie: release('open') }, 'bash', 'TEMP-0841856-B18BAF'));
  expect(advisories.map(({ id, affected }) => `${id} ${affected[0]?.ecosystem}`)).toEqual(['TEMP-0841856-B18BAF Debian:13']);
});

it.each<[string, unknown, string]>([
  ['a package that is none', { acme: [] }, 'names no package: acme'],
  ['another name of a flaw', entry({}, 'acme', 'DSA-1-1'), 'not an entry of the tracker: acme DSA-1-1'],
  ['an entry without releases', { acme: { 'CVE-2024-0001': null } }, 'not an entry of the tracker: acme CVE-2024-0001'],
  ['an unknown release', entry({ zurg: release('open') }), 'unknown release: CVE-2024-0001'],
  ['an unknown status', entry({ bookworm: release('fine') }), 'unknown status: CVE-2024-0001'],
  ['a status that is none', entry({ bookworm: 7 }), 'unknown status: CVE-2024-0001'],
])('counts %s', async (_, document, problem) => {
  const { advisories, problems } = await read(document);
  expect(advisories).toEqual([]);
  expect(problems).toEqual([problem]);
});

/** Half a document would look as if the rest of Debian had no flaws. */
describe('a document that is not whole stops the build', () => {
  const whole = JSON.stringify({ ...entry({ bookworm: release('open') }), ...entry({ bookworm: release('open') }, 'other') });
  it.each<[string, string]>([
    ['empty', ''],
    ['cut off within a package', whole.slice(0, 60)],
    ['cut off between packages', whole.slice(0, whole.indexOf(',"other"') + 1)],
    ['cut off at its end', whole.slice(0, -1)],
    ['another page', '<html><body>Not found</body></html>'],
    ['a list', '[]'],
    ['two documents', `${whole}{}`],
    ['not JSON within', '{"acme": {broken}}'],
  ])('%s', async (_, text) => {
    await expect(readFeed(debianTracker, NAME, text)).rejects.toThrow();
  });

  it('compressed and cut off', async () => {
    await expect(readFeed(debianTracker, `${NAME}.gz`, gzipSync(whole).subarray(0, 60))).rejects.toThrow();
  });
});

it('takes packages apart whatever their texts hold', async () => {
  const odd = { 'a{"}': {}, 'b\\': {}, 'x,y': {}, '[': {} };
  const document = {
    ...entry({ bookworm: release('open', { nodsa: '"}], {\\' }) }),
    ...odd,
    ...entry({ trixie: release('open') }, 'last'),
  };
  const text = JSON.stringify(document, null, 1);
  const { advisories, problems } = await readFeed(debianTracker, NAME, text);
  expect(advisories.map(({ affected }) => affected[0]?.name)).toEqual(['acme', 'last']);
  expect(problems).toEqual([]);
});

/** What osv.dev made of the tracker must be what is made of the tracker itself. */
describe.skipIf(!haveRealFeeds)('records of osv.dev’s export, put back into the tracker’s form (needs ../shared/data)', () => {
  const CODENAMES: Readonly<Record<string, string>> = { 'Debian:11': 'bullseye', 'Debian:12': 'bookworm', 'Debian:13': 'trixie' };

  it('say the same', async () => {
    const records = realRecords('os/debian-osv', 20).filter(({ id }) => String(id).startsWith('CVE-'));
    const exported = (await readFeed(debianOsv, 'debian-osv.jsonl', records)).advisories;
    const document: Record<string, Record<string, { releases: Record<string, object> }>> = {};
    for (const { id, affected } of exported)
      for (const { ecosystem, name, ranges, status, severityLabel } of affected) {
        const codename = CODENAMES[ecosystem];
        if (codename === undefined) continue;
        const fixed = ranges[0]?.flatMap((event) => ('fixed' in event ? event.fixed : []))[0];
        const urgency = status === 'end-of-life' ? status : (severityLabel ?? 'not yet assigned');
        const resolved = status === 'not-affected' ? { fixed_version: '0' } : { fixed_version: fixed };
        document[name] ??= {};
        document[name][id] ??= { releases: {} };
        document[name][id].releases[codename] = release(
          status === 'not-affected' || fixed !== undefined ? 'resolved' : 'open',
          status === 'not-affected' || fixed !== undefined ? { ...resolved, urgency } : { urgency },
        );
      }
    const { advisories, problems } = await read(document);
    expect(problems).toEqual([]);
    expect(statementsOf(advisories)).toEqual(statementsOf(exported));
    expect(statementsOf(advisories).length).toBeGreaterThan(1000);
  });

  function statementsOf(records: readonly AdvisoryRecord[]): string[] {
    return records
      .flatMap(({ id, affected }) =>
        affected
          .filter(({ ecosystem }) => ecosystem in CODENAMES)
          .map((each) => JSON.stringify([id, each.ecosystem, each.name, each.ranges, each.status, each.severityLabel])),
      )
      .sort();
  }
});
