import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { buildDatabase } from '../src/advisories/db/build.ts';
import { openDatabase } from '../src/advisories/db/open.ts';
import { debianDsaUpstream } from '../src/advisories/debian-dsa/upstream.ts';
import { debianTrackerUpstream } from '../src/advisories/debian-tracker/upstream.ts';
import { gentooGlsaUpstream } from '../src/advisories/gentoo-glsa/upstream.ts';
import type { Upstream } from '../src/advisories/types.ts';
import { ubuntuCveTrackerUpstream } from '../src/advisories/ubuntu-cve-tracker/upstream.ts';
import { ubuntuOsvUpstream } from '../src/advisories/ubuntu-osv/upstream.ts';
import { writeTar } from '../testing/image-builder/tar-writer.ts';
import { writeZip } from '../testing/image-builder/zip-writer.ts';
import { testMirror, testUpstream } from '../testing/upstream-contract.ts';

/*
 * From an upstream's own layout to what a scan asks the database: everything written by hand to the forms that upstreams publish,
 * packed as they pack it.
 */

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plimsoll-upstreams-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const tarball = (files: Readonly<Record<string, string>>) =>
  gzipSync(writeTar(Object.entries(files).map(([path, content]) => ({ path, content }))));
const zip = (files: Readonly<Record<string, object>>) =>
  writeZip(Object.fromEntries(Object.entries(files).map(([name, value]) => [name, Buffer.from(JSON.stringify(value))])));

/** Mirrors upstreams from servers of their own, builds a database of all mirrors, and asks it. */
async function ask(layouts: readonly (readonly [Upstream, Readonly<Record<string, string | Buffer>>])[], ecosystem: string, name: string) {
  for (const [upstream, files] of layouts) {
    const server = await testUpstream({ files });
    const mirror = testMirror(upstream, server.url, { folder: join(folder, 'feeds', upstream.id) });
    await upstream.update(mirror);
    mirror.save();
  }
  const built = await buildDatabase({ from: join(folder, 'feeds'), out: join(folder, 'db'), now: new Date('2026-11-22'), workers: 0 });
  const db = openDatabase(join(folder, 'db'));
  try {
    const said = db.lookup({ ecosystem, name }).map(({ feed, id, status, flaws }) => [feed, id, status, ...flaws].join(' '));
    return { said: said.sort(), unread: built.unread, problems: built.files.flatMap(({ problems }) => Object.keys(problems)) };
  } finally {
    db.close();
  }
}

it('Debian: the tracker’s document and the lists of advisories', async () => {
  const release = { status: 'open', repositories: { bookworm: '1.0-1' }, urgency: 'low', nodsa: 'Minor issue', nodsa_reason: 'ignored' };
  const tracker = { acme: { 'CVE-2025-0001': { description: 'x', scope: 'local', releases: { bookworm: release } } } };
  const lists = {
    'data/DSA/list': '[20 Aug 2025] DSA-5982-1 acme - security update\n\t{CVE-2025-0002}\n\t[bookworm] - acme 1.0-1+deb12u1\n',
    'data/DLA/list': '[20 Aug 2025] DLA-4276-1 acme - security update\n\t{CVE-2025-0003}\n\t[bullseye] - acme 0.9-1+deb11u1\n',
  };
  const layouts = [[debianTrackerUpstream, { json: JSON.stringify(tracker) }] as const, [debianDsaUpstream, lists] as const];
  expect(await ask(layouts, 'Debian:12', 'acme')).toEqual({
    said: ['debian-dsa DSA-5982-1 affected CVE-2025-0002', 'debian-tracker CVE-2025-0001 will-not-fix'],
    unread: [],
    problems: [],
  });
});

it('Ubuntu: a tracker’s archive, and OSV’s with its notices', async () => {
  const top = 'ubuntu-cve-tracker-master';
  const text = 'Candidate: CVE-2025-0001\nPublicDate: 2025-01-01 00:00:00 UTC\nPriority: low\n\njammy_acme: deferred (2025-02-01)\n';
  const archive = tarball({ [`${top}/README`]: 'x', [`${top}/active/00boilerplate`]: 'x', [`${top}/active/CVE-2025-0001`]: text });
  const affected = [
    { package: { ecosystem: 'Ubuntu:22.04:LTS', name: 'acme' }, ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }] }] },
  ];
  const osv = zip({
    'UBUNTU-CVE-2025-0001.json': { id: 'UBUNTU-CVE-2025-0001', upstream: ['CVE-2025-0001'], affected },
    'USN-7000-1.json': {
      id: 'USN-7000-1',
      upstream: ['UBUNTU-CVE-2025-0002'],
      affected: affected.map((each) => ({ ...each, ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '1.0-1' }] }] })),
    },
    'LSN-0112-1.json': { id: 'LSN-0112-1', upstream: ['UBUNTU-CVE-2025-0002'], affected },
  });
  const layouts = [[ubuntuCveTrackerUpstream, { [`${top}.tar.gz`]: archive }] as const, [ubuntuOsvUpstream, { 'all.zip': osv }] as const];
  expect(await ask(layouts, 'Ubuntu:22.04:LTS', 'acme')).toEqual({
    said: [
      'ubuntu-cve-tracker CVE-2025-0001 fix-deferred',
      'ubuntu-osv CVE-2025-0001 affected',
      'ubuntu-usn USN-7000-1 affected CVE-2025-0002',
    ],
    unread: [],
    problems: [],
  });
});

it('Gentoo: the repository’s archive', async () => {
  const document = `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE glsa SYSTEM "http://www.gentoo.org/dtd/glsa.dtd">
<glsa id="202401-01"><title>Acme</title><product type="ebuild">acme</product><announced>2024-01-02</announced>
<affected><package name="dev-libs/acme" auto="yes" arch="*"><unaffected range="ge">1.2</unaffected><vulnerable range="lt">1.2</vulnerable></package></affected>
<references><uri link="https://nvd.nist.gov/vuln/detail/CVE-2024-0001">CVE-2024-0001</uri></references></glsa>`;
  const archive = tarball({ 'glsa-master/glsa-202401-01.xml': document, 'glsa-master/.gitignore': 'x', 'glsa-master/README': 'x' });
  expect(await ask([[gentooGlsaUpstream, { 'glsa-master.tar.gz': archive }]], 'Gentoo', 'dev-libs/acme')).toEqual({
    said: ['gentoo-glsa GLSA-202401-01 affected CVE-2024-0001'],
    unread: [],
    problems: [],
  });
});

it('Ubuntu: of a cloned tracker one record that is none is counted, and does not stop a build', async () => {
  const clone = join(folder, 'clone');
  mkdirSync(join(clone, 'active'), { recursive: true });
  writeFileSync(join(clone, 'active/CVE-2025-0001'), 'Candidate: CVE-2025-0001\njammy_acme: needed\n');
  writeFileSync(join(clone, 'active/CVE-2025-0002'), 'nothing that is known');
  const place = join(folder, 'feeds', ubuntuCveTrackerUpstream.id);
  await ubuntuCveTrackerUpstream.update(testMirror(ubuntuCveTrackerUpstream, pathToFileURL(`${clone}/`).href, { folder: place }));
  expect(await ask([], 'Ubuntu:22.04:LTS', 'acme')).toEqual({
    said: ['ubuntu-cve-tracker CVE-2025-0001 affected'],
    unread: [],
    problems: ['not a record of the CVE tracker'],
  });
});
