import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildDatabase } from '../src/advisories/db/build.ts';
import { openDatabase } from '../src/advisories/db/open.ts';
import { scan } from '../src/app/scan/index.ts';
import { match } from '../src/match/index.ts';
import { rpm } from '../src/versions/rpm/index.ts';
import { inventoryOf, osPackage } from '../testing/fixtures/inventory.ts';
import { blobsByMark, haveRpm, rpmHeader, rpmQuery, sqliteDatabase } from '../testing/rpm-databases.ts';

/*
 * Real package databases against real advisories, whole: what rpm lists and how rpm orders versions, held against the
 * upstream's file as a few lines read it here.
 */

const DATA = fileURLToPath(new URL('../../shared/data/', import.meta.url));
const MARINER = join(DATA, 'advisories/os/cbl-mariner-2.0-oval-20240122.xml.gz');
const SUSE = join(DATA, 'advisories/os/suse-osv.jsonl.gz');
const have = existsSync(MARINER) && existsSync(SUSE) && existsSync(join(DATA, 'rpmdb'));

interface Fix {
  readonly flaw: string;
  /** Source package. */
  readonly name: string;
  readonly evr: string;
  /** The last affected version instead of the first fixed one. */
  readonly last: boolean;
}

let work = '';
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'plimsoll-rpm-'));
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** Flaw and package of every finding in a root file system of nothing but a package database. */
async function found(name: string, release: string, database: string, at: string, feed: string): Promise<readonly string[]> {
  const root = join(work, name);
  const feeds = join(work, `${name}-feeds`);
  for (const folder of [join(root, 'etc'), join(root, at, '..'), feeds]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(root, 'etc/os-release'), release);
  copyFileSync(join(DATA, 'rpmdb', database), join(root, at));
  copyFileSync(feed, join(feeds, basename(feed)));
  const now = new Date('2025-03-01T00:00:00Z');
  await buildDatabase({ from: feeds, out: join(work, `${name}-db`), now, workers: 0, fetchedAt: '2025-03-01T00:00:00Z' });
  const report = await scan(`rootfs:${root}`, { database: join(work, `${name}-db`), now, offline: true });
  expect(report.unassessed).toEqual([]);
  expect(report.findings.filter((each) => each.verdict === 'undecided')).toEqual([]);
  return report.findings.flatMap((each) => (each.kind === 'end-of-life' ? [] : [`${each.id} ${each.package.name}`])).sort();
}

/** The same by rpm: its list of packages with their sources, its order of versions. */
function expected(database: string, fixes: readonly Fix[]): readonly string[] {
  const bytes = readFileSync(join(DATA, 'rpmdb', database));
  // Debian's rpm has no ndb: its headers are handed to it as SQLite.
  const readable = database.endsWith('.sqlite') ? bytes : sqliteDatabase(blobsByMark(bytes));
  const packages = rpmQuery(readable, 'sqlite', '%{NAME}|%|EPOCH?{%{EPOCH}:}||%{SOURCERPM}\\n').flatMap((line) => {
    const [name = '', epoch = '', sourceRpm = ''] = line.split('|');
    const [, source, version] = /^(.+)-([^-]+-[^-]+)\.src\.rpm$/.exec(sourceRpm) ?? [];
    return source ? [{ name, source, evr: `${epoch}${version}` }] : [];
  });
  const pairs = packages.flatMap((pkg) => fixes.filter((fix) => fix.name === pkg.source).map((fix) => ({ pkg, fix })));
  const calls = pairs.map(({ pkg, fix }) => `print(rpm.vercmp("${pkg.evr}", "${fix.evr}") .. " ")`);
  const lua = join(work, 'compare.lua');
  writeFileSync(lua, calls.join('\n'));
  const orders = spawnSync('rpm', ['--eval', `%{lua:dofile("${lua}")}`], { encoding: 'utf8' })
    .stdout.trim()
    .split(' ')
    .map(Number);
  expect(orders).toHaveLength(pairs.length);
  const affected = pairs.filter(({ fix }, i) => (fix.last ? orders[i]! <= 0 : orders[i]! < 0));
  return [...new Set(affected.map(({ pkg, fix }) => `${fix.flaw} ${pkg.name}`))].sort();
}

