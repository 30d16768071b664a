import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildImage, type Step, writeLayout } from '../../../testing/image-builder/index.ts';
import type { Report } from '../../model/index.ts';
import { type ScanOptions, type ScanProgress, scan } from '../scan/index.ts';

let work: string;
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'plimsoll-checks-'));
});
afterEach(() => rmSync(work, { recursive: true, force: true }));

function look(target: string, options: ScanOptions = {}): Promise<Report> {
  const cache = { cacheDir: join(work, 'cache'), cacheSize: 1e8 };
  return scan(target, { scanners: ['config'], ...cache, env: {}, now: new Date('2026-01-02T00:00:00Z'), ...options });
}

async function image(...steps: readonly Step[]): Promise<string> {
  const platform = { os: 'linux', architecture: process.arch === 'arm64' ? 'arm64' : 'amd64' };
  const config = { User: '1000', Healthcheck: { Test: ['CMD', 'true'] }, Env: ['DB_PASSWORD=hunter22'] };
  const built = buildImage({ platform, created: '2026-01-01T00:00:00Z', config, steps });
  await writeLayout(join(work, 'image'), [{ image: built, tag: '1' }]);
  return `oci:${join(work, 'image')}`;
}

const layer = (createdBy: string, ...files: NonNullable<Step['files']>): Step => ({ createdBy, files });
const told = (report: Report): string[] =>
  (report.checks?.findings ?? []).map(
    ({ id, location: { file, line, layer: ref } }) => `${id} ${file}:${line ?? '-'} ${ref?.index ?? '-'}`,
  );

const BASE = layer(
  'COPY base /',
  { path: 'usr/local/bin/helper', content: 'x', mode: 0o4755 },
  { path: 'srv/open', content: 'x', mode: 0o666 },
  { path: 'etc/ssh/sshd_config', content: 'Port 22\nPermitRootLogin yes\n' },
  { path: 'etc/shadow', content: 'root:$6$salt$secrethash:1::::::\nbob::1::::::\n' },
);

describe('a scan of how an image is made', () => {
  it('tells settings, modes, accounts and files, each with its layer', async () => {
    const report = await look(await image(BASE));
    expect(told(report)).toEqual([
      'image/empty-password etc/shadow:2 0',
      'image/secret-in-environment config.Env:- -',
      'file/sshd-root-login etc/ssh/sshd_config:2 0',
      'image/world-writable srv/open:- 0',
      'image/setuid usr/local/bin/helper:- 0',
    ]);
    expect(report.checks?.files).toBe(1);
    expect(report.database).toBeUndefined();
  });

  it('is of the final file system', async () => {
    const target = await image(
      BASE,
      layer('RUN chmod', { path: 'srv/open', content: 'x', mode: 0o644 }, { path: 'usr/local/bin/.wh.helper', content: '' }),
      layer('COPY conf', { path: 'etc/ssh/sshd_config', content: 'Port 22\n\nPermitEmptyPasswords yes\n' }),
    );
    expect(told(await look(target))).toEqual([
      'image/empty-password etc/shadow:2 0',
      'image/secret-in-environment config.Env:- -',
      'file/sshd-empty-passwords etc/ssh/sshd_config:3 2',
    ]);
  });

  it('reads no layer twice, with packages or without, and keeps no password', async () => {
    const target = await image(BASE);
    const first = await look(target);
    let cached = 0;
    const onProgress = (progress: ScanProgress): void => {
      if (progress.stage === 'layers') cached = progress.cached;
    };
    expect(await look(target, { onProgress })).toEqual(first);
    expect(cached).toBe(1);
    const kept = readdirSync(join(work, 'cache'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
    expect(kept.some((text) => text.includes('secrethash') || text.includes('hunter22'))).toBe(false);
    expect(JSON.stringify(first.checks)).not.toContain('hunter22');
  });

  it('fails its gate', async () => {
    const { decision } = await look(await image(BASE), { failOn: 'critical' });
    expect(decision).toEqual({ outcome: 'deny', reasons: [{ code: 'misconfigurations', params: { count: 1, threshold: 'critical' } }] });
  });

  it('of a root file system has no settings and no layers', async () => {
    mkdirSync(join(work, 'root/etc/ssh'), { recursive: true });
    writeFileSync(join(work, 'root/etc/ssh/sshd_config'), 'PermitRootLogin yes');
    writeFileSync(join(work, 'root/etc/open'), 'x');
    chmodSync(join(work, 'root/etc/open'), 0o666);
    expect(told(await look(`rootfs:${join(work, 'root')}`))).toEqual([
      'file/sshd-root-login etc/ssh/sshd_config:1 -',
      'image/world-writable etc/open:- -',
    ]);
  });

  it('cannot pass where a file of a project could not be read', async () => {
    writeFileSync(join(work, 'Dockerfile'), Buffer.alloc(5 << 20, 0x20));
    const { inventory, decision } = await look(`dir:${work}`, { failOn: 'low' });
    expect([inventory.gaps.map(({ path }) => path), decision.outcome]).toEqual([['Dockerfile'], 'unknown']);
  });

  it('of a project is that of its Dockerfiles and manifests', async () => {
    writeFileSync(join(work, 'Dockerfile'), 'FROM alpine:3.20\nUSER root\n');
    const report = await look(`dir:${work}`);
    expect(told(report).filter((each) => each.startsWith('dockerfile/last-user-root'))).toEqual([
      'dockerfile/last-user-root Dockerfile:2 -',
    ]);
  });
});
