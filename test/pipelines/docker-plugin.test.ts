import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ROOT, run } from '../e2e/workshop.ts';
import { read } from '../house/files.ts';

const PLUGIN = join(ROOT, 'ci/docker/docker-plimsoll');
const home = mkdtempSync(join(tmpdir(), 'plimsoll-docker-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const env = { HOME: home, NO_COLOR: '1' };

mkdirSync(join(home, '.docker/cli-plugins'), { recursive: true });
symlinkSync(PLUGIN, join(home, '.docker/cli-plugins/docker-plimsoll'));
writeFileSync(join(home, 'Dockerfile'), 'FROM debian\nMAINTAINER me\n');

function haveDocker(): boolean {
  try {
    // Podman's stand-in has the same name and no plug-ins.
    return execFileSync('docker', ['--version'], { encoding: 'utf8' }).startsWith('Docker version');
  } catch {
    return false;
  }
}

describe('the plug-in of Docker’s command line', () => {
  // Source: docker/cli, cli-plugins/metadata: the schema's version, and a vendor, are needed.
  it('says what it is, through a link too', async () => {
    const { code, out } = await run(join(home, '.docker/cli-plugins/docker-plimsoll'), ['docker-cli-plugin-metadata'], { env });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      SchemaVersion: '0.1.0',
      Vendor: expect.any(String),
      Version: JSON.parse(read('package.json')).version,
    });
  });

  it('passes on what Docker calls it with, and the exit code', async () => {
    expect(await run(PLUGIN, ['plimsoll', '--version'], { env })).toMatchObject({ code: 0, out: expect.stringMatching(/^plimsoll \d/) });
    expect(await run(PLUGIN, ['plimsoll', 'lint', 'Dockerfile', '--fail-on', 'style'], { env, cwd: home })).toMatchObject({ code: 1 });
    expect(await run(PLUGIN, ['plimsoll', 'scan', '--no-such-option'], { env })).toMatchObject({ code: 2 });
  });

  describe.skipIf(!haveDocker())('called by docker itself (needs the package docker.io)', () => {
    it('is listed in its help, and does what it is asked', async () => {
      expect((await run('docker', ['--help'], { env })).out).toMatch(/plimsoll\*\s+Find out what is inside an image/);
      expect((await run('docker', ['plimsoll', '--help'], { env })).out).toContain('Usage: plimsoll [options] [command]');
      const { code, out } = await run('docker', ['plimsoll', 'lint', 'Dockerfile', '--fail-on', 'style'], { env, cwd: home });
      expect([code, out]).toEqual([1, expect.stringContaining('Dockerfile:2:1')]);
    });
  });
});
