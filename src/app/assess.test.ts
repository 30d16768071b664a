import { mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from '../../testing/cli.ts';
import { assessedReport } from '../../testing/fixtures/assessed-report.ts';
import { buildImage, writeLayout } from '../../testing/image-builder/index.ts';
import { cyclonedxErrors, sarifErrors } from '../../testing/published-schemas.ts';
import { schemaErrors } from '../../testing/report-schema.ts';
import type { Report } from '../model/index.ts';
import { assess } from './assess.ts';
import { timeStamp, writeAssessment } from './assess-files.ts';

const work = mkdtempSync(join(tmpdir(), 'plimsoll-assess-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const lodash = JSON.stringify({ name: 'lodash', version: '4.17.15', license: 'MIT' });
const big = 'x'.repeat(5000);
/** Four layers: files, one of them overwritten, a folder deleted, and a folder whose lower content is hidden. */
const image = buildImage({
  platform: { os: 'linux', architecture: 'amd64' },
  created: '2026-01-01T00:00:00Z',
  config: { Env: ['PATH=/usr/bin', 'DB_PASSWORD=not-for-everybody'], ExposedPorts: { '22/tcp': {} }, User: '1000', WorkingDir: '/srv' },
  steps: [
    {
      createdBy: 'COPY base /',
      files: [
        { path: 'srv/a', content: big },
        { path: 'srv/b/one', content: 'x'.repeat(300) },
        { path: 'srv/b/two', content: 'x'.repeat(200) },
        { path: 'srv/c/old', content: 'x'.repeat(70) },
        { path: 'srv/stays', content: 'x'.repeat(999) },
      ],
    },
    {
      createdBy: 'RUN change',
      files: [
        { path: 'srv/a', content: 'small' },
        { path: 'srv/.wh.b', content: '' },
      ],
    },
    { createdBy: 'ENV DB_PASSWORD=not-for-everybody' },
    {
      createdBy: 'COPY c /srv/c',
      files: [
        { path: 'srv/c/.wh..wh..opq', content: '' },
        { path: 'srv/c/new', content: 'y' },
      ],
    },
    { createdBy: 'RUN npm ci', files: [{ path: 'srv/node_modules/lodash/package.json', content: lodash }] },
  ],
});
const options = { database: 'starter', cacheDir: join(work, 'none'), now: new Date('2025-01-11T12:00:00Z'), env: {}, cwd: work } as const;
const target = `oci:${join(work, 'image')}`;

describe('what an assessment comes to', () => {
  let report: Report;
  beforeAll(async () => {
    await writeLayout(join(work, 'image'), [{ image, tag: 'latest' }]);
    writeFileSync(join(work, 'Dockerfile'), 'FROM debian:latest\nENV DB_PASSWORD=x\nCOPY c /srv/c\nRUN npm ci\n');
    mkdirSync(join(work, 'context'));
    writeFileSync(
      join(work, 'context/pod.yaml'),
      'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  hostNetwork: true\n  containers: [{name: a, image: a}]\n',
    );
    report = await assess(target, { ...options, dockerfile: 'Dockerfile', context: 'context' });
  });

  it('is everything at once', () => {
    expect(report.findings.some(({ package: of }) => of.name === 'lodash')).toBe(true);
    expect(report.secrets?.rules).toBeGreaterThan(0);
    expect(report.checks?.findings.map(({ location }) => location.file)).toContain('Dockerfile');
    expect(report.checks?.findings.map(({ location }) => location.file)).toContain('context/pod.yaml');
    expect(report.recommendations?.map(({ code }) => code)).toContain('update-package');
    expect(report.licenses).toContainEqual({ expression: 'MIT', class: 'permissive', packages: 1 });
  });

  it('has the score of its vulnerabilities, and a gate that rests on it', () => {
    const cost = { critical: 20, high: 10, medium: 5, low: 0, negligible: 0, unknown: 0 };
    const lost = report.findings.reduce((sum, { severity }) => sum + cost[severity], 0);
    expect(lost).toBeGreaterThan(0);
    expect(report.score?.value).toBe(Math.max(0, 100 - lost));
  });

  it('knows the Dockerfile’s lines that made layers', () => {
    expect(report.dockerfile).toEqual({
      file: 'Dockerfile',
      layers: [
        { layer: 2, line: 3 },
        { layer: 3, line: 4 },
      ],
    });
  });

  it('adds up what upper layers overwrite, delete and hide', () => {
    expect(report.wasted).toEqual({
      bytes: 5000 + 300 + 200 + 70,
      files: 4,
      layers: [{ index: 0, bytes: 5570, files: 4 }],
      largest: [
        { path: 'srv/a', bytes: 5000, layer: 0, hiddenBy: 1 },
        { path: 'srv/b/one', bytes: 300, layer: 0, hiddenBy: 1 },
        { path: 'srv/b/two', bytes: 200, layer: 0, hiddenBy: 1 },
        { path: 'srv/c/old', bytes: 70, layer: 0, hiddenBy: 2 },
      ],
    });
  });

  it('reads no layer a second time', async () => {
    const assessed = async () => {
      let cached: number | undefined;
      const { wasted, findings, secrets, checks } = await assess(target, {
        ...options,
        cacheDir: join(work, 'kept'),
        cacheSize: 1e8,
        onProgress: (state) => {
          if (state.stage === 'layers') cached = state.cached;
        },
      });
      return { cached, report: { wasted, findings, secrets, checks } };
    };
    const [first, second] = [await assessed(), await assessed()];
    expect([first.cached, second.cached]).toEqual([0, 4]);
    expect(second.report).toEqual(first.report);
    expect(first.report.wasted).toEqual(report.wasted);
  });

  it('tells no value that is named like a secret', () => {
    expect(JSON.stringify(report)).not.toContain('for-everybody');
    expect(report.inventory.config?.config.env).toContain('DB_PASSWORD=not-********');
  });

  it('says before the image is read that a file is not there', async () => {
    await expect(assess('oci:nowhere', { ...options, dockerfile: 'none' })).rejects.toMatchObject({ code: 'lint-unreadable' });
  });

  it('follows the weights and the gate that are asked for', async () => {
    const strict = await assess(target, { ...options, weights: { vulnerability: { high: 1 } }, gate: { least: 100, failOn: 'high' } });
    expect(strict.score?.value).toBe(100 - strict.findings.filter(({ severity }) => severity === 'high').length);
    expect(strict.decision.outcome).toBe('deny');
    const lax = await assess(target, { ...options, gate: { least: 0 } });
    expect(lax.decision).toEqual({ outcome: 'allow', reasons: [{ code: 'score-reached', params: { score: lax.score?.value, least: 0 } }] });
  });
});

describe('the folder of reports', () => {
  const NAMES = [
    'configuration.txt',
    'image.txt',
    'licenses.txt',
    'report.html',
    'report.json',
    'report.sarif',
    'sbom.cdx.json',
    'secrets.txt',
    'summary.md',
    'vulnerabilities.txt',
  ];

  it('has stable names in a folder by the time, and latest points at it', async () => {
    const folder = join(work, 'out');
    const how = { language: 'en', colour: false, filter: { ignoreUnfixed: false } } as const;
    const report = { ...assessedReport(), createdAt: '2026-11-22T03:41:06.123Z' };
    const files = await writeAssessment(report, folder, how);
    expect(readdirSync(folder).sort()).toEqual(['20261122-034106', 'latest']);
    expect(readlinkSync(join(folder, 'latest'))).toBe('20261122-034106');
    expect(readdirSync(join(folder, 'latest')).sort()).toEqual(NAMES);
    for (const { path, size } of files) expect(statSync(path).size).toBe(size);
    const parsed = (name: string): unknown => JSON.parse(readFileSync(join(folder, 'latest', name), 'utf8'));
    expect(sarifErrors(parsed('report.sarif'))).toBeNull();
    expect(cyclonedxErrors(parsed('sbom.cdx.json'))).toBeNull();
    expect(schemaErrors(parsed('report.json'))).toBeNull();

    await writeAssessment(report, folder, how);
    expect(readdirSync(folder).sort()).toEqual(['20261122-034106', '20261122-034106-2', 'latest']);
    expect(readlinkSync(join(folder, 'latest'))).toBe('20261122-034106-2');
  });

  it('is not there in part, and says why', async () => {
    writeFileSync(join(work, 'file'), '');
    const how = { language: 'ko', colour: false, filter: { ignoreUnfixed: false } } as const;
    await expect(writeAssessment(assessedReport(), join(work, 'file'), how)).rejects.toMatchObject({ code: 'output-unwritable' });
    const broken = { ...assessedReport(), findings: [null] } as unknown as Report;
    await expect(writeAssessment(broken, join(work, 'half'), how)).rejects.toThrow(TypeError);
    expect(readdirSync(join(work, 'half'))).toEqual([]);
  });

  it('is named by the time of the report', () => {
    expect(timeStamp('2026-11-22T03:41:06.000Z')).toBe('20261122-034106');
    expect(timeStamp('2026-11-22T03:41:06Z')).toBe('20261122-034106');
  });
});

describe('plimsoll assess', () => {
  const run = (...argv: string[]) => cli(['assess', target, '--db', 'starter', '-q', ...argv], { cwd: work });

  it('writes a line for each file, and ends as the gate says', async () => {
    const passed = await run('--output', 'passed', '--fail-on', 'none', '--min-score', '0');
    expect(passed.err).toBe('');
    expect(passed.code).toBe(0);
    const lines = passed.out.trimEnd().split('\n').slice(-10);
    for (const line of lines) expect(line).toMatch(/^ {2}\S+\/passed\/\d{8}-\d{6}\/[a-z.]+ \d+$/);
    const failed = await run('--output', 'failed', '--min-score', '100', '--lang', 'ko');
    expect(failed.code).toBe(1);
    expect(failed.out).toMatch(/게이트: 실패\. .*점수/);
  });

  it.each([
    [['--min-score', '101'], '[setting-percent]'],
    [['--score-weights', 'critical'], '[setting-weights]'],
    [['--score-weights', 'malice.critical=3'], '[setting-weights]'],
    [['--score-weights', 'critical=-3'], '[setting-weights]'],
    [['--dockerfile', 'none'], '[lint-unreadable]'],
  ])('refuses %j', async (argv, code) => {
    const { err, code: exit } = await run(...argv);
    expect(err).toContain(code);
    expect(exit).toBeGreaterThan(1);
  });

  it('takes weights of other kinds', async () => {
    const { code } = await run(
      '--output',
      'weights',
      '--score-weights',
      'secret.critical=20, misconfiguration.high=2.5,end-of-life.high=10',
    );
    expect([0, 1]).toContain(code);
  });
});
