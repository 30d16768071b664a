import { createHash } from 'node:crypto';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readFeed } from '../../../testing/read-feed.ts';
import { testMirror, testUpstream, upstreamContract } from '../../../testing/upstream-contract.ts';
import { amazon } from './index.ts';
import { amazonUpstream } from './upstream.ts';

/** An update as Amazon's repositories have it, written by hand to the form of createrepo_c. */
const update = (id: string, name = 'httpd') => `
  <update author="linux-security@amazon.com" from="linux-security@amazon.com" status="final" type="security" version="1.4">
    <id>${id}</id><title>Amazon Linux 2 - ${id}: important priority package update for ${name}</title>
    <issued date="2023-02-03 18:39" /><updated date="2023-02-07 00:00" /><severity>important</severity>
    <description>Fixes &amp;c.</description>
    <references>
      <reference href="http://cve.mitre.org/cgi-bin/cvename.cgi?name=CVE-2022-36760" title="" id="CVE-2022-36760" type="cve" />
      <reference href="https://rhn.redhat.com/errata/RHSA-2011:1245.html" id="RHSA-2011:1245" type="redhat" />
    </references>
    <pkglist><collection short="amazon-linux-2---core"><name>Amazon Linux 2</name>
      <package name="${name}" version="2.4.55" release="1.amzn2" epoch="0" arch="x86_64"><filename>Packages/a.rpm</filename></package>
      <package name="${name}" version="2.4.55" release="1.amzn2" epoch="0" arch="aarch64"><filename>Packages/b.rpm</filename></package>
      <package name="${name}" version="2.4.55" release="1.amzn2" epoch="0" arch="src"><filename>Packages/c.rpm</filename></package>
    </collection></pkglist>
  </update>`;
const updates = (...all: string[]) => `<?xml version="1.0" ?>\n<updates>${all.join('')}</updates>\n`;

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const repomd = (bytes: Uint8Array, { type = 'sha256', sum = sha256(bytes), href = 'repodata/updateinfo.xml.gz' } = {}) =>
  `<?xml version="1.0" encoding="UTF-8"?>
<repomd xmlns="http://linux.duke.edu/metadata/repo"><revision>1</revision>
  <data type="primary"><checksum type="sha256">00</checksum><location href="repodata/primary.xml.gz"/></data>
  <data type="updateinfo"><checksum type="${type}">${sum}</checksum><open-checksum type="sha256">00</open-checksum>
    <location href="${href}"/><timestamp>1</timestamp><size>${bytes.length}</size></data>
</repomd>`;

const CORE = gzipSync(updates(update('ALAS2-2023-1912')));
const PHP = gzipSync(updates(update('ALAS2PHP8.0-2024-010', 'php')));
const AL2023 = gzipSync(updates(update('ALAS2023-2023-001')));
const CDN = 'https://cdn.amazonlinux.com/';

/** Layout of cdn.amazonlinux.com; the lists name places below it. */
const FILES = {
  '2/core/latest/x86_64/mirror.list': `${CDN}2/core/2.0/x86_64/0123abcd\n`,
  '2/core/2.0/x86_64/0123abcd/repodata/repomd.xml': repomd(CORE),
  '2/core/2.0/x86_64/0123abcd/repodata/updateinfo.xml.gz': CORE,
  '2/extras-catalog.json': JSON.stringify({ version: 1, topics: [{ n: 'php8.0' }, { n: 'docker' }] }),
  '2/extras/php8.0/latest/x86_64/mirror.list': `${CDN}2/extras/php8.0/stable/x86_64/ab/\n`,
  '2/extras/php8.0/stable/x86_64/ab/repodata/repomd.xml': repomd(PHP),
  '2/extras/php8.0/stable/x86_64/ab/repodata/updateinfo.xml.gz': PHP,
  '2/extras/docker/latest/x86_64/mirror.list': `${CDN}2/extras/docker/stable/x86_64/cd\n`,
  '2/extras/docker/stable/x86_64/cd/repodata/repomd.xml': '<repomd><data type="primary"/></repomd>',
  'al2023/core/mirrors/latest/x86_64/mirror.list': `${CDN}al2023/core/guids/gone/x86_64/\n${CDN}al2023/core/guids/1-2/x86_64/\n`,
  'al2023/core/guids/1-2/x86_64/repodata/repomd.xml': repomd(AL2023),
  'al2023/core/guids/1-2/x86_64/repodata/updateinfo.xml.gz': AL2023,
};
const MIRRORED = ['2/core/updateinfo.xml.gz', '2/extras/php8.0/updateinfo.xml.gz', '2023/core/updateinfo.xml.gz'];

upstreamContract(amazonUpstream, { files: FILES, mirrored: Object.fromEntries(MIRRORED.map((name) => [name, 'amazon'])) });

it('fetches the updateinfo that has changed, and no other', async () => {
  const server = await testUpstream({ files: FILES });
  const mirror = testMirror(amazonUpstream, server.url);
  await amazonUpstream.update(mirror);
  server.log.splice(0);
  const newer = gzipSync(updates(update('ALAS2-2023-1912'), update('ALAS2-2026-3000', 'curl')));
  server.put('2/core/2.0/x86_64/0123abcd/repodata/repomd.xml', repomd(newer));
  server.put('2/core/2.0/x86_64/0123abcd/repodata/updateinfo.xml.gz', newer);
  await amazonUpstream.update(mirror);
  expect(server.log.filter(({ path }) => path.includes('updateinfo')).map(({ path }) => path)).toEqual([
    '2/core/2.0/x86_64/0123abcd/repodata/updateinfo.xml.gz',
  ]);
  expect(sha256(mirror.read('2/core/updateinfo.xml.gz'))).toBe(sha256(newer));
});

