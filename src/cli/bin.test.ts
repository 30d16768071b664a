import { execFile, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const BIN = fileURLToPath(new URL('bin.ts', import.meta.url));

/** Makes the program believe that it runs on another version of Node. */
function pretend(version: string): string {
  const code = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });`;
  return `data:text/javascript,${encodeURIComponent(code)}`;
}

const { LC_ALL: _all, LC_MESSAGES: _messages, LANG: _lang, PLIMSOLL_LANG: _ours, ...ENV } = process.env;

function old(version: string, env: Readonly<Record<string, string>>, ...options: readonly string[]): Promise<[unknown, string]> {
  return new Promise((resolve) => {
    const args = ['--import', pretend(version), BIN, '--version', ...options];
    execFile(process.execPath, args, { env: { ...ENV, ...env } }, (error, _out, stderr) => resolve([error?.code, stderr]));
  });
}

it.each([
  [{ LANG: 'ko_KR.UTF-8' }, []],
  [{ LANG: 'en_US.UTF-8', PLIMSOLL_LANG: 'ko' }, []],
  [{}, ['--lang', 'ko']],
] as const)('says it in Korean to Korean readers: %j %j', async (env, options) => {
  const [code, err] = await old('20.20.2', env, ...options);
  expect(code).toBe(3);
  expect(err).toBe(`plimsoll: Node.js 24 이상이 필요합니다. 지금은 20.20.2입니다(${process.execPath}). https://nodejs.org 참고\n`);
});

it('ends well where help was asked for', () => {
  expect(spawnSync(process.execPath, [BIN, 'help', 'scan']).status).toBe(0);
});

it.each(['20.20.2', '22.11.0'])('says in one line that Node %s is too old, and loads nothing else', async (version) => {
  const [code, err] = await old(version, {});
  expect(code).toBe(3);
  expect(err).toBe(`plimsoll: Node.js 24 or newer is needed, and this is ${version} (${process.execPath}); see https://nodejs.org\n`);
});

it.skipIf(!existsSync('/dev/full'))('fails where standard output takes nothing (needs /dev/full)', () => {
  const full = openSync('/dev/full', 'w');
  const { status, stderr } = spawnSync(process.execPath, [BIN, '--version'], { stdio: ['ignore', full, 'pipe'], encoding: 'utf8' });
  closeSync(full);
  expect(status).toBe(3);
  expect(stderr).toContain('[output-unwritable]');
});

it('fails where only a part of the report fits into the file that standard output is', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-part-'));
  // Help of 20 kB, and a file that the system lets grow to 4 or 8 kB.
  const line = `ulimit -f 8; exec "${process.execPath}" "${BIN}" scan --help --lang ko > "${folder}/help"`;
  const { status, stderr } = spawnSync('sh', ['-c', line], { encoding: 'utf8', env: { ...process.env, PLIMSOLL_LANG: 'ko' } });
  rmSync(folder, { recursive: true });
  expect(status).toBe(3);
  expect(stderr).toContain('[output-unwritable]');
  expect(stderr).toContain('EFBIG');
});