describe.skipIf(!have || !haveRpm)('distributions of rpm packages (needs rpm and ../shared/data/rpmdb)', () => {
  it('CBL-Mariner 2.0', async () => {
    const text = gunzipSync(readFileSync(MARINER)).toString();
    const capture = (pattern: RegExp) => new Map([...text.matchAll(pattern)].map(([, key = '', ...rest]) => [key, rest]));
    const tests = capture(
      /<linux-def:rpminfo_test [^>]*id="([^"]+)"[^>]*>\s*<linux-def:object object_ref="([^"]+)"\/>\s*<linux-def:state state_ref="([^"]+)"/g,
    );
    const names = capture(/<linux-def:rpminfo_object id="([^"]+)"[^>]*>\s*<linux-def:name>([^<]+)</g);
    const states = capture(
      /<linux-def:rpminfo_state id="([^"]+)"[^>]*>\s*<linux-def:evr datatype="evr_string" operation="([^"]+)">([^<]+)</g,
    );
    const fixes = [...text.matchAll(/ref_id="(CVE-[^"]+)"[\s\S]*?<criterion [^>]*test_ref="([^"]+)"/g)].map(
      ([, flaw = '', test = '']): Fix => {
        const [object = '', state = ''] = tests.get(test) ?? [];
        const [operation, evr = ''] = states.get(state) ?? [];
        return { flaw, name: names.get(object)?.[0] ?? '', evr, last: operation === 'less than or equal' };
      },
    );
    expect(fixes.length).toBe(2436);
    const release = 'ID=mariner\nVERSION_ID="2.0"\n';
    const ours = await found('mariner', release, 'cbl-mariner-2.0-rpmdb.sqlite', 'var/lib/rpm/rpmdb.sqlite', MARINER);
    expect(ours).toEqual(expected('cbl-mariner-2.0-rpmdb.sqlite', fixes));
    expect(ours.length).toBeGreaterThan(300);
  });

  it('SUSE Linux Enterprise 15 SP3', async () => {
    const fixes: Fix[] = [];
    for (const line of gunzipSync(readFileSync(SUSE)).toString().split('\n')) {
      if (!line.includes(' 15 SP3')) continue;
      const { id, related = [], affected = [] } = JSON.parse(line);
      const flaws = related.filter((each: string) => each.startsWith('CVE-'));
      if (flaws.length === 0 && !id.startsWith('SUSE-SU')) continue;
      for (const { package: pkg, ranges } of affected) {
        if (!/^SUSE:(Linux Enterprise|Package Hub)\b.* 15 SP3(-[A-Z]+)?$/.test(pkg.ecosystem)) continue;
        const evr = ranges[0].events[1].fixed;
        for (const flaw of flaws.length > 0 ? flaws : [id]) fixes.push({ flaw, name: pkg.name, evr, last: false });
      }
    }
    const release = 'ID="sles"\nVERSION_ID="15.3"\n';
    const ours = await found('sle', release, 'sle15-bci-Packages.db', 'usr/lib/sysimage/rpm/Packages.db', SUSE);
    expect(ours).toEqual(expected('sle15-bci-Packages.db', fixes));
    expect(ours.length).toBeGreaterThan(80);
  }, 60_000);
});

/**
 * Red Hat's errata (by installed package) against its CVE pages (by source package), which are another file: every source
 * package of RHEL, as if the middle one of its fixed versions were installed.
 */