it('drops an extra that is no more', async () => {
  const server = await testUpstream({ files: FILES });
  const mirror = testMirror(amazonUpstream, server.url);
  await amazonUpstream.update(mirror);
  server.put('2/extras-catalog.json', JSON.stringify({ topics: [{ n: 'docker' }] }));
  await amazonUpstream.update(mirror);
  expect(mirror.names()).toEqual(MIRRORED.filter((name) => !name.includes('php')));
});

const INDEX = '2/core/2.0/x86_64/0123abcd/repodata/repomd.xml';
it.each<[string, Record<string, string>]>([
  ['a file with another checksum', { [INDEX]: repomd(CORE, { sum: '0'.repeat(64) }) }],
  ['a checksum that is weak', { [INDEX]: repomd(CORE, { type: 'sha', sum: '0'.repeat(40) }) }],
  ['a place elsewhere', { [INDEX]: repomd(CORE, { href: '../../../../other/updateinfo.xml.gz' }) }],
  ['an address elsewhere', { [INDEX]: repomd(CORE, { href: 'https://example.org/updateinfo.xml.gz' }) }],
  ['an index that is cut off', { [INDEX]: repomd(CORE).slice(0, 200) }],
  ['a catalogue that is none', { '2/extras-catalog.json': '[]' }],
  ['a catalogue of odd names', { '2/extras-catalog.json': JSON.stringify({ topics: [{ n: '../../x' }] }) }],
])('refuses %s, and keeps what it had', async (_, files) => {
  const server = await testUpstream({ files: FILES });
  const mirror = testMirror(amazonUpstream, server.url);
  await amazonUpstream.update(mirror);
  mirror.remember('checksum:2/core', 'of before');
  for (const [path, content] of Object.entries(files)) server.put(path, content);
  await expect(amazonUpstream.update(mirror)).rejects.toMatchObject({ code: 'feed-malformed' });
  expect(mirror.names()).toEqual(MIRRORED);
  expect(sha256(mirror.read('2/core/updateinfo.xml.gz'))).toBe(sha256(CORE));
});

describe('updateinfo', () => {
  it('says what the same update says as JSON', async () => {
    const json = {
      ID: 'ALAS2PHP8.0-2024-010',
      Type: 'security',
      Severity: 'important',
      Issued: { Date: '2023-02-03 18:39' },
      Updated: { Date: '2023-02-07 00:00' },
      References: {
        Reference: [
          { ID: 'CVE-2022-36760', Type: 'cve' },
          { ID: 'RHSA-2011:1245', Type: 'redhat' },
        ],
      },
      release: '2',
      repo: 'extras',
      packages: [{ name: 'php', evr: '0:2.4.55-1.amzn2', arch: ['x86_64', 'aarch64'] }],
    };
    const expected = await readFeed(amazon, 'amazon.jsonl', [json]);
    const xml = updates(update('ALAS2PHP8.0-2024-010', 'php'));
    for (const [name, bytes] of [
      ['.xml', xml],
      ['.xml.gz', gzipSync(xml)],
      ['.xml.zst', zstdCompressSync(xml)],
    ] as const) {
      expect(await readFeed(amazon, `mirror/amazon/2/extras/php8.0/updateinfo${name}`, Buffer.from(bytes))).toEqual(expected);
    }
    expect(expected.advisories[0]?.affected[0]?.module).toBe('php8.0');
  });

  it.each([
    ['cut off', updates(update('ALAS2-2023-1912')).slice(0, 700)],
    ['empty', ''],
    ['JSON', '{"ID": "ALAS2-2023-1912"}'],
    ['another document', '<repomd/>'],
    ['with a document type', '<!DOCTYPE x [<!ENTITY a "b">]><updates>&a;</updates>'],
    ['nested without end', '<updates>'.repeat(100_000)],
  ])('that is none fails: %s', async (_, text) => {
    await expect(readFeed(amazon, 'amazon/2/core/updateinfo.xml', text)).rejects.toThrow('not updateinfo');
  });

  it('without updates is a whole one: a topic that was opened lately', async () => {
    const { leftOut } = await readFeed(amazon, 'amazon/2/extras/php9/updateinfo.xml', '<?xml version="1.0"?><updates></updates>');
    expect(leftOut).toEqual(['no updates: 2/extras']);
  });

  it('counts updates that say nothing usable', async () => {
    const text = updates(
      '<update/>',
      '<update><id>ALAS</id></update>',
      '<update><id>ALAS2-2023-1</id><pkglist><collection><package/></collection></pkglist></update>',
    );
    const { advisories, problems } = await readFeed(amazon, 'amazon/2/core/updateinfo.xml', text);
    expect(advisories).toEqual([]);
    expect(problems).toEqual([
      'no usable id: ?',
      'no usable id: ALAS',
      'no package or version: ALAS2-2023-1',
      'names no package: ALAS2-2023-1',
    ]);
  });
});
