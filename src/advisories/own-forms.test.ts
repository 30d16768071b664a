import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { archiveOf, cveRecord, goDatabase, jsonOf, type Line, markdown, sampleOf, sharedLines, yamlOf } from '../../testing/own-forms.ts';
import { temporary, testMirror, testUpstream } from '../../testing/upstream-contract.ts';
import { buildDatabase } from './db/build.ts';
import { upstreams } from './upstreams.ts';

interface Case {
  /** Of the feed in ../shared/data/advisories, without the extension. */
  readonly lines: string;
  /** What the upstream serves if these are its records. */
  readonly served: (lines: readonly Line[]) => Readonly<Record<string, string | Buffer>>;
}

/** Archives of a repository with a file for each record. */
function repository(top: string, branch: string, path: (line: Line) => string, text: (line: Line) => string, more = {}): Case['served'] {
  return (lines) => {
    const files = Object.fromEntries(lines.map((line) => [path(line), text(line)]));
    return { [`${branch}.tar.gz`]: archiveOf(`${top}-${branch}`, { ...more, ...files }) };
  };
}

const ownPath = ({ _path }: Line) => String(_path);
const packageOf = ({ affected }: Line) => (affected as readonly { readonly package?: { readonly name?: string } }[])[0]?.package?.name;
const month = ({ published }: Line) => String(published).slice(0, 7).replace('-', '/');
/** GitHub's records that nobody has reviewed name no packages; this one does, to show that it is not read. */
const unreviewed = {
  'advisories/unreviewed/2022/05/GHSA-2222-2222-2222/GHSA-2222-2222-2222.json': JSON.stringify({
    id: 'GHSA-2222-2222-2222',
    affected: [{ package: { ecosystem: 'npm', name: 'acme' }, versions: ['1.0.0'] }],
  }),
};

const CASES: Readonly<Record<string, Case>> = {
  rustsec: { lines: 'lang/rustsec', served: repository('advisory-db', 'main', ownPath, markdown) },
  rubysec: { lines: 'lang/rubysec', served: repository('ruby-advisory-db', 'master', ownPath, yamlOf) },
  friendsofphp: { lines: 'lang/friendsofphp', served: repository('security-advisories', 'master', ownPath, yamlOf) },
  pypa: { lines: 'lang/pypa', served: repository('advisory-database', 'main', ownPath, yamlOf) },
  psf: { lines: 'lang/psf', served: repository('advisory-database', 'main', ({ id }) => `advisories/python/${String(id)}.json`, jsonOf) },
  bitnami: {
    lines: 'lang/bitnami',
    served: repository('vulndb', 'main', (line) => `data/${packageOf(line)}/${String(line.id)}.json`, jsonOf),
  },
  malicious: {
    lines: 'malicious/malicious-npm',
    served: repository('malicious-packages', 'main', (line) => `osv/malicious/npm/${packageOf(line)}/${String(line.id)}.json`, jsonOf),
  },
  ghsa: {
    lines: 'lang/ghsa-npm',
    served: repository(
      'advisory-database',
      'main',
      (line) => `advisories/github-reviewed/${month(line)}/${String(line.id)}/${String(line.id)}.json`,
      jsonOf,
      unreviewed,
    ),
  },
  govulndb: { lines: 'lang/govulndb', served: goDatabase },
  vulnrichment: {
    lines: 'enrich/vulnrichment',
    served: repository('vulnrichment', 'develop', ({ id }) => `${String(id).slice(4, 8)}/0xxx/${String(id)}.json`, cveRecord),
  },
};

const have = existsSync(sharedLines('lang/rustsec'));

/** From the upstream's own layout over HTTP to a database, against the same records as lines: the digest covers every statement and fact. */
describe.skipIf(!have)('what an upstream serves says what the lines say (needs ../shared/data/advisories)', () => {
  it.each(Object.entries(CASES))('%s', async (id, { lines: name, served }) => {
    const lines = sampleOf(sharedLines(name), 150);
    const root = temporary();
    const upstream = upstreams.find((each) => each.id === id)!;
    const server = await testUpstream({ files: served(lines) });
    const mirror = testMirror(upstream, server.url, { folder: join(root, 'mirror', id) });
    await upstream.update(mirror);
    mirror.save();
    const file = join(root, 'lines', `${name}.jsonl`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));

    const [own, other] = [await build(join(root, 'mirror')), await build(join(root, 'lines'))];
    expect(own.manifest.records).toBe(other.manifest.records);
    expect(own.manifest.records + left(own)).toBeGreaterThan(50);
    expect(tallies(own)).toEqual(tallies(other));
    expect(own.manifest.shards.map(({ id: shard, sha256 }) => [shard, sha256])).toEqual(
      other.manifest.shards.map(({ id: shard, sha256 }) => [shard, sha256]),
    );
  });
});

type Built = Awaited<ReturnType<typeof buildDatabase>>;

function build(from: string): Promise<Built> {
  return buildDatabase({ from, out: temporary(), now: new Date('2026-11-22T00:00:00Z'), workers: 0, fetchedAt: '2026-11-22T00:00:00Z' });
}

function left({ files }: Built): number {
  return files.flatMap(({ leftOut }) => Object.values(leftOut)).reduce((sum, { count }) => sum + count, 0);
}

/** What was left out or could not be used, and how often. */
function tallies({ files }: Built) {
  return files.map(({ problems, leftOut }) =>
    Object.entries({ ...problems, ...leftOut })
      .map(([reason, { count }]) => [reason, count])
      .sort(),
  );
}
