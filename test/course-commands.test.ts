import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeEngine, startEngine } from '../testing/daemon/engine.ts';
import { buildImage, dockerArchive } from '../testing/image-builder/index.ts';
import { sarifErrors } from '../testing/published-schemas.ts';
import { ROOT, run } from './e2e/workshop.ts';

const NOTES = new URL('../../shared/course/003_dd36e97321b1d96f.txt', import.meta.url);
const notes = existsSync(NOTES) ? readFileSync(NOTES, 'utf8') : '';

/** The names under which the notes call the tools, and what is typed in their place. hadolint has no words by which it could be known, and keeps its name. */
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/(?<![\w/])(?:aquasec\/)?trivy (?=(?:image|fs|config) )/, 'plimsoll '],
  [/docker scout (?=--help|\w)/, 'plimsoll '],
  [/(?<!\w)snyk (?=(?:container|iac) )/, 'plimsoll '],
  [/(?<!\w)clairctl (?=\S)/, 'plimsoll '],
  [/docker run --rm -i hadolint\/hadolint(?= )/, 'plimsoll hadolint'],
  [/(?<![\w/])hadolint (?=Dockerfile)/, 'plimsoll hadolint '],
];

/** Every line of the shell in which a scanner is called: in fences, the workflow, the Jenkinsfile and the script. */
function scannerLines(): readonly string[] {
  const lines = notes.replace(/ *\\\n\s*/g, ' ').split('\n');
  const found = lines.flatMap((line) => {
    if (/^\s*#|command -v|install|image: /.test(line)) return [];
    for (const [name, ours] of NAMES) {
      const match = name.exec(line);
      if (match) return [ours + line.slice(match.index + match[0].length)];
    }
    return [];
  });
  return [...new Set(found.map(asRun))];
}

/** A line as it is run here: its variables filled in, without what becomes of its output. */
function asRun(line: string): string {
  return line
    .replace(/\$\{\{ github\.repository \}\}:\$\{\{ github\.sha \}\}|\$\{?IMAGE_NAME\}?/g, 'myapp:latest')
    .replace(/\$REPORT_DIR/g, 'reports')
    .replace(/\$TIMESTAMP/g, 'now')
    .replace(/\s*(?:\||&?>|2>&1).*$/, '')
    .trim();
}

const lines = scannerLines();

describe.skipIf(notes === '')('every scanner command that a course shows (needs ../shared)', () => {
  const work = mkdtempSync(join(tmpdir(), 'plimsoll-course-'));
  const socket = join(work, 'docker.sock');
  let engine: FakeEngine;
  const text = (name: string) => readFileSync(join(work, name), 'utf8');

  beforeAll(async () => {
    const file = (name: string, version: string) => ({
      path: `srv/node_modules/${name}/package.json`,
      content: JSON.stringify({ name, version }),
    });
    const image = buildImage({
      platform: { os: 'linux', architecture: 'amd64' },
      created: '2025-01-01T00:00:00Z',
      steps: [
        {
          createdBy: 'ADD rootfs',
          files: [
            { path: 'etc/os-release', content: 'ID=ubuntu\nVERSION_ID="22.04"\n' },
            {
              path: 'var/lib/dpkg/status',
              content: 'Package: openssl\nStatus: install ok installed\nVersion: 3.0.2-0ubuntu1\nArchitecture: amd64\n\n',
            },
          ],
        },
        { createdBy: 'COPY . /srv', files: [file('lodash', '4.17.15'), file('minimist', '1.2.0')] },
      ],
    });
    const names = ['myapp:latest', 'ubuntu:22.04', 'ubuntu:20.04'];
    engine = await startEngine(
      socket,
      new Map(names.map((name) => [name, { id: image.config.digest, archive: dockerArchive(image, [name]) }])),
    );
    mkdirSync(join(work, 'reports'));
    mkdirSync(join(work, 'bin'));
    writeFileSync(join(work, 'bin/plimsoll'), `#!/bin/sh\nexec '${join(ROOT, 'plimsoll')}' "$@"\n`, { mode: 0o755 });
    writeFileSync(join(work, 'Dockerfile'), 'FROM ubuntu:latest\nRUN cd /tmp && sudo apt-get install curl\n');
  });
  afterAll(async () => {
    await engine?.close();
    rmSync(work, { recursive: true, force: true });
  });

  const env = {
    HOME: join(work, 'home'),
    DOCKER_HOST: `unix://${socket}`,
    PLIMSOLL_DB: 'starter',
    PLIMSOLL_OFFLINE: '1',
    PLIMSOLL_CACHE_DIR: join(work, 'cache'),
    PLIMSOLL_PLATFORM: 'linux/amd64',
    // For `compare`, which is our own word.
    PLIMSOLL_IMAGE_SOURCE: 'docker',
  };
  const shell = (line: string) =>
    run('sh', ['-c', line], { cwd: work, env: { ...env, PATH: `${join(work, 'bin')}:${process.env.PATH}` }, input: Buffer.alloc(0) });

  it('is found, in whatever way the notes call it', () => {
    expect(lines).toEqual(
      expect.arrayContaining([
        'plimsoll cves --format json myapp:latest',
        'plimsoll compare --to ubuntu:22.04 ubuntu:20.04',
        'plimsoll image --vuln-type os myapp:latest',
        'plimsoll image --severity CRITICAL --format json myapp:latest',
        'plimsoll fs --security-checks secret .',
        'plimsoll --config http://clair:6060 report myapp:latest',
        'plimsoll container monitor myapp:latest',
        'plimsoll iac test Dockerfile',
        'plimsoll hadolint < Dockerfile',
        'plimsoll hadolint Dockerfile',
        'plimsoll image --format json --output reports/trivy-now.json myapp:latest',
      ]),
    );
    expect(lines.length).toBeGreaterThan(20);
  });

  it.each(lines)(
    'runs: %s',
    async (line) => {
      const { code, out, err } = await shell(line);
      expect({ ended: code === 0 || code === 1, err }).toEqual({ ended: true, err: expect.not.stringContaining('error:') });
      const file = /--output (\S+)/.exec(line)?.[1];
      expect(file === undefined ? out : text(file)).not.toBe('');
      if (file?.endsWith('.sarif')) expect(sarifErrors(JSON.parse(text(file)))).toBeNull();
      if (/--(?:format )?json/.test(line)) expect(() => JSON.parse(file === undefined ? out : text(file))).not.toThrow();
    },
    60_000,
  );

  it('says to jq what the notes ask it', async () => {
    for (const filter of ['.vulnerabilities | length', ".Results[]?.Vulnerabilities | length'", 'map(select(.Severity == "CRITICAL"))']) {
      expect(notes).toContain(filter);
    }
    const scout = JSON.parse((await shell('plimsoll cves --format json myapp:latest')).out);
    expect(scout.vulnerabilities.length).toBeGreaterThan(0);
    const trivy = JSON.parse((await shell('plimsoll image --format json myapp:latest')).out) as {
      Results: { Vulnerabilities: { Severity: string }[] }[];
    };
    const ofSeverity = (wanted: string) =>
      trivy.Results.flatMap(({ Vulnerabilities }) => Vulnerabilities).filter(({ Severity }) => Severity === wanted).length;
    expect(ofSeverity('CRITICAL')).toBeGreaterThan(0);
    expect(ofSeverity('HIGH')).toBeGreaterThan(0);
  }, 60_000);
});
