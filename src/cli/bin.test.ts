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

it.each(['20.20.2', '22.11.0'])('says in one line that Node %s is too old, and loads nothing else', async (version) => {
  const [code, err] = await new Promise<[unknown, string]>((resolve) => {
    execFile(process.execPath, ['--import', pretend(version), BIN, '--version'], (error, _out, stderr) => resolve([error?.code, stderr]));
  });
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
