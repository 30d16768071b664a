import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { currentManifest } from '../src/advisories/db/redate.ts';
import { cli } from '../testing/cli.ts';
import { byEcosystem, osvBucket, recordsIn } from '../testing/osv-bucket.ts';
import { temporary, testUpstream } from '../testing/upstream-contract.ts';

const DATA = fileURLToPath(new URL('../../shared/data/advisories/', import.meta.url));
/** Feeds that meet in two folders of the bucket. */
const FILES = ['lang/ghsa-pypi', 'lang/pypa', 'malicious/malicious-pypi', 'lang/ghsa-go', 'lang/govulndb'].map(
  (name) => `${name}.jsonl.gz`,
);

/** Real records in the bucket's own layout; its records are those of the feeds' own files, so the database has to be the same. */
describe.skipIf(!existsSync(DATA))('a mirror of osv.dev made of real records (needs ../shared/data)', () => {
  it('gives the database that the feeds’ own files give, and a scan that finds the same', async () => {
    const [bucket, loose, cache] = [temporary(), temporary(), temporary()];
    const { PyPI = [], Go = [] } = byEcosystem(FILES.flatMap((file) => recordsIn(join(DATA, file))));
    for (const [path, content] of Object.entries(osvBucket({ PyPI, Go }))) {
      mkdirSync(dirname(join(bucket, path)), { recursive: true });
      writeFileSync(join(bucket, path), content);
    }
    const server = await testUpstream({ folder: bucket });
    const update = () => cli(['db', 'update', 'osv', '--feed-url', `osv=${server.url}`, '--cache-dir', cache]);
    expect(await update()).toMatchObject({ code: 0 });
    for (const file of FILES) copyFileSync(join(DATA, file), join(loose, file.replace(/.*\//, '')));
    expect(await cli(['db', 'build', '--from', loose, '--db', join(loose, 'db')])).toMatchObject({ code: 0 });
    const [mirrored, direct] = [currentManifest(join(cache, 'db')), currentManifest(join(loose, 'db'))];
    expect(mirrored?.feeds.map(({ id }) => id)).toEqual(direct?.feeds.map(({ id }) => id));
    expect(mirrored?.shards.map(({ id, sha256 }) => [id, sha256])).toEqual(direct?.shards.map(({ id, sha256 }) => [id, sha256]));

    server.log.splice(0);
    expect((await update()).out).toContain('Nothing changed');
    expect(new Set(server.log.map(({ status }) => status))).toEqual(new Set([304]));

    const project = temporary();
    writeFileSync(join(project, 'requirements.txt'), 'django==3.2.0\n');
    const scan = async (db: string) =>
      JSON.parse((await cli(['scan', `dir:${project}`, '--db', db, '--format', 'json'])).out).findings.map(({ id }: { id: string }) => id);
    const found = await scan(join(cache, 'db'));
    expect(found).toContain('CVE-2021-33203');
    expect(found).toEqual(await scan(join(loose, 'db')));
  }, 180_000);
});
