import { expect, it } from 'vitest';
import { readFeed } from '../../../testing/read-feed.ts';
import { testMirror, testUpstream, upstreamContract } from '../../../testing/upstream-contract.ts';
import { almalinuxErrata } from './index.ts';
import { almalinuxErrataUpstream } from './upstream.ts';

/** Written by hand to the form of errata.full.json, which has one entry a file. */
const build = (name: string, arch: string) => ({
  name,
  epoch: '1',
  version: '18.20.6',
  release: '1.module_el9.5.0+136+92f38f3c',
  arch,
  src: 'nodejs-18.20.6-1.module_el9.5.0+136+92f38f3c.src.rpm',
  filename: `${name}-18.20.6-1.module_el9.5.0+136+92f38f3c.${arch}.rpm`,
  checksum: '00',
  checksum_type: 'sha256',
});
const head = {
  id: 'ALSA-2025:1446',
  issued_date: 1739404800,
  updated_date: 1739533775,
  severity: 'Important',
  title: 'nodejs:18 security update',
  type: 'security',
  modules: [{ name: 'nodejs', stream: '18', arch: 'x86_64', context: '8cf767d6', version: '9050020250214042843' }],
  references: [
    { id: 'CVE-2025-22150', type: 'cve', href: 'https://access.redhat.com/security/cve/CVE-2025-22150' },
    { id: 'ALSA-2025-1446', type: 'self', href: 'https://errata.almalinux.org/9/ALSA-2025-1446.html' },
  ],
};
const full = (...packages: object[]) => ({ schema_version: '1.0', data: [{ ...head, packages }] });
const FILES = {
  '8/errata.full.json': JSON.stringify({ schema_version: '1.0', data: [] }),
  '9/errata.full.json': JSON.stringify(full(build('nodejs', 'x86_64'), build('nodejs', 'aarch64'))),
  '10/errata.full.json': JSON.stringify({ schema_version: '1.0', data: [] }),
};

upstreamContract(almalinuxErrataUpstream, {
  files: FILES,
  mirrored: Object.fromEntries(Object.keys(FILES).map((name) => [name, 'almalinux-errata'])),
});

it('fetches the release that has changed, and keeps the others', async () => {
  const server = await testUpstream({ files: FILES });
  const mirror = testMirror(almalinuxErrataUpstream, server.url);
  await almalinuxErrataUpstream.update(mirror);
  server.log.splice(0);
  server.put('10/errata.full.json', JSON.stringify(full()));
  await almalinuxErrataUpstream.update(mirror);
  expect(server.log.map(({ path, status }) => `${status} ${path}`)).toEqual([
    '304 8/errata.full.json',
    '304 9/errata.full.json',
    '200 10/errata.full.json',
  ]);
});

it('says what the same erratum says in lines', async () => {
  const line = { ...head, packages: [{ name: 'nodejs', evr: '1:18.20.6-1.module_el9.5.0+136+92f38f3c', arch: ['x86_64', 'aarch64'] }] };
  const expected = await readFeed(almalinuxErrata, 'almalinux-errata.jsonl', [line]);
  expect(expected.advisories).toHaveLength(1);
  expect(await readFeed(almalinuxErrata, 'almalinux-errata/9/errata.full.json', FILES['9/errata.full.json'])).toEqual(expected);
});

it('counts what it cannot use of a document', async () => {
  const text = JSON.stringify({
    data: [7, { ...head, packages: [{ ...build('a', 'x86_64'), version: 7 }, 'x'] }, { ...head, packages: 'all' }],
  });
  const { advisories, problems } = await readFeed(almalinuxErrata, 'almalinux-errata/9/errata.full.json', text);
  expect(advisories).toEqual([]);
  expect(problems.length).toBeGreaterThan(3);
});