describe.skipIf(!have)('Red Hat Enterprise Linux (needs ../shared/data/advisories)', () => {
  const pages = join(DATA, 'advisories/os/redhat-cve.jsonl.gz');
  const order = (a: string, b: string) => rpm.compare(rpm.parse(a)!, rpm.parse(b)!) ?? Number.NaN;
  let fixes: readonly { readonly cve: string; readonly major: string; readonly name: string; readonly evr: string }[] = [];
  beforeAll(async () => {
    const from = join(work, 'redhat-feeds');
    mkdirSync(from);
    for (const feed of [pages, join(DATA, 'advisories/os/redhat-osv.jsonl.gz')]) copyFileSync(feed, join(from, basename(feed)));
    await buildDatabase({ from, out: join(work, 'redhat-db'), now: new Date('2025-03-01T00:00:00Z'), workers: 0 });
    fixes = gunzipSync(readFileSync(pages))
      .toString()
      .split('\n')
      .flatMap((line) => {
        const { name: cve, affected_release: releases = [] } = line.includes('"affected_release"') ? JSON.parse(line) : {};
        return releases.flatMap((each: { cpe: string; package?: string }) => {
          const major = /^cpe:\/[ao]:redhat:enterprise_linux:(\d+)(?:::|$)/.exec(each.cpe)?.[1];
          const [, name, evr = ''] = /^(.+)-(\d+:[^-]+-[^-]+)$/.exec(each.package ?? '') ?? [];
          return major && name && !evr.includes('.module') ? [{ cve, major, name, evr }] : [];
        });
      });
  });

  it.each(['8', '9'])('%s: finds every flaw that the CVE pages name a fix for', (major) => {
    const byName = Map.groupBy(
      fixes.filter((fix) => fix.major === major),
      ({ name }) => name,
    );
    const installed = [...byName].map(([name, list]) => {
      const versions = [...new Set(list.map(({ evr }) => evr))].sort(order);
      const version = versions[(versions.length - 1) >> 1]!;
      return osPackage('rpm', name, version, { arch: 'x86_64' });
    });
    const wanted = installed.flatMap(({ name, version }) =>
      byName.get(name)!.flatMap(({ cve, evr }) => (order(version, evr) < 0 ? [`${cve} ${name}`] : [])),
    );
    const db = openDatabase(join(work, 'redhat-db'));
    const { matches } = match(inventoryOf(installed, { id: 'rhel', versionId: `${major}.5`, path: '' }), db);
    const ours = new Set(
      matches.filter(({ verdict }) => verdict.kind !== 'not-affected').map((each) => `${each.flaw.id} ${each.package.name}`),
    );
    // Packages whose source has another name than any of its packages cannot be asked for by it.
    const errata = db.ecosystemsOf('Red Hat').filter((ecosystem) => ecosystem.startsWith(`Red Hat:enterprise_linux:${major}::`));
    const named = new Set(
      installed.flatMap(({ name }) => (errata.some((ecosystem) => db.lookup({ ecosystem, name }).length > 0) ? [name] : [])),
    );
    const missing = wanted.filter((each) => named.has(each.split(' ')[1]!) && !ours.has(each));
    db.close();
    expect(missing).toEqual([]);
    expect(wanted.length).toBeGreaterThan(1900);
  });
});

