import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import v8 from 'node:v8';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { cli } from '../../testing/cli.ts';
import { buildImage, writeLayout } from '../../testing/image-builder/index.ts';
import { comparisonSchemaErrors } from '../../testing/report-schema.ts';
import { reportErrors } from '../../testing/validate-report.ts';
import { dbBuild } from '../app/db/build.ts';
import { REPORTERS } from '../app/reporters.ts';
import type { Comparison } from '../model/index.ts';

const work = mkdtempSync(join(tmpdir(), 'plimsoll-compare-'));
const env = { PLIMSOLL_DB: join(work, 'db'), PLIMSOLL_PLATFORM: 'linux/amd64' };
const run = (...argv: string[]) => cli(['compare', ...argv], { cwd: work, env });
const [OLD, NEW] = [`oci:${join(work, 'old')}`, `oci:${join(work, 'new')}`];

/** Formats that nobody else specified, or without a schema; what they say is tested in src/report. */
const CHECKED_BY_NOBODY = new Set(['table', 'trivy', 'snyk', 'clair', 'hadolint', 'spdx', 'github', 'markdown', 'html', 'template']);

const OF_OTHER_KINDS = new Set(['gitlab-sast', 'gitlab-secret-detection', 'hadolint']);

/** An image with these npm packages. */
async function image(folder: string, packages: Readonly<Record<string, string>>): Promise<void> {
  const files = Object.entries(packages).map(([name, version]) => ({
    path: `srv/node_modules/${name}/package.json`,
    content: JSON.stringify({ name, version }),
  }));
  const built = buildImage({
    platform: { os: 'linux', architecture: 'amd64' },
    created: '2025-01-01T00:00:00Z',
    steps: [{ createdBy: 'COPY . /srv', files }],
  });
  await writeLayout(join(work, folder), [{ image: built }]);
}

/** A flaw of all versions below `fixed`. */
function record(id: string, name: string, fixed: string, score: string, aliases: readonly string[] = []): string {
  const affected = [{ package: { ecosystem: 'npm', name }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed }] }] }];
  const severity = [{ type: 'CVSS_V3', score }];
  return `${JSON.stringify({ schema_version: '1.6.0', id, aliases, modified: '2024-01-01T00:00:00Z', affected, severity })}\n`;
}

const CRITICAL = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
const LOW = 'CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N';

