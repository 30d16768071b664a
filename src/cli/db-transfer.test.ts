import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FETCHED, writeAdvisories } from '../../testing/advisories.ts';
import { cli } from '../../testing/cli.ts';
import { type FakeRegistry, startRegistry } from '../../testing/registry/index.ts';

const root = mkdtempSync(join(tmpdir(), 'plimsoll-cli-transfer-'));
const database = join(root, 'db');
let registry: FakeRegistry;
let reference: string;

beforeAll(async () => {
  registry = await startRegistry({ auth: { kind: 'bearer', users: { ann: 's3cret' } } });
  reference = `${registry.host}/team/db:1`;
  writeAdvisories(join(root, 'feeds'));
  await cli(['db', 'build', '--from', join(root, 'feeds'), '--db', database, '--fetched-at', FETCHED]);
});
afterAll(async () => {
  await registry.close();
  rmSync(root, { recursive: true, force: true });
});

async function* input(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

describe('plimsoll db push and pull', () => {
  it('log in, and say what was sent, fetched and was there already', async () => {
    const login = ['--registry-username', 'ann', '--registry-password-stdin'];
    const pushed = await cli(['db', 'push', reference, '--db', database, ...login], { stdin: input('s3cret\n') });
    expect(pushed).toMatchObject({ code: 0, err: '' });
    expect(pushed.out).toContain(`The database is in ${reference}@sha256:`);
    const to = ['--db', join(root, 'pulled')];
    const env = { PLIMSOLL_REGISTRY_USERNAME: 'ann', PLIMSOLL_REGISTRY_PASSWORD: 's3cret' };
    const pulled = await cli(['db', 'pull', reference, ...to], { env });
    expect(pulled.out).toContain('3 shards, 0 of them were here');
    const again = await cli(['db', 'pull', ...to], { env: { ...env, PLIMSOLL_DB_SOURCE: reference, PLIMSOLL_LANG: 'ko' } });
    expect(again).toMatchObject({ code: 0, err: '' });
    expect(again.out).toContain('새로운 것이 없습니다.');
  });

  it('warn of a source that failed where the next one helped, and refuse without a password', async () => {
    const to = ['--db', join(root, 'mirrored')];
    const env = { PLIMSOLL_REGISTRY_USERNAME: 'ann', PLIMSOLL_REGISTRY_PASSWORD: 's3cret' };
    const { code, err } = await cli(['db', 'pull', `${registry.host}/none/db`, reference, ...to], { env });
    expect(code).toBe(0);
    expect(err).toMatch(/^warning: 127\.0\.0\.1:\d+\/none\/db:latest: .* The next source is asked\.\n$/);
    expect((await cli(['db', 'pull', reference, ...to])).err).toContain('[registry-unauthorized]');
    expect(await cli(['db', 'pull', ...to])).toMatchObject({ code: 2, err: expect.stringContaining('[database-source-missing]') });
    expect((await cli(['db', 'pull', reference, '--offline', ...to])).err).toContain('[offline]');
  });
});

describe('plimsoll db export and import', () => {
  it('carry the database in a file', async () => {
    const archive = join(root, 'plimsoll-db.tar');
    expect(await cli(['db', 'export', 'plimsoll-db.tar', '--db', 'db'], { cwd: root })).toMatchObject({ code: 0, err: '' });
    const taken = await cli(['db', 'import', archive, '--cache-dir', join(root, 'cache')]);
    expect(taken.out).toContain(`The database of ${archive} is in ${join(root, 'cache', 'db')}`);
    expect((await cli(['db', 'status', '--verify', '--cache-dir', join(root, 'cache')])).out).toContain('Verified');
  });
});
