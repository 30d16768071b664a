import { describe, expect, it } from 'vitest';
import { writeZip } from '../../../testing/image-builder/zip-writer.ts';
import { temporary, testMirror, testUpstream, upstreamContract } from '../../../testing/upstream-contract.ts';
import { govulndbUpstream } from './upstream.ts';

/** Written by hand to the API of go.dev/doc/security/vuln/database and the OSV schema. */
type Reports = Readonly<Record<string, string>>;

const JANUARY = '2026-01-01T00:00:00Z';
const FEBRUARY = '2026-02-01T00:00:00.123456Z';

function report(id: string, modified: string): string {
  const affected = [
    {
      package: { ecosystem: 'Go', name: 'example.org/acme' },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.2.3' }] }],
    },
  ];
  return JSON.stringify({ schema_version: '1.3.1', id, modified, affected });
}

/** The whole database of these reports, by their dates. */
function database(dates: Reports): Record<string, string> {
  const index = Object.entries(dates).map(([id, modified]) => ({ id, modified, aliases: [] }));
  const modified = Object.values(dates).sort().at(-1);
  return {
    'index/db.json': JSON.stringify({ modified }),
    'index/modules.json': '[]',
    'index/vulns.json': JSON.stringify(index),
    ...Object.fromEntries(Object.entries(dates).map(([id, date]) => [`ID/${id}.json`, report(id, date)])),
  };
}

function served(dates: Reports, archived: Reports = dates): Record<string, string | Buffer> {
  const entries = Object.entries(database(archived)).map(([name, text]) => [name, Buffer.from(text)]);
  return { ...database(dates), 'vulndb.zip': writeZip(Object.fromEntries(entries)) };
}

const OLD = { 'GO-2026-0001': JANUARY, 'GO-2026-0002': JANUARY };

upstreamContract(govulndbUpstream, {
  files: served(OLD),
  mirrored: { 'vulndb.zip': 'govulndb' },
  entries: { 'vulndb.zip/ID/GO-2026-0001.json': 'govulndb' },
});

describe('govulndb', () => {
  it('asks for one document where nothing changed', async () => {
    const server = await testUpstream({ files: served(OLD) });
    const mirror = testMirror(govulndbUpstream, server.url);
    await govulndbUpstream.update(mirror);
    expect(server.log.splice(0).map(({ path }) => path)).toEqual(['index/db.json', 'vulndb.zip', 'index/vulns.json']);
    await govulndbUpstream.update(mirror);
    expect(server.log.map(({ path }) => path)).toEqual(['index/db.json']);
  });

  it('fetches the reports that changed, and puts them beside the archive', async () => {
    const server = await testUpstream({ files: served(OLD) });
    const folder = temporary();
    await govulndbUpstream.update(testMirror(govulndbUpstream, server.url, { folder }));
    const now = { ...OLD, 'GO-2026-0002': FEBRUARY, 'GO-2026-0003': FEBRUARY };
    for (const [path, content] of Object.entries(served(now))) server.put(path, content);
    server.log.splice(0);
    const mirror = testMirror(govulndbUpstream, server.url, { folder });
    await govulndbUpstream.update(mirror);
    expect(mirror.names()).toEqual(['GO-2026-0002.json', 'GO-2026-0003.json', 'vulndb.zip']);
    expect(mirror.read('GO-2026-0002.json').toString()).toContain(FEBRUARY);
    expect(server.log.map(({ path }) => path)).toEqual([
      'index/db.json',
      'index/vulns.json',
      'ID/GO-2026-0002.json',
      'ID/GO-2026-0003.json',
    ]);
  });

  it('goes on with the reports that an update that broke off left', async () => {
    const server = await testUpstream({ files: served(OLD) });
    const folder = temporary();
    await govulndbUpstream.update(testMirror(govulndbUpstream, server.url, { folder }));
    const now = { ...OLD, 'GO-2026-0001': FEBRUARY, 'GO-2026-0002': FEBRUARY };
    for (const [path, content] of Object.entries(served(now))) server.put(path, content);
    server.fail('ID/GO-2026-0002.json', { kind: 'status', status: 429 }, 100);
    const broken = testMirror(govulndbUpstream, server.url, { folder });
    await expect(govulndbUpstream.update(broken)).rejects.toMatchObject({ code: 'http-status' });
    broken.save();
    server.fail('ID/GO-2026-0002.json', { kind: 'status', status: 404 }, 0);
    const again = await testUpstream({ files: served(now) });
    const mirror = testMirror(govulndbUpstream, again.url, { folder });
    await govulndbUpstream.update(mirror);
    expect(mirror.names()).toEqual(['GO-2026-0001.json', 'GO-2026-0002.json', 'vulndb.zip']);
  });

  it('takes the archive again where much changed, and drops what was beside it', async () => {
    const server = await testUpstream({ files: served(OLD) });
    const folder = temporary();
    await govulndbUpstream.update(testMirror(govulndbUpstream, server.url, { folder }));
    for (const [path, content] of Object.entries(served({ ...OLD, 'GO-2026-0002': FEBRUARY }))) server.put(path, content);
    await govulndbUpstream.update(testMirror(govulndbUpstream, server.url, { folder }));
    const many = Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`GO-2026-${1000 + i}`, '2026-03-01T00:00:00Z']));
    for (const [path, content] of Object.entries(served({ ...OLD, ...many }))) server.put(path, content);
    server.log.splice(0);
    const mirror = testMirror(govulndbUpstream, server.url, { folder });
    await govulndbUpstream.update(mirror);
    expect(mirror.names()).toEqual(['vulndb.zip']);
    expect(server.log.map(({ path }) => path)).toEqual(['index/db.json', 'index/vulns.json', 'vulndb.zip', 'index/vulns.json']);
  });

  it('asks for what is newer than an archive that lags behind the index', async () => {
    const server = await testUpstream({ files: served({ ...OLD, 'GO-2026-0003': FEBRUARY }, OLD) });
    const mirror = testMirror(govulndbUpstream, server.url);
    await govulndbUpstream.update(mirror);
    expect(mirror.names()).toEqual(['GO-2026-0003.json', 'vulndb.zip']);
  });

  it.each([
    ['index/db.json', 'no JSON', '<html>'],
    ['index/db.json', 'no date', '{}'],
    ['index/vulns.json', 'no list', '{}'],
    ['index/vulns.json', 'a name that leads elsewhere', `[{"id":"../../GO-2026-0001","modified":"${FEBRUARY}"}]`],
    ['index/vulns.json', 'an entry without a date', '[{"id":"GO-2026-0001"}]'],
    ['vulndb.zip', 'no archive', 'PK'],
    ['vulndb.zip', 'an archive of something else', writeZip({ 'README.md': Buffer.from('x') })],
  ])('refuses %s with %s, and keeps what it had', async (path, _, content) => {
    const server = await testUpstream({ files: served(OLD) });
    const folder = temporary();
    const mirror = testMirror(govulndbUpstream, server.url, { folder });
    await govulndbUpstream.update(mirror);
    const archive = mirror.read('vulndb.zip');
    const many = Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`GO-2026-${1000 + i}`, FEBRUARY]));
    for (const [name, text] of Object.entries(served({ ...OLD, ...many }))) server.put(name, text);
    server.put(path, content);
    await expect(govulndbUpstream.update(testMirror(govulndbUpstream, server.url, { folder }))).rejects.toMatchObject({
      name: 'PlimsollError',
      code: expect.stringMatching(/^feed-(malformed|missing)$/),
    });
    expect(testMirror(govulndbUpstream, server.url, { folder }).read('vulndb.zip').equals(archive)).toBe(true);
  });
});
