import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { FETCHED, writeAdvisories } from '../../testing/advisories.ts';
import { cli } from '../../testing/cli.ts';
import { startRegistry } from '../../testing/registry/index.ts';

const BIN = fileURLToPath(new URL('../../src/cli/bin.ts', import.meta.url));
/** The configuration is JSON. */
const OBJECT = 0x7b;
const root = mkdtempSync(join(tmpdir(), 'plimsoll-killed-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

it('leaves the old database working when a pull is killed in the middle', async () => {
  const [feeds, out, next] = [join(root, 'feeds'), join(root, 'out'), join(root, 'next')];
  writeAdvisories(feeds);
  await cli(['db', 'build', '--from', feeds, '--db', out, '--fetched-at', FETCHED]);
  const npm = join(feeds, 'ghsa-npm.jsonl');
  writeFileSync(npm, readFileSync(npm, 'utf8').replace('4.17.20', '4.17.21'));
  await cli(['db', 'build', '--from', feeds, '--db', next, '--fetched-at', FETCHED]);
  const before = await cli(['db', 'status', '--verify', '--db', out]);
  const server = await startStallingRegistry();
  const reference = `${server.host}/team/db`;
  try {
    await cli(['db', 'push', reference, '--db', next]);
    server.stalling = true;
    const child = spawn(process.execPath, [BIN, 'db', 'pull', reference, '--db', out], { stdio: 'ignore', env: { HOME: root } });
    const ended = new Promise((resolve) => child.once('close', (_, signal) => resolve(signal)));
    await Promise.race([server.reached, ended]);
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    expect(readdirSync(out).some((name) => name.startsWith('.build-'))).toBe(true);
    expect(await cli(['db', 'status', '--verify', '--db', out])).toEqual(before);

    server.stalling = false;
    expect((await cli(['db', 'pull', reference, '--db', out])).code).toBe(0);
    expect((await cli(['db', 'status', '--verify', '--db', out])).code).toBe(0);
    expect((await cli(['db', 'search', 'lodash', '--db', out])).out).toContain('4.17.21');
  } finally {
    await server.close();
  }
}, 60_000);

/** While `stalling`, a shard's bytes stop half way. */
async function startStallingRegistry() {
  const { promise: reached, resolve } = Promise.withResolvers<void>();
  const state = { stalling: false };
  const server = await startRegistry({
    intercept: (request, response) => {
      const bytes = server.content.blob('team/db', /sha256:[0-9a-f]+$/.exec(request.url ?? '')?.[0] ?? '');
      if (!state.stalling || bytes === undefined || bytes[0] === OBJECT) return false;
      response.writeHead(200, { 'content-length': bytes.length });
      response.write(bytes.subarray(0, bytes.length >> 1), () => setTimeout(resolve, 100));
      return true;
    },
  });
  return Object.assign(state, { host: server.host, reached, close: server.close });
}
