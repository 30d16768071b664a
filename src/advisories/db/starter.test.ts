import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { advisorySources } from '../index.ts';
import { openStarter, readStarter } from './starter.ts';

const FOLDER = fileURLToPath(new URL('../../../data/starter/', import.meta.url));
const starter = openStarter();
const flawsOf = (ecosystem: string, name: string) =>
  starter.lookup({ ecosystem, name }).flatMap((statement) => (statement.form === 'errata' ? statement.flaws : starter.names(statement.id)));

describe('the starter database', () => {
  it('says that it is one', () => {
    expect(starter.info.starter).toBe(true);
  });

  it('has at least 500 flaws in less than 2 MB, as text and as tables', () => {
    expect(starter.manifest.flaws).toBeGreaterThan(500);
    const text = statSync(`${FOLDER}flaws.jsonl`).size + statSync(`${FOLDER}feeds.json`).size;
    expect(text).toBeLessThan(2_000_000);
    expect(starter.manifest.shards.reduce((sum, shard) => sum + shard.size, 0)).toBeLessThan(2_000_000);
  });

  it('names source and licence of every feed that a statement comes from', () => {
    const { records, feeds, enrichment } = readStarter(FOLDER);
    const named = new Set(feeds.map(({ id }) => id));
    expect([...new Set(records.map(({ feed }) => feed))].filter((feed) => !named.has(feed))).toEqual([]);
    expect(enrichment.filter((feed) => !named.has(feed))).toEqual([]);
    for (const feed of feeds) expect(feed).toMatchObject({ licence: expect.stringMatching(/./), source: expect.stringMatching(/^https:/) });
    expect(feeds.filter(({ id }) => !advisorySources.some((source) => source.id === id))).toEqual([]);
  });

  it('holds every flaw of its ecosystems that is known to be exploited with date and action', () => {
    const { facts } = readStarter(FOLDER);
    const exploited = facts.filter(({ kev }) => kev !== undefined);
    expect(exploited.length).toBeGreaterThan(200);
    expect(exploited.filter(({ kev }) => !/^\d{4}-\d{2}-\d{2}$/.test(kev!.dateAdded))).toEqual([]);
  });

  // Upstream's own word, looked up by hand: which flaws these versions are notorious for.
  it.each([
    ['npm', 'lodash', 'CVE-2019-10744'],
    ['npm', 'minimist', 'CVE-2021-44906'],
    ['npm', 'axios', 'CVE-2021-3749'],
    ['npm', 'handlebars', 'CVE-2019-19919'],
    ['npm', 'serialize-javascript', 'CVE-2020-7660'],
    ['npm', 'node-fetch', 'CVE-2022-0235'],
    ['npm', 'ws', 'CVE-2021-32640'],
    ['npm', 'jsonwebtoken', 'CVE-2022-23540'],
    ['PyPI', 'django', 'CVE-2019-14234'],
    ['PyPI', 'requests', 'CVE-2018-18074'],
    ['PyPI', 'jinja2', 'CVE-2019-10906'],
    ['PyPI', 'urllib3', 'CVE-2019-11324'],
    ['PyPI', 'flask', 'CVE-2018-1000656'],
    ['PyPI', 'pillow', 'CVE-2023-4863'],
    ['PyPI', 'pyyaml', 'CVE-2020-1747'],
    ['Maven', 'org.apache.logging.log4j:log4j-core', 'CVE-2021-44228'],
    ['Maven', 'com.fasterxml.jackson.core:jackson-databind', 'CVE-2019-12384'],
    ['Maven', 'org.apache.commons:commons-text', 'CVE-2022-42889'],
    ['Maven', 'org.springframework:spring-beans', 'CVE-2022-22965'],
    ['Maven', 'org.yaml:snakeyaml', 'CVE-2022-1471'],
    ['Maven', 'org.apache.struts:struts2-core', 'CVE-2018-11776'],
    ['Maven', 'com.thoughtworks.xstream:xstream', 'CVE-2021-39144'],
    ['Maven', 'com.h2database:h2', 'CVE-2021-42392'],
    ['Go', 'stdlib', 'CVE-2023-39325'],
    ['Go', 'golang.org/x/crypto', 'CVE-2024-45337'],
    ['Go', 'github.com/gin-gonic/gin', 'CVE-2020-36567'],
    ['Debian:11', 'openssl', 'CVE-2022-0778'],
    ['Debian:11', 'curl', 'CVE-2023-38545'],
    ['Debian:11', 'zlib', 'CVE-2022-37434'],
    ['Debian:12', 'glibc', 'CVE-2023-4911'],
    ['Alpine:v3.9', 'openssl', 'CVE-2019-1543'],
    ['Alpine:v3.10', 'musl', 'CVE-2019-14697'],
    ['Alpine:v3.10', 'apk-tools', 'CVE-2021-36159'],
  ])('knows of %s %s %s', (ecosystem, name, cve) => {
    expect(flawsOf(ecosystem, name)).toContain(cve);
  });
});
