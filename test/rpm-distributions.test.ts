import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildDatabase } from '../src/advisories/db/build.ts';
import { scan } from '../src/app/scan.ts';
import { blobsByMark, haveRpm, rpmQuery, sqliteDatabase } from '../testing/rpm-databases.ts';

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
