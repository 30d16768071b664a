import { describe, expect, it } from 'vitest';
import { type OracleErratum, oracleOval } from '../../../testing/oracle-oval.ts';
import { readFeed } from '../../../testing/read-feed.ts';
import { testMirror, testUpstream, upstreamContract } from '../../../testing/upstream-contract.ts';
import { oracle } from './index.ts';
import { oracleUpstream } from './upstream.ts';

const ERRATUM: OracleErratum = {
  id: 'ELSA-2023-3577',
  title: 'ELSA-2023-3577:  nodejs:18 security update (IMPORTANT)',
  published: '2023-06-14T00:00:00Z',
  severity: ['IMPORTANT'],
  cves: [
    { id: 'CVE-2023-0001', cvss: 'CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:H' },
    { id: 'CVE-2023-0002', cvss: null },
  ],
  fixed: {
    'oracle:9': {
      '1:18.14.2-3.module+el9.2.0+1+aaaaaaaa': { 'aarch64,x86_64': ['nodejs'], 'x86_64': ['npm'] },
      '0:3.0.1-1.el9': { 'aarch64,x86_64': ['nodejs-nodemon'] },
    },
    'oracle:8': { '0:3.0.1-1.el8': { x86_64: ['nodejs-nodemon'] } },
  },
};

const years = Array.from({ length: 2026 - 2007 + 1 }, (_, i) => `com.oracle.elsa-${2007 + i}.xml.bz2`);
/** Layout of linux.oracle.com/security/oval. */
const FILES = Object.fromEntries(years.map((name) => [name, `BZh of ${name}`]));

upstreamContract(oracleUpstream, { files: FILES, mirrored: Object.fromEntries(years.map((name) => [name, 'oracle'])) });

it('fetches the year that has changed, and does without the new one in its first days', async () => {
  const server = await testUpstream({ files: FILES });
  const mirror = testMirror(oracleUpstream, server.url, { now: new Date('2027-01-01T05:00:00Z') });
  await oracleUpstream.update(mirror);
  server.log.splice(0);
  server.put('com.oracle.elsa-2026.xml.bz2', 'other');
  await oracleUpstream.update(mirror);
  expect(server.log.filter(({ status }) => status !== 304).map(({ path, status }) => `${status} ${path}`)).toEqual([
    '200 com.oracle.elsa-2026.xml.bz2',
    '404 com.oracle.elsa-2027.xml.bz2',
  ]);
  server.delete('com.oracle.elsa-2011.xml.bz2');
  await expect(oracleUpstream.update(mirror)).rejects.toMatchObject({ code: 'feed-missing' });
  expect(mirror.names()).toHaveLength(years.length);
});

describe('OVAL', () => {
  const NAME = 'oracle/com.oracle.elsa-2023.xml';
  const byText = (list: readonly object[] = []) => list.map((each) => JSON.stringify(each)).sort();

  it('says what the same erratum says as JSON', async () => {
    const expected = await readFeed(oracle, 'oracle.jsonl', [ERRATUM]);
    const read = await readFeed(oracle, NAME, oracleOval([ERRATUM]));
    expect(byText(read.advisories[0]?.affected)).toEqual(byText(expected.advisories[0]?.affected));
    const head = ({ advisories: [first], ...rest }: typeof read) => ({ ...rest, first: { ...first, affected: [] } });
    expect(head(read)).toEqual(head(expected));
  });

  it('takes the stream from the criteria where the title names none', async () => {
    const read = await readFeed(oracle, NAME, oracleOval([{ ...ERRATUM, title: 'ELSA-2023-3577: node update' }], { module: 'nodejs:18' }));
    expect(read.advisories[0]?.affected.map(({ name, module }) => `${name} ${module}`).sort()).toEqual([
      'nodejs nodejs:18',
      'nodejs-nodemon undefined',
      'nodejs-nodemon undefined',
      'npm nodejs:18',
    ]);
    expect(read.problems).toEqual([]);
  });

  const WHOLE = oracleOval([ERRATUM]);
  it.each([
    ['cut off', WHOLE.slice(0, 2000)],
    ['empty', ''],
    ['HTML', '<!DOCTYPE html><html><body><hr></body></html>'],
    ['JSON', '{"id": 1}'],
    ['nested without end', '<criteria>'.repeat(100_000)],
  ])('that is none fails: %s', async (_, text) => {
    await expect(readFeed(oracle, NAME, text)).rejects.toThrow('not OVAL');
  });

  it('that is not bzip2 fails', async () => {
    await expect(readFeed(oracle, `${NAME}.bz2`, Buffer.from(WHOLE))).rejects.toThrow('not bzip2');
  });

  it.each([
    ['a test that is missing', WHOLE.replace('id="oval:tst:3"', 'id="x"')],
    ['a criterion that is turned round', WHOLE.replace('<criterion ', '<criterion negate="true" ')],
    ['another comparison', WHOLE.replace('operation="less than"', 'operation="equals"')],
    ['no criteria', WHOLE.replace(/<criteria[\s\S]*<\/criteria>/, '')],
  ])('counts %s', async (_, text) => {
    const { problems } = await readFeed(oracle, NAME, text);
    expect(problems).toContain('a definition of another form: oval:com.oracle.elsa:def:ELSA-2023-3577');
  });
});
