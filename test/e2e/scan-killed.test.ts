import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { FETCHED, writeAdvisories } from '../../testing/advisories.ts';
import { cli } from '../../testing/cli.ts';
import { serveFolder } from '../../testing/web-folder.ts';

const BIN = fileURLToPath(new URL('../../src/cli/bin.ts', import.meta.url));
const POINTS = 20;
const SLICES = 4;
const root = mkdtempSync(join(tmpdir(), 'plimsoll-scan-killed-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const LODASH = 'srv/node_modules/lodash/package.json';
const STATUS = 'Package: openssl\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.1.1k-1+deb11u1\n';
const FILES = {
  [LODASH]: JSON.stringify({ name: 'lodash', version: '4.17.15' }),
  'etc/os-release': 'ID=debian\nVERSION_ID="11"\n',
  'var/lib/dpkg/status': STATUS,
};
const OLD = ['CVE-2020-0001', 'CVE-2020-8203', 'CVE-2022-0778'];
/** The newer database knows that this lodash is not affected. */
const NEW = ['CVE-2020-0001', 'CVE-2022-0778'];

it(`leaves a working database when a scan is killed at ${POINTS} points of fetching one`, async () => {
  const [feeds, old, site, image] = ['feeds', 'old', 'site', 'image'].map((name) => join(root, name)) as [string, string, string, string];
  for (const [path, content] of Object.entries(FILES)) {
    mkdirSync(dirname(join(image, path)), { recursive: true });
    writeFileSync(join(image, path), content);
  }
  writeAdvisories(feeds);
  await cli(['db', 'build', '--from', feeds, '--db', old, '--fetched-at', FETCHED]);
  const npm = join(feeds, 'ghsa-npm.jsonl');
  writeFileSync(npm, readFileSync(npm, 'utf8').replace('4.17.20', '4.17.15'));
  await cli(['db', 'build', '--from', feeds, '--db', join(root, 'new'), '--fetched-at', FETCHED]);
  await cli(['db', 'export', `${site}/`, '--db', join(root, 'new')]);

  const server = await startSlicingServer(site);
  const source = ['--db-source', server.source, '--no-cache'];
  /** What a scan of the image finds, or the code of its error. */
  async function found(db: string, ...more: readonly string[]): Promise<readonly string[] | string> {
    const { code, out, err } = await cli(['scan', `rootfs:${image}`, '--db', db, '-f', 'json', '-q', ...more]);
    if (code !== 0) return /\[([a-z-]+)\]/.exec(err)?.[1] ?? err;
    return JSON.parse(out)
      .findings.map(({ id }: { id: string }) => id)
      .filter((id: string) => id.startsWith('CVE-'))
      .sort();
  }

  try {
    expect(await found(join(root, 'whole'), ...source)).toEqual(NEW);
    const slices = server.sent();
    expect(slices).toBeGreaterThan(2 * SLICES);
    let killed = 0;
    for (let point = 0; point < POINTS; point++) {
      const db = join(root, `db-${point}`);
      const hadOne = point % 2 === 0;
      if (hadOne) cpSync(old, db, { recursive: true });
      const args = ['scan', `rootfs:${image}`, '--db', db, '-q', ...source];
      const child = spawn(process.execPath, [BIN, ...args], { stdio: 'ignore', env: { HOME: root } });
      const ended = new Promise((resolve) => child.once('close', (_, signal) => resolve(signal)));
      // At any slice, and any moment behind it: the last ones are followed by checking, renaming and pointing.
      server.afterSlice(randomInt(1, slices + 1), () => setTimeout(() => child.kill('SIGKILL'), randomInt(0, 40)));
      if ((await ended) === 'SIGKILL') killed++;

      if (hadOne) {
        expect((await cli(['db', 'status', '--verify', '--db', db])).code).toBe(0);
        expect([OLD, NEW]).toContainEqual(await found(db, '--offline'));
      }
      server.afterSlice(0, () => undefined);
      expect(await found(db, ...source, '--update', 'always')).toEqual(NEW);
      expect((await cli(['db', 'status', '--verify', '--db', db])).code).toBe(0);
    }
    expect(killed).toBeGreaterThan(POINTS / 2);
  } finally {
    await server.close();
  }
}, 300_000);

/** Sends every blob in slices, a moment between them, and tells when so many were sent. */
async function startSlicingServer(folder: string) {
  let sent = 0;
  let at = 0;
  let reached = (): unknown => undefined;
  const slow = async (response: ServerResponse, bytes: Buffer): Promise<void> => {
    response.writeHead(200, { 'content-length': bytes.length });
    for (let slice = 0; slice < SLICES; slice++) {
      const part = (end: number) => Math.floor((bytes.length * end) / SLICES);
      response.write(bytes.subarray(part(slice), part(slice + 1)));
      if (++sent === at) reached();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    response.end();
  };
  const server = await serveFolder(folder, (request, response) => {
    if (!request.url?.includes('/blobs/')) return false;
    void slow(response, readFileSync(join(folder, request.url.replace(/^\/db\//, ''))));
    return true;
  });
  return {
    source: `${server.url}/db/`,
    close: server.close,
    sent: () => sent,
    afterSlice: (number: number, run: () => unknown) => {
      [sent, at, reached] = [0, number, run];
    },
  };
}