/** All fields on their way: from headers and the image's own manifests to statements that went through a database's files. */
describe('an image of RHEL with a module, an EUS repository and packages of others', () => {
  const row = (name: string, evr: string, source: string, rest: { vendor?: string; module?: string } = {}) => {
    const [, epoch, version = '', release = ''] = /^(?:(\d+):)?([^-]+)-(.+)$/.exec(evr) ?? [];
    return rpmHeader({
      1000: { text: name },
      1001: { text: version },
      1002: { text: release },
      ...(epoch ? { 1003: { int32: [Number(epoch)] } } : {}),
      1011: { text: rest.vendor ?? 'Red Hat, Inc.' },
      1022: { text: 'x86_64' },
      1044: { text: `${source}-${version}-${release}.src.rpm` },
      ...(rest.module ? { 5096: { text: rest.module } } : {}),
    });
  };
  const rows = [
    row('curl', '7.61.1-18.el8_4.5', 'curl'),
    row('openssl-libs', '1:1.1.1g-15.el8_3', 'openssl'),
    row('nodejs', '1:14.16.0-2.module+el8.3.0+10180+b92e1eb6', 'nodejs', { module: 'nodejs:14:8030020210303140544:229f0a1c' }),
    row('kernel-headers', '4.18.0-305.el8', 'kernel'),
    row('htop', '3.2.1-1.el8', 'htop', { vendor: 'Fedora Project' }),
  ];
  const erratum = (id: string, cve: string, stream: string, name: string, fixed: string, title = `${name} security update`) => ({
    id,
    published: '2024-01-01T00:00:00Z',
    related: [cve],
    summary: `Red Hat Security Advisory: ${title}`,
    affected: [
      { package: { ecosystem: `Red Hat:${stream}`, name }, ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }] },
    ],
  });
  const feeds = {
    'redhat-osv.jsonl': [
      erratum('RHSA-2024:0001', 'CVE-2024-0001', 'enterprise_linux:8::baseos', 'curl', '0:7.61.1-34.el8'),
      erratum('RHSA-2024:0002', 'CVE-2024-0001', 'rhel_eus:8.4::baseos', 'curl', '0:7.61.1-18.el8_4.5'),
      erratum('RHSA-2024:0003', 'CVE-2024-0003', 'rhel_eus:8.4::baseos', 'openssl-libs', '1:1.1.1g-16.el8_4'),
      erratum(
        'RHSA-2024:0004',
        'CVE-2024-0004',
        'rhel_eus:8.4::appstream',
        'nodejs',
        '1:14.21.1-1.module+el8.4.0+1+a',
        'nodejs:14 security update',
      ),
      erratum(
        'RHSA-2024:0005',
        'CVE-2024-0005',
        'rhel_eus:8.4::appstream',
        'nodejs',
        '1:16.18.1-1.module+el8.4.0+1+a',
        'nodejs:16 security update',
      ),
      erratum('RHSA-2024:0006', 'CVE-2024-0006', 'rhel_eus:8.4::baseos', 'kernel-headers', '0:4.18.0-305.57.1.el8_4'),
      erratum('RHSA-2024:0007', 'CVE-2024-0007', 'rhel_eus:8.4::baseos', 'htop', '0:9-1'),
    ],
    'redhat-cve.jsonl': [
      {
        name: 'CVE-2024-0008',
        threat_severity: 'Low',
        package_state: [
          { cpe: 'cpe:/o:redhat:enterprise_linux:8', fix_state: 'Will not fix', package_name: 'openssl' },
          { cpe: 'cpe:/o:redhat:enterprise_linux:8', fix_state: 'Affected', package_name: 'nodejs:16/nodejs' },
        ],
      },
      { name: 'CVE-2024-0003', threat_severity: 'Important' },
    ],
    'repository-to-cpe.json': {
      data: {
        'rhel-8-for-x86_64-baseos-eus-rpms': { cpes: ['cpe:/o:redhat:rhel_eus:8.4::baseos', 'cpe:/o:redhat:rhel_eus:8.8::baseos'] },
        'rhel-8-for-x86_64-appstream-eus-rpms': { cpes: ['cpe:/a:redhat:rhel_eus:8.4::appstream'] },
      },
    },
  };

  it('is held against what speaks of it, and nothing else', async () => {
    const root = join(work, 'rhel');
    const from = join(work, 'rhel-feeds');
    for (const folder of ['etc', 'var/lib/rpm', 'root/buildinfo/content_manifests']) mkdirSync(join(root, folder), { recursive: true });
    mkdirSync(from);
    writeFileSync(join(root, 'etc/os-release'), 'ID="rhel"\nVERSION_ID="8.4"\n');
    writeFileSync(join(root, 'var/lib/rpm/rpmdb.sqlite'), sqliteDatabase(rows));
    const repositories = ['rhel-8-for-x86_64-baseos-eus-rpms', 'rhel-8-for-x86_64-appstream-eus-rpms'];
    const manifest = { metadata: { icm_version: 1 }, content_sets: repositories, image_contents: [] };
    writeFileSync(join(root, 'root/buildinfo/content_manifests/app-1-1.json'), JSON.stringify(manifest));
    for (const [name, content] of Object.entries(feeds)) {
      const text = Array.isArray(content) ? content.map((each) => `${JSON.stringify(each)}\n`).join('') : JSON.stringify(content);
      writeFileSync(join(from, name), text);
    }
    const now = new Date('2024-02-01T00:00:00Z');
    const built = await buildDatabase({ from, out: join(work, 'rhel-db'), now, workers: 0, fetchedAt: '2024-02-01T00:00:00Z' });
    expect(built.files.flatMap((file) => Object.keys(file.problems))).toEqual([]);
    const report = await scan(`rootfs:${root}`, { database: join(work, 'rhel-db'), now, offline: true });
    expect(report.inventory.repositories).toEqual(expect.arrayContaining(repositories));
    expect(report.unassessed).toMatchObject([{ name: 'htop', reason: 'third-party-origin' }]);
    expect(
      report.findings
        .map((each) => `${each.verdict} ${each.id} ${each.package.name} ${each.severity} ${each.fix.state} ${each.fix.versions}`.trim())
        .sort(),
    ).toEqual([
      'affected CVE-2024-0003 openssl-libs high fixed 1:1.1.1g-16.el8_4',
      'affected CVE-2024-0004 nodejs unknown fixed 1:14.21.1-1.module+el8.4.0+1+a',
      'affected CVE-2024-0008 openssl-libs low will-not-fix',
      'not-applicable CVE-2024-0006 kernel-headers unknown fixed 0:4.18.0-305.57.1.el8_4',
    ]);
  });
});
