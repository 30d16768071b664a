import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { amazon } from '../src/advisories/amazon/index.ts';
import { buildDatabase } from '../src/advisories/db/build.ts';
import { openDatabase } from '../src/advisories/db/open.ts';
import { oracle } from '../src/advisories/oracle/index.ts';
import { redhatCve } from '../src/advisories/redhat-cve/index.ts';
import { redhatOsv } from '../src/advisories/redhat-osv/index.ts';
import { redhatVex } from '../src/advisories/redhat-vex/index.ts';
import type { AdvisoryRecord, AffectedPackage } from '../src/advisories/types.ts';
import { ANY_STREAM } from '../src/model/index.ts';
import { writeTar } from '../testing/image-builder/tar-writer.ts';
import { type OracleErratum, oracleOval } from '../testing/oracle-oval.ts';
import { type FeedReading, readFeed } from '../testing/read-feed.ts';
import { temporary } from '../testing/upstream-contract.ts';
import { type VexStatement, vexDocument } from '../testing/vex-document.ts';

/*
 * What an upstream publishes in two forms is the same in both: records of ../shared/data, written in the other form as its schema
 * says, give the same statements.
 */

const OS = fileURLToPath(new URL('../../shared/data/advisories/os/', import.meta.url));

/** Every `step`th record of a file. */
function sample(file: string, step: number): readonly Record<string, unknown>[] {
  const lines = gunzipSync(readFileSync(`${OS}${file}.jsonl.gz`))
    .toString('utf8')
    .trim()
    .split('\n');
  return lines.filter((_, i) => i % step === 0).map((line) => JSON.parse(line) as Record<string, unknown>);
}

const DEBUG = /-(debuginfo|debugsource)(-|$)/;
const MODULE = /\.module[+_]/;
const cpeOf = ({ ecosystem }: AffectedPackage) => `cpe:/a:redhat:${ecosystem.slice('Red Hat:'.length)}`;
const byText = (list: readonly object[]) => list.map((each) => JSON.stringify(each)).sort();
const plain = ({ ecosystem, name, module, ranges, status }: AffectedPackage) => ({ ecosystem, name, module, ranges, status });

describe.skipIf(!existsSync(OS))('Red Hat (needs ../shared/data)', () => {
  it('says of errata by VEX what it says by OSV', { timeout: 60_000 }, async () => {
    const { advisories } = await readFeed(redhatOsv, 'redhat-osv.jsonl', sample('redhat-osv', 120));
    let compared = 0;
    for (const { id, flaws, affected } of advisories) {
      const expected = affected.filter(({ name, module }) => !DEBUG.test(name) && module !== ANY_STREAM);
      if (expected.length === 0 || flaws.length === 0) continue;
      const says = expected.map((each): VexStatement => {
        const fixed = each.ranges[0]?.[1];
        const evr = fixed && 'fixed' in fixed ? fixed.fixed : '';
        const module = each.module && MODULE.test(evr) ? { module: `${each.module}:8100020240101:a1b2c3d4` } : {};
        return { cpe: cpeOf(each), name: each.name, evr, arch: 'x86_64', status: 'fixed', erratum: id, ...module };
      });
      const read = await readFeed(redhatVex, 'redhat-vex/x.json', JSON.stringify(vexDocument(flaws[0]!, says)));
      expect(read.advisories.map((each) => [each.id, each.form, each.flaws])).toEqual([[id, 'errata', [flaws[0]]]]);
      expect(byText(read.advisories[0]!.affected.map(plain))).toEqual(byText(expected.map(plain)));
      compared += 1;
    }
    expect(compared).toBeGreaterThan(80);
  });

  it('says of states and severities by VEX what it says on CVE pages', { timeout: 60_000 }, async () => {
    const { advisories, facts } = await readFeed(redhatCve, 'redhat-cve.jsonl', sample('redhat-cve', 60));
    const factOf = new Map(facts.map((fact) => [fact.id, fact]));
    expect(advisories.length).toBeGreaterThan(300);
    for (const record of advisories) {
      // A page may contradict itself; a document has one state of each.
      if (new Set(record.affected.map((each) => [each.ecosystem, each.name, each.module].join())).size < record.affected.length) continue;
      const fact = factOf.get(record.id);
      const document = vexDocument(record.id, record.affected.map(stateOf), {
        severity: WORDS[fact?.severity?.level ?? ''] ?? '',
        published: record.published?.replace('Z', '+00:00') ?? '2024-01-01T00:00:00+00:00',
        ...(fact?.cvss?.[0] ? { vector: fact.cvss[0].vector } : {}),
        ...(fact?.cwes?.[0] ? { cwe: fact.cwes[0] } : {}),
      });
      const read = await readFeed(redhatVex, 'redhat-vex/x.json', JSON.stringify(document));
      const state = read.advisories[0] as AdvisoryRecord;
      expect([state.id, state.form, state.published]).toEqual([record.id, 'flaw', record.published ?? '2024-01-01T00:00:00Z']);
      const sameLabel = (each: AffectedPackage) => ({ ...plain(each), severityLabel: each.severityLabel });
      expect(byText(state.affected.map(sameLabel))).toEqual(byText(record.affected.map(sameLabel)));
      if (!fact) continue;
      expect(read.facts[0]?.severity?.level).toBe(fact.severity?.level);
      expect(read.facts[0]?.cvss?.map(({ vector }) => vector)).toEqual(fact.cvss?.slice(0, 1).map(({ vector }) => vector));
    }
  });
});