beforeAll(async () => {
  await image('old', { lodash: '4.17.15', leftpad: '1.0.0', gone: '1.0.0', same: '1.0.0' });
  await image('new', { lodash: '4.17.16', leftpad: '1.0.1', came: '2.0.0', same: '1.0.0' });
  mkdirSync(join(work, 'feeds'));
  const records = [
    record('GHSA-aaaa-aaaa-aaaa', 'lodash', '4.17.21', LOW, ['CVE-2020-0001']),
    record('GHSA-bbbb-bbbb-bbbb', 'leftpad', '1.0.1', LOW),
    record('GHSA-cccc-cccc-cccc', 'came', '2.0.1', CRITICAL),
  ];
  writeFileSync(join(work, 'feeds/ghsa-npm.jsonl'), records.join(''));
  await dbBuild({ from: join(work, 'feeds'), out: join(work, 'db'), now: new Date(), fetchedAt: new Date().toISOString() });
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

it('says what came, went and changed, packages by versions and findings by flaw', async () => {
  const { code, out } = await run(NEW, '--to', OLD, '-f', 'json');
  const comparison = JSON.parse(out) as Comparison;
  expect(code).toBe(0);
  expect(comparisonSchemaErrors(comparison)).toBeNull();
  const npm = { type: 'npm' };
  expect(comparison.packages).toEqual({
    added: [{ ...npm, name: 'came', versions: ['2.0.0'] }],
    removed: [{ ...npm, name: 'gone', versions: ['1.0.0'] }],
    changed: [
      { ...npm, name: 'leftpad', from: ['1.0.0'], versions: ['1.0.1'] },
      { ...npm, name: 'lodash', from: ['4.17.15'], versions: ['4.17.16'] },
    ],
    unchanged: 1,
  });
  expect(comparison.findings).toMatchObject({
    added: [{ id: 'GHSA-cccc-cccc-cccc', severity: 'critical', package: { name: 'came', version: '2.0.0' }, fixedVersions: ['2.0.1'] }],
    removed: [{ id: 'GHSA-bbbb-bbbb-bbbb', package: { name: 'leftpad', version: '1.0.0' } }],
    unchanged: 1,
  });
  expect(comparison.bySeverity).toEqual([
    { severity: 'critical', added: 1, removed: 0, changed: 0, unchanged: 0 },
    { severity: 'low', added: 0, removed: 1, changed: 0, unchanged: 1 },
  ]);
  expect(comparison.target).toMatchObject({ spec: NEW, packages: 4, findings: 2 });
});

it('fails the gate by what was added alone', async () => {
  expect((await run(NEW, '--to', OLD, '--fail-on', 'high')).code).toBe(1);
  expect((await run(OLD, '--to', NEW, '--fail-on', 'high')).code).toBe(0);
  expect((await run(OLD, '--to', NEW, '--fail-on', 'low')).code).toBe(1);
  expect((await run(NEW, '--to', NEW, '--fail-on', 'low')).code).toBe(0);
  // All of it is new.
  expect((await run(NEW, '--to', OLD, '--fail-on', 'new:high')).code).toBe(1);
  expect((await run(NEW, '--to', NEW, '--fail-on', 'new')).code).toBe(0);
});

it('takes kept reports, folders and SBOMs for either side', async () => {
  const report = join(work, 'old.json');
  const bom = join(work, 'old.cdx.json');
  const kept = await cli(['scan', OLD, '-f', `json=${report}`, '-f', `cyclonedx=${bom}`], { cwd: work, env });
  expect(kept.code).toBe(0);
  await rm('old');
  try {
    for (const to of ['old.json', report, `sbom:${bom}`]) {
      const { code, out, err } = await run(NEW, '--to', to, '-f', 'json');
      expect({ code, err }).toEqual({ code: 0, err: '' });
      const { findings, packages } = JSON.parse(out) as Comparison;
      expect([findings.added.length, findings.removed.length, findings.unchanged, packages.changed.length]).toEqual([1, 1, 1, 2]);
    }
  } finally {
    await image('old', { lodash: '4.17.15', leftpad: '1.0.0', gone: '1.0.0', same: '1.0.0' });
  }
  writeFileSync(join(work, 'broken.json'), readFileSync(report, 'utf8').slice(0, 5000));
  expect(await run(NEW, '--to', 'broken.json')).toMatchObject({ code: 3, err: expect.stringContaining('[stored-report-malformed]') });
});

const rm = async (folder: string) => rmSync(join(work, folder), { recursive: true });

it('is written for people, for pull requests, for spreadsheets and for code scanning', async () => {
  const { code, out } = await run(
    NEW,
    '--to',
    OLD,
    ...['table=t', 'markdown=m', 'html=h', 'csv=c', 'sarif=s'].flatMap((each) => ['-f', each]),
  );
  expect({ code, out }).toEqual({ code: 0, out: '' });
  const read = (name: string): string => readFileSync(join(work, name), 'utf8');
  expect(read('t')).toMatch(/^CRITICAL +GHSA-cccc-cccc-cccc +came 2\.0\.0 +2\.0\.1$/m);
  expect(read('t')).toMatch(/^changed +lodash +npm +4\.17\.15 +4\.17\.16$/m);
  expect(read('t')).toMatch(/^Total +1 +1 +0 +1$/m);
  expect(read('m')).toContain('| CRITICAL | GHSA-cccc-cccc-cccc | came 2.0.0 | 2.0.1 |');
  expect(read('h')).toContain('<span class="sev critical">CRITICAL</span>');
  expect(read('h')).not.toContain('<script');
  expect(read('c').split('\r\n').slice(1, 3).map((line) => line.split(',').slice(0, 10))).toEqual([
    ['added', 'vulnerability', 'critical', 'GHSA-cccc-cccc-cccc', 'npm', 'came', '', '2.0.0', '2.0.1', 'srv/node_modules/came/package.json'],
    ['removed', 'vulnerability', 'low', 'GHSA-bbbb-bbbb-bbbb', 'npm', 'leftpad', '1.0.0', '', '1.0.1', 'srv/node_modules/leftpad/package.json'],
  ]); // biome-ignore format: rows
  expect(JSON.parse(read('s')).runs[0].results.map((each: { ruleId: string }) => each.ruleId)).toEqual(['GHSA-cccc-cccc-cccc']);
});

it('speaks Korean, and says what is missing', async () => {
  expect((await run(NEW, '--to', OLD, '--lang', 'ko')).out).toContain('새로 생긴 발견 항목');
  expect(await run(NEW)).toMatchObject({ code: 2, err: expect.stringContaining('--to <target> is missing. [argument-missing]') });
  expect(await run(NEW, '--to', OLD, '-f', 'word')).toMatchObject({ code: 2, err: expect.stringContaining('[format-unknown]') });
  expect(await run(NEW, '--to', 'nowhere.json')).toMatchObject({ code: 3, err: expect.stringContaining('[target-missing]') });
});

it('is written in every format at once, each from one pair of scans', async () => {
  const formats = REPORTERS.flatMap(({ id }) => ['-f', `${id}=all.${id}`]);
  const account = { AWS_ACCOUNT_ID: '123456789012', AWS_REGION: 'eu-central-1' };
  for (const lang of ['en', 'ko']) {
    const done = await cli(['compare', NEW, '--to', OLD, ...formats, '--lang', lang], { cwd: work, env: { ...env, ...account } });
    expect(done).toEqual({ code: 0, out: '', err: '' });
    for (const { id } of REPORTERS) {
      const text = readFileSync(join(work, `all.${id}`), 'utf8');
      expect([id, await reportErrors(id, text)]).toEqual([id, CHECKED_BY_NOBODY.has(id) ? undefined : []]);
      if (!OF_OTHER_KINDS.has(id)) expect(text).toContain('came');
    }
  }
});

it('shows what filters let through, and says how much they left out', async () => {
  const { code, out } = await run(NEW, '--to', OLD, '--severity', 'low', '--fail-on', 'high');
  expect(code).toBe(1);
  expect(out).not.toContain('GHSA-cccc-cccc-cccc');
  expect(out).toContain('1 more hidden by the display filters; gates still see them.');
  const filtered = JSON.parse((await run(NEW, '--to', OLD, '--severity', 'low', '-f', 'json')).out);
  expect([comparisonSchemaErrors(filtered), filtered.hidden]).toEqual([null, 1]);
  expect(JSON.parse((await run(NEW, '--to', OLD, '--severity', 'low', '-f', 'sarif')).out).runs[0].results).toEqual([]);
  expect((await run(NEW, '--to', OLD, '--ignore-unfixed', '-f', 'json')).out).not.toContain('"hidden"');
});

it('asks for what a format needs before anything is scanned', async () => {
  expect(await run('oci:nowhere', '--to', OLD, '-f', 'asff')).toMatchObject({
    code: 2,
    err: expect.stringContaining('asff-account-missing'),
  });
  expect(await run('oci:nowhere', '--to', OLD, '-f', 'template', '--template', 'no.hbs')).toMatchObject({ code: 2 });
  const text = '{{#each findings.removed}}{{id}} {{package.name}}{{/each}}';
  expect((await run(NEW, '--to', OLD, '-f', 'template', '--template', text)).out).toBe('GHSA-bbbb-bbbb-bbbb leftpad');
});

it('holds exceptions for both sides, kept ones too', async () => {
  expect((await cli(['scan', NEW, '-f', 'json=kept-new.json'], { cwd: work, env })).code).toBe(0);
  writeFileSync(join(work, 'accepted.yaml'), 'exceptions:\n  - {id: GHSA-cccc-cccc-cccc, reason: a test}\n');
  for (const target of [NEW, 'kept-new.json']) {
    const argv = [target, '--to', OLD, '--fail-on', 'high', '--exceptions', 'accepted.yaml', '-f', 'json'];
    const { code, out } = await run(...argv);
    expect([code, (JSON.parse(out) as Comparison).findings.added]).toEqual([0, []]);
  }
  const { out } = await run(NEW, '--to', OLD, '--exceptions', 'accepted.yaml');
  expect(out).toMatch(/new: 4 packages, 1 findings, .*, 1 more accepted and not counted$/m);
  expect((await run('kept-new.json', '--to', OLD, '--fail-on', 'high')).code).toBe(1);
});

it('takes the platform of reports of several, and says where there is none', async () => {
  expect((await cli(['scan', '--platform', 'all', OLD, '-f', 'json=every.json'], { cwd: work, env })).code).toBe(0);
  const every = JSON.parse(readFileSync(join(work, 'every.json'), 'utf8'));
  const other = structuredClone(every.reports[0]);
  other.inventory.target.platform = { os: 'linux', architecture: 's390x' };
  writeFileSync(join(work, 'every.json'), JSON.stringify({ ...every, reports: [other, every.reports[0]] }));
  const { code, out } = await run(NEW, '--to', 'every.json', '-f', 'json');
  expect([code, (JSON.parse(out) as Comparison).findings.added.length]).toEqual([0, 1]);
  writeFileSync(join(work, 'every.json'), JSON.stringify({ ...every, reports: [other, other] }));
  expect(await run(NEW, '--to', 'every.json')).toMatchObject({ code: 2, err: expect.stringContaining('[baseline-no-platform]') });
});

it('takes a kept report through standard input, for either side, and an archive as scan does', async () => {
  const { out: kept } = await cli(['scan', NEW, '-f', 'json'], { cwd: work, env });
  const piped = (text: string, ...argv: string[]) => {
    const chunks = [Buffer.from(text.slice(0, 3)), Buffer.from(text.slice(3))];
    const stdin = (async function* () {
      yield* chunks;
    })();
    return cli(['compare', ...argv, '-f', 'json'], { cwd: work, env, stdin });
  };
  const counts = (out: string) => (({ added, removed }) => [added.length, removed.length])((JSON.parse(out) as Comparison).findings);
  expect(counts((await piped(kept, '-', '--to', OLD)).out)).toEqual([1, 1]);
  expect(counts((await piped(`\ufeff\n${kept}`, OLD, '--to', '-')).out)).toEqual([1, 1]);
  const { out: bom } = await cli(['sbom', NEW, '-f', 'cyclonedx'], { cwd: work, env });
  expect(counts((await piped(bom, '-', '--to', OLD)).out)).toEqual([1, 1]);
  expect((await piped(kept.slice(0, 5000), '-', '--to', OLD)).err).toContain('[stored-report-malformed]');
  expect((await piped('no archive', '-', '--to', OLD)).err).toContain('[target-unrecognised]');
});

it('says what to do instead of comparing every platform', async () => {
  const { code, err } = await run(NEW, '--to', OLD, '--platform', 'all');
  expect([code, err]).toEqual([2, expect.stringContaining(`plimsoll scan --platform all ${NEW} --baseline ${OLD}`)]);
  const instead = await cli(['scan', '--platform', 'all', NEW, '--baseline', OLD, '-f', 'csv'], { cwd: work, env });
  expect(instead).toMatchObject({ code: 0, out: expect.stringContaining('new-by-change') });
});

it.each([
  ['compare', () => run(NEW, '--to', OLD)],
  ['recommend', () => cli(['recommend', NEW, '--candidates', '0'], { cwd: work, env })],
])('keeps the space for what is young small, and frees it before its end: %s', async (_, done) => {
  const flags: string[] = [];
  const set = vi.spyOn(v8, 'setFlagsFromString').mockImplementation((flag) => void flags.push(flag));
  syncBuiltinESMExports();
  try {
    expect((await done()).code).toBe(0);
  } finally {
    set.mockRestore();
    syncBuiltinESMExports();
  }
  const [held, freed] = ['--semi-space-growth-factor=1', '--semi-space-growth-factor=2'];
  expect([flags[0], flags.at(-1), flags.filter((flag) => flag === freed).length]).toEqual([held, freed, 1]);
});

it('shows hostile names harmlessly', async () => {
  await image('hostile', { 'x\u001b[31m<script>|=1': '=1+1' });
  for (const format of ['table', 'markdown', 'html', 'csv', 'json']) {
    const { out } = await run(`oci:${join(work, 'hostile')}`, '--to', OLD, '-f', format);
    expect(out).not.toContain('\u001b');
    if (format !== 'table' && format !== 'json' && format !== 'csv') expect(out).not.toContain('<script>');
    if (format === 'csv') expect(out).toContain(',"\'=1+1",');
  }
});

it('recognises alerts by what a scan recognises them by', async () => {
  const printsOf = async (...argv: string[]) => {
    const { out } = await cli([...argv, '-f', 'sarif'], { cwd: work, env });
    const results: readonly { readonly ruleId: string; readonly partialFingerprints: object }[] = JSON.parse(out).runs[0].results;
    return new Map(results.map(({ ruleId, partialFingerprints }) => [ruleId, partialFingerprints]));
  };
  const [scanned, compared] = [await printsOf('scan', NEW), await printsOf('compare', NEW, '--to', OLD)];
  expect(compared.get('GHSA-cccc-cccc-cccc')).toEqual(scanned.get('GHSA-cccc-cccc-cccc'));
  expect([compared.size, scanned.size]).toEqual([1, 2]);
});
