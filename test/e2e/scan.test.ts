import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/index.ts';
import { buildImage, writeLayout } from '../../testing/image-builder/index.ts';
import { schemaErrors } from '../../testing/report-schema.ts';
import { ROOT, run, SET_UP, SHARED, Workshop } from './workshop.ts';

const shop = new Workshop();
beforeAll(() => shop.open(), SET_UP);
afterAll(() => shop.close());

const ids = (text: string): string[] => (JSON.parse(text) as Report).findings.map((each) => each.id).sort();

describe('plimsoll scan', () => {
  it('finds what is wrong with an image and shows it as a table', async () => {
    const { code, out, err } = await shop.plimsoll(['scan', `oci:${shop.layout}`]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/CVE-2022-0778 +libssl1\.1 \(openssl\) +1\.1\.1k-1\+deb11u1 +1\.1\.1k-1\+deb11u2 +#0/);
    expect(out).toMatch(/HIGH +CVE-2020-8203 +lodash +4\.17\.15 +4\.17\.20 +#1 +srv\/node_modules\/lodash\/package\.json/);
    expect(out).toContain('COPY node_modules /srv/node_modules # buildkit');
    expect(out).not.toContain('\u001b[');
  });

  it('runs on the byte code that the scans before it have kept', async () => {
    const compiled = join(shop.folder, 'compiled-anew');
    const seen: string[] = [];
    for (let run = 0; run < 6; run++) {
      await shop.plimsoll(['scan', `oci:${shop.layout}`, '--db', join(shop.folder, 'cache/db')], { env: { PLIMSOLL_CACHE_DIR: compiled } });
      const folder = join(compiled, 'compiled');
      seen.push(...readdirSync(folder).map((name) => String(statSync(join(folder, name)).ino)));
    }
    // The first few add what they have called; what V8 refuses would be written anew each time.
    expect(seen).toHaveLength(6);
    expect(seen[5]).toBe(seen[4]);
  });

  it('gives the same findings for a layout, an archive and standard input', async () => {
    const texts = await Promise.all([
      shop.plimsoll(['scan', shop.layout, '-f', 'json', '-q']),
      shop.plimsoll(['scan', `docker-archive:${shop.archive}`, '-f', 'json', '-q']),
      shop.plimsoll(['scan', '-', '-f', 'json', '-q'], { input: readFileSync(shop.archive) }),
    ]);
    for (const { code, out } of texts) {
      expect(code).toBe(0);
      expect(schemaErrors(JSON.parse(out))).toBeNull();
      expect(ids(out)).toEqual(['CVE-2020-0001', 'CVE-2020-8203', 'CVE-2022-0778', 'EOL-debian-11']);
    }
  });

  it('writes several formats at once, each whole or not at all', async () => {
    const json = join(shop.folder, 'report.json');
    const trivy = join(shop.folder, 'trivy.json');
    const { code, out } = await shop.plimsoll(['scan', shop.layout, '-f', `json=${json}`, '-f', 'table', '-f', `trivy=${trivy}`]);
    expect(code).toBe(0);
    expect(out).toContain('CVE-2022-0778');
    expect(ids(readFileSync(json, 'utf8'))).toContain('CVE-2022-0778');
    expect(JSON.parse(readFileSync(trivy, 'utf8')).Results[1].Vulnerabilities[0].VulnerabilityID).toBe('CVE-2020-8203');
    expect(readdirSync(shop.folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('writes one format into a file with -o, and says on standard error what the table would have said', async () => {
    const file = join(shop.folder, 'only.json');
    const { code, out, err } = await shop.plimsoll(['scan', shop.layout, '-f', 'json', '-o', file, '--max-db-age', '0']);
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err).toMatch(/^warning: The advisory data is \d+ days old/m);
    expect(ids(readFileSync(file, 'utf8'))).toHaveLength(4);
  });

  it('reads every setting from the environment and from plimsoll.yaml too', async () => {
    writeFileSync(join(shop.folder, 'plimsoll.yaml'), 'scan:\n  format: json\n  severity: [high]\n');
    const { code, out } = await shop.plimsoll(['scan', shop.layout, '-q'], { cwd: shop.folder, env: { PLIMSOLL_TYPE: 'library' } });
    expect(code).toBe(0);
    expect(ids(out)).toEqual(['CVE-2020-8203']);
  });

  it('speaks Korean where the reader does', async () => {
    const { out } = await shop.plimsoll(['scan', shop.layout], { env: { LC_ALL: 'ko_KR.UTF-8' } });
    expect(out).toMatch(/^심각도 +식별자 +패키지/m);
    expect(out).toContain('합계: 4건');
    const { code, err } = await shop.plimsoll(['scan', join(shop.folder, 'none'), '--lang', 'ko']);
    expect(code).toBe(3);
    expect(err).toMatch(/^오류: .*\[target-missing\]/);
  });

  it('is quiet and keeps its exit code where the reader of its output goes away', async () => {
    const line = `${join(import.meta.dirname, '../../plimsoll')} scan ${shop.layout} -q -f json --fail-on high | head -c 1 >/dev/null; echo "\${PIPESTATUS[0]}"`;
    expect(await run('bash', ['-c', line], { env: shop.env })).toEqual({ code: 0, out: '1\n', err: '' });
  });
});

describe('an interrupt', () => {
  it('ends a scan with 130, without a word, and leaves no temporary file', async () => {
    const temporary = join(shop.folder, 'tmp');
    mkdirSync(temporary);
    const child = spawn(join(ROOT, 'plimsoll'), ['scan', '-'], {
      env: { PATH: process.env.PATH ?? '', ...shop.env, TMPDIR: temporary },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const said: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
    child.stdin.on('error', () => undefined);
    // More than a pipe holds: once all of it is taken, the scan is reading. It waits for the rest, which never comes.
    const start = Buffer.concat([readFileSync(shop.archive).subarray(0, 4096), Buffer.alloc(4 << 20)]);
    await new Promise((resolve) => child.stdin.write(start, resolve));
    child.kill('SIGINT');
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect({ code, said: Buffer.concat(said).toString() }).toEqual({ code: 130, said: '' });
    expect(readdirSync(temporary)).toEqual([]);
  });
});

describe('the gate', () => {
  it.each([
    [['--fail-on', 'critical'], 0],
    [['--fail-on', 'high'], 1],
    [['--fail-on', 'HIGH', '--severity', 'low'], 1],
    [['--fail-on', 'high', '--type', 'os', '--ignore-unfixed'], 1],
    [['--severity', 'high'], 0],
    [['--fail-on', 'none'], 0],
  ])('%j ends with %i, whatever is shown', async (args, expected) => {
    const { code } = await shop.plimsoll(['scan', shop.layout, ...args]);
    expect(code).toBe(expected);
  });

  it('is unknown where the package database cannot be read', async () => {
    const folder = join(shop.folder, 'damaged');
    const image = buildImage({
      platform: { os: 'linux', architecture: process.arch === 'arm64' ? 'arm64' : 'amd64' },
      created: '2026-01-01T00:00:00Z',
      steps: [
        {
          createdBy: 'COPY app.jar /app.jar # buildkit',
          files: [{ path: 'app.jar', content: Buffer.from('PK\u0003\u0004 and nothing of a zip archive') }],
        },
      ],
    });
    await writeLayout(folder, [{ image, tag: 'latest' }]);
    const { code, out } = await shop.plimsoll(['scan', folder, '--fail-on', 'high']);
    expect(out).toContain('Gate: unknown.');
    expect(code).toBe(5);
  });

  it('refuses stale data with 4 where asked, and warns otherwise', async () => {
    const refused = await shop.plimsoll(['scan', shop.layout, '--max-db-age', '1', '--stale-db', 'fail']);
    expect(refused).toMatchObject({ code: 4, out: '' });
    expect(refused.err).toContain('[database-stale]');
    const warned = await shop.plimsoll(['scan', shop.layout, '--max-db-age', '1']);
    expect(warned.code).toBe(0);
    expect(warned.out).toContain('warning: The advisory data is');
  });

  it('ends with 2 on a usage error and 3 where nothing can be scanned', async () => {
    expect((await shop.plimsoll(['scan'])).code).toBe(2);
    expect((await shop.plimsoll(['scan', `oci:${join(shop.folder, 'advisories')}`])).code).toBe(3);
    expect((await shop.plimsoll(['scan', shop.layout, '--db', join(shop.folder, 'nothing')])).code).toBe(3);
  });
});

const ALPINE = join(SHARED, 'rootfs/docker-archive/alpine-310-dockersave.tar.gz');
describe.skipIf(!existsSync(ALPINE))('a real image (needs ../shared/data)', () => {
  it('of Alpine 3.10 is read: packages, release and its end of life', async () => {
    const { code, out } = await shop.plimsoll(['scan', ALPINE, '-f', 'json', '-q']);
    expect(code).toBe(0);
    const report = JSON.parse(out) as Report;
    const { inventory, findings, unassessed } = report;
    expect(schemaErrors(report)).toBeNull();
    expect(inventory.distro).toMatchObject({ id: 'alpine' });
    expect(inventory.packages.map((each) => each.name)).toContain('musl');
    expect(findings.map((each) => each.id)).toContain('EOL-alpine-3.10');
    expect(unassessed.map((each) => each.reason)).toContain('no-data-for-release');
  });
});