const WORDS: Readonly<Record<string, string>> = { critical: 'Critical', high: 'Important', medium: 'Moderate', low: 'Low' };

const STATUSES: Readonly<Record<AffectedPackage['status'], Pick<VexStatement, 'status' | 'plan'>>> = {
  'affected': { status: 'known_affected', plan: ['none_available', 'Affected'] },
  'fix-deferred': { status: 'known_affected', plan: ['none_available', 'Fix deferred'] },
  'will-not-fix': { status: 'known_affected', plan: ['no_fix_planned', 'Will not fix'] },
  'end-of-life': { status: 'known_affected', plan: ['no_fix_planned', 'Out of support scope'] },
  'under-investigation': { status: 'under_investigation' },
  'not-affected': { status: 'known_not_affected' },
};

function stateOf(each: AffectedPackage): VexStatement {
  const { name, module, status, severityLabel } = each;
  return {
    ...STATUSES[status],
    cpe: cpeOf(each),
    name,
    arch: 'src',
    ...(module ? { module } : {}),
    ...(severityLabel ? { impact: severityLabel } : {}),
  };
}

/** The same statements, facts and complaints, whatever their order within an erratum. */
function sorted({ advisories, facts, problems }: FeedReading): object {
  return { advisories: advisories.map((each) => ({ ...each, affected: byText(each.affected) })), facts, problems };
}

describe.skipIf(!existsSync(OS))('other rpm distributions (needs ../shared/data)', () => {
  it('Oracle says by OVAL what it says as JSON', { timeout: 60_000 }, async () => {
    const errata = sample('oracle', 40) as unknown as OracleErratum[];
    expect(errata.length).toBeGreaterThan(150);
    const expected = await readFeed(oracle, 'oracle.jsonl', errata);
    expect(sorted(await readFeed(oracle, 'oracle/com.oracle.elsa-2024.xml', oracleOval(errata)))).toEqual(sorted(expected));
  });

  it('Amazon says by updateinfo what it says as JSON', { timeout: 60_000 }, async () => {
    const all = sample('amazon', 25) as unknown as AmazonUpdate[];
    const groups = Map.groupBy(all, ({ release, repo }) => `${release}/${repo}`);
    expect([...groups.keys()].sort()).toEqual(['1/updates', '2/core', '2/extras', '2022/core', '2023/core', '2023/kernel-livepatch']);
    for (const [folder, updates] of groups) {
      const expected = await readFeed(amazon, 'amazon.jsonl', updates);
      const name = `amazon/${folder}${folder.endsWith('extras') ? '/topic' : ''}/updateinfo.xml.gz`;
      expect(sorted(await readFeed(amazon, name, updateinfo(updates)))).toEqual(sorted(expected));
    }
  });
});

