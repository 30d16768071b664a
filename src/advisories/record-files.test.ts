import { describe, expect, it } from 'vitest';
import { readFeed } from '../../testing/read-feed.ts';
import { friendsofphp } from './friendsofphp/index.ts';
import { pypa } from './pypa/index.ts';
import { readYaml } from './record-files.ts';
import { rubysec } from './rubysec/index.ts';
import { rustsec } from './rustsec/index.ts';

describe('readYaml', () => {
  it('keeps scalars as they are written', () => {
    expect(readYaml('versions: [1.10, 0x10, 1e3, yes, "2.0"]\ndate: 2017-11-1 19:02:00\nid: 0123\n')).toEqual({
      versions: ['1.10', '0x10', '1e3', 'yes', '2.0'],
      date: '2017-11-1 19:02:00',
      id: '0123',
    });
  });

  it('knows null in its spellings', () => {
    expect(readYaml('a: ~\nb: null\nc:\nd: "~"\n')).toEqual({ a: null, b: null, c: null, d: '~' });
  });

  it.each([
    ['an alias', 'a: &x [1]\nb: *x\n'],
    ['aliases of aliases', `a: &a [x]\nb: &b [*a, *a]\nc: [${'*b, '.repeat(1000)}*b]\n`],
    ['two documents', 'a: 1\n---\nb: 2\n'],
    ['a list that never ends', `a: [${'['.repeat(20_000)}`],
    ['a mapping that never ends', 'a: {b: {c: 1\n'],
    ['a tab for indentation', 'a:\n\tb: 1\n'],
    ['an anchor without a name', 'a: &\n b: *\n'],
    ['a string without an end', 'a: "b\n'],
    ['bytes that are no text', 'a: \u0000\ufffd\n  - b: c\n d'],
  ])('refuses %s', (_, text) => {
    expect(readYaml(text)).toBeUndefined();
  });

  it('makes an ordinary key of __proto__', () => {
    expect(Object.keys(readYaml('__proto__: {polluted: 1}\n') as object)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

/** Where the repositories keep their records, below the archive that GitHub makes. */
const FILES = [
  [rustsec, 'rustsec/main.tar.gz/advisory-db-main/crates/acme/RUSTSEC-2020-0001.md'],
  [rubysec, 'rubysec/master.tar.gz/ruby-advisory-db-master/gems/acme/CVE-2020-0001.yml'],
  [friendsofphp, 'friendsofphp/master.tar.gz/security-advisories-master/acme/lib/CVE-2020-0001.yaml'],
  [pypa, 'pypa/main.tar.gz/advisory-database-main/vulns/acme/PYSEC-2020-1.yaml'],
] as const;

describe.each(FILES.map(([feed, name]) => [feed.id, feed, name] as const))('a record file of %s', (_, feed, name) => {
  it.each([
    ['empty', ''],
    ['no mapping', '- a\n- b\n'],
    ['a word', 'moved\n'],
    ['JSON cut off', '{"id": '],
    ['a list without end', `a: ${'['.repeat(20_000)}`],
    ['Markdown without TOML', '# About\n\nText.\n'],
    ['a block of TOML that does not end', '```toml\n[advisory]\nid = "RUSTSEC-2020-0001"\n'],
    ['a block that is no TOML', '```toml\n[advisory\nid = \n```\n'],
    ['TOML nested without end', `\`\`\`toml\na = ${'['.repeat(20_000)}\n\`\`\`\n`],
    ['bytes that are no text', Buffer.from([0, 0xff, 0xfe, 0x0a, 0x2d, 0x20, 0xc3])],
  ])('that is %s says nothing, and is counted', async (_, text) => {
    const { advisories, facts, problems } = await readFeed(feed, name, text);
    expect({ advisories, facts, problems }).toEqual({
      advisories: [],
      facts: [],
      problems: [`not of the form of a record: ${name.split('/').slice(-3).join('/')}`],
    });
  });

  it('that holds something else says nothing, and is counted', async () => {
    const text = name.endsWith('.md') ? '```toml\ntitle = "x"\n```\n' : 'title: x\nid: 7\naffected: all\n';
    const { advisories, problems } = await readFeed(feed, name, text);
    expect([advisories.length, problems.length]).toEqual([0, 1]);
  });

  it('that is longer than any record is counted, and does not stop the others', async () => {
    const { problems } = await readFeed(feed, name, Buffer.alloc(512 * 1024 + 1, 'a'));
    expect(problems).toEqual([`longer than a record: ${name.split('/').slice(-3).join('/')}`]);
  });
});