interface AmazonUpdate {
  readonly ID: string;
  readonly Severity: string;
  readonly Title: string;
  readonly Issued: { readonly Date: string };
  readonly Updated: { readonly Date: string };
  readonly References: { readonly Reference: readonly { readonly ID: string; readonly Type: string }[] | null } | null;
  readonly release: string;
  readonly repo: string;
  readonly packages: readonly { readonly name: string; readonly evr: string; readonly arch: readonly string[] }[];
}

function updateinfo(updates: readonly AmazonUpdate[]): string {
  const packageOf = ({ name, evr, arch }: AmazonUpdate['packages'][number]) => {
    const [, epoch, version, release] = /^(\d+):(.*)-([^-]*)$/.exec(evr) ?? [];
    return arch.map(
      (each) =>
        `<package name="${name}" epoch="${epoch}" version="${version}" release="${release}" arch="${each}"><filename>x</filename></package>`,
    );
  };
  const updateOf = ({ ID, Severity, Title, Issued, Updated, References, packages }: AmazonUpdate) => `
    <update status="final" version="1.4" type="security"><id>${ID}</id><title>${Title.replaceAll('&', '&amp;')}</title>
      <issued date="${Issued.Date}"/><updated date="${Updated.Date}"/><severity>${Severity}</severity>
      <references>${[References?.Reference ?? []]
        .flat()
        .map((each) => `<reference id="${each.ID}" type="${each.Type}"/>`)
        .join('')}</references>
      <pkglist><collection><name>Amazon Linux</name>${packages.flatMap(packageOf).join('')}</collection></pkglist></update>`;
  return `<?xml version="1.0" ?><updates>${updates.map(updateOf).join('')}</updates>`;
}

it('a mirror of VEX documents becomes a database: what stands beside the archive counts, and what was deleted does not', async () => {
  const folder = temporary();
  const put = (name: string, content: string | Uint8Array) => {
    mkdirSync(dirname(join(folder, 'in', name)), { recursive: true });
    writeFileSync(join(folder, 'in', name), content);
  };
  const open = (number: number, name: string) =>
    JSON.stringify(
      vexDocument(`CVE-2024-000${number}`, [{ cpe: 'cpe:/o:redhat:enterprise_linux:8', name, arch: 'src', status: 'known_affected' }]),
    );
  const tar = writeTar([1, 2, 3].map((number) => ({ path: `2024/cve-2024-000${number}.json`, content: open(number, 'old') })));
  put('redhat-vex/csaf_vex_2026-11-20.tar.zst', zstdCompressSync(tar));
  put('redhat-vex/cve-2024-0002.json', open(2, 'new'));
  put('redhat-vex/cve-2024-0003.json', JSON.stringify({ document: { tracking: { id: 'CVE-2024-0003', status: 'deleted' } } }));
  const built = await buildDatabase({ from: join(folder, 'in'), out: join(folder, 'out'), now: new Date(), workers: 0, threadsFrom: 0 });
  expect(built.manifest.feeds).toMatchObject([{ id: 'redhat-vex', records: 2, licence: 'CC-BY-4.0' }]);
  const db = openDatabase(built.path);
  const said = (name: string) => db.lookup({ ecosystem: 'Red Hat:enterprise_linux:8', name }).map(({ id }) => id);
  expect([said('old'), said('new')]).toEqual([['CVE-2024-0001'], ['CVE-2024-0002']]);
  db.close();
  rmSync(folder, { recursive: true });
});
