import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from '../../testing/cli.ts';
import { buildImage, buildIndex, writeLayout } from '../../testing/image-builder/index.ts';
import { reportsSchemaErrors } from '../../testing/report-schema.ts';
import { dbBuild } from '../app/db/build.ts';
import type { Report } from '../model/index.ts';

const work = mkdtempSync(join(tmpdir(), 'plimsoll-cli-platforms-'));
const db = join(work, 'db');

/** Its package has the flaw, is repaired, or has a version that cannot be compared. */
function image(architecture: string, version: string) {
  const content = JSON.stringify({ name: 'lodash', version });
  return buildImage({
    platform: { os: 'linux', architecture },
    created: '2025-01-01T00:00:00Z',
    steps: [{ createdBy: 'COPY app', files: [{ path: 'srv/node_modules/lodash/package.json', content }] }],
  });
}

const flawed = image('amd64', '4.17.15');
const repaired = image('arm64', '4.17.21');
const unclear = image('riscv64', 'four');
const lost = image('s390x', '4.17.14');

beforeAll(async () => {
  const feeds = join(work, 'feeds');
  mkdirSync(feeds);
  const record = {
    schema_version: '1.6.0',
    id: 'GHSA-p6mc-m468-83gw',
    modified: '2024-01-01T00:00:00Z',
    database_specific: { severity: 'HIGH' },
    affected: [
      { package: { ecosystem: 'npm', name: 'lodash' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '4.17.20' }] }] },
    ],
  };
  writeFileSync(join(feeds, 'ghsa-npm.jsonl'), `${JSON.stringify(record)}\n`);
  const now = new Date();
  await dbBuild({ from: feeds, out: db, now, fetchedAt: now.toISOString() });
  const broken = buildIndex([lost, flawed]);
  const blobs = new Map(broken.blobs);
  blobs.delete(lost.layers[0]!.digest);
  await writeLayout(join(work, 'both'), [{ image: buildIndex([flawed, repaired]) }]);
  await writeLayout(join(work, 'good'), [{ image: repaired }]);
  await writeLayout(join(work, 'unclear'), [{ image: buildIndex([unclear, repaired]) }]);
  await writeLayout(join(work, 'worst'), [{ image: buildIndex([unclear, flawed]) }]);
  await writeLayout(join(work, 'broken'), [{ image: { ...broken, blobs } }]);
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const scan = (layout: string, ...more: string[]) => cli(['scan', `oci:${join(work, layout)}`, '--db', db, '--platform', 'all', ...more]);

describe('scan --platform all', () => {
  it('shows a section a platform, with the summary of each', async () => {
    const { code, out, err } = await scan('both');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const [, amd64 = '', arm64 = ''] = out.split(/^== linux\/(?:amd64|arm64) ==$/m);
    expect(amd64).toContain('GHSA-p6mc-m468-83gw');
    expect(amd64).toMatch(/^Total: 1/m);
    expect(arm64).not.toContain('GHSA-p6mc-m468-83gw');
    expect(arm64).toContain('Nothing found.');
  });

  it('has no headings where there is one', async () => {
    const one = await scan('good');
    const plain = await cli(['scan', `oci:${join(work, 'good')}`, '--db', db]);
    expect(one).toEqual(plain);
    expect((await scan('good', '-f', 'trivy')).out).toContain('"SchemaVersion": 2');
    expect(JSON.parse((await scan('good', '-f', 'json')).out).reports).toHaveLength(1);
  });

  it('writes one JSON document, on standard output and into a file', async () => {
    const file = join(work, 'all.json');
    const { out } = await scan('both', '-f', 'json', '-f', `trivy=${join(work, 'trivy.json')}`);
    expect(reportsSchemaErrors(JSON.parse(out))).toBeNull();
    expect(JSON.parse(out).reports.map((each: { findings: unknown[] }) => each.findings.length)).toEqual([1, 0]);
    await scan('both', '-f', `json=${file}`);
    expect(reportsSchemaErrors(JSON.parse(readFileSync(file, 'utf8')))).toBeNull();
    const trivy = JSON.parse(readFileSync(join(work, 'trivy.json'), 'utf8'));
    expect(trivy.Results.map((each: { Target: string }) => each.Target)).toEqual(['Node.js [linux/amd64]', 'Node.js [linux/arm64]']);
  });

  it.each([
    ['nothing fails', 'good', 0],
    ['one fails the gate', 'both', 1],
    ['one cannot be judged', 'unclear', 5],
    ['one fails the gate, another cannot be judged', 'worst', 1],
    ['one cannot be scanned, another fails the gate', 'broken', 3],
  ])('ends with the worst of all: %s', async (_, layout, code) => {
    expect((await scan(layout, '--fail-on', 'high')).code).toBe(code);
  });

  it('names the platform that could not be scanned, and shows the others', async () => {
    const table = await scan('broken');
    expect(table.err).toMatch(/^error: linux\/s390x: .+ \[blob-missing\]\n {2}\S/);
    expect(table.out).toContain('GHSA-p6mc-m468-83gw');
    expect(table.out).toMatch(/^== linux\/s390x ==\n.+ \[blob-missing\]$/m);
    const { out, code } = await scan('broken', '-f', 'json', '-q');
    expect({ code, failed: JSON.parse(out).failed }).toMatchObject({
      code: 3,
      failed: [{ platform: 'linux/s390x', code: 'blob-missing' }],
    });
    expect((await scan('broken', '--lang', 'ko')).err).toMatch(/^오류: linux\/s390x: .+ \[blob-missing\]/);
  });

  it('tells of exceptions that nothing needs over all platforms', async () => {
    const file = join(work, 'exceptions.yaml');
    const rules = ['GHSA-p6mc-m468-83gw', 'CVE-1999-0001'].map((id) => `  - id: ${id}\n    reason: known\n`);
    writeFileSync(file, `version: 1\nexceptions:\n${rules.join('')}`);
    const unused = async (command: 'scan' | 'assess', layout: string): Promise<unknown[]> => {
      const output = command === 'scan' ? ['-f', 'json=said.json'] : ['--output', 'sheets'];
      await cli([command, `oci:${join(work, layout)}`, '--db', db, '--platform', 'all', '--exceptions', file, ...output], { cwd: work });
      const written = readFileSync(join(work, command === 'scan' ? 'said.json' : 'sheets/latest/report.json'), 'utf8');
      return (JSON.parse(written).reports as Report[]).map(
        ({ warnings }) => warnings.find((each) => each.code === 'exceptions-unused')?.params.list,
      );
    };
    const never = expect.stringMatching(/^CVE-1999-0001 \(.*exceptions\.yaml:5\)$/);
    expect(await unused('scan', 'both')).toEqual([never, never]);
    expect(await unused('assess', 'both')).toEqual([never, never]);
    expect(await unused('scan', 'broken')).toEqual([undefined]);
    expect(await unused('scan', 'good')).toEqual([expect.stringContaining('GHSA-p6mc-m468-83gw')]);
  });

  it('holds each platform against its own of a baseline, and says where there is only another one', async () => {
    const [all, one] = [join(work, 'base-all.json'), join(work, 'base-one.json')];
    await scan('both', '-f', `json=${all}`);
    await cli(['scan', `oci:${join(work, 'both')}`, '--db', db, '--platform', 'linux/amd64', '-f', `json=${one}`]);
    const against = async (baseline: string) => {
      const { out, code } = await scan('both', '--baseline', baseline, '--fail-on', 'new:high', '-f', 'json', '-q');
      const reports = JSON.parse(out).reports as Report[];
      const other = reports.map(({ warnings }) => warnings.find((each) => each.code === 'baseline-other-platform')?.params);
      return { code, other, fixed: reports.map(({ baseline: of }) => of?.fixed.length) };
    };
    expect(await against(all)).toEqual({ code: 0, other: [undefined, undefined], fixed: [0, 0] });
    const other = { spec: one, platform: 'linux/amd64', own: 'linux/arm64' };
    expect(await against(one)).toEqual({ code: 0, other: [undefined, other], fixed: [0, 1] });
    await cli(['scan', `oci:${join(work, 'both')}`, '--db', db, '--platform', 'linux/arm64', '-f', `json=${one}`]);
    expect(await against(one)).toMatchObject({ code: 1, other: [{ platform: 'linux/arm64' }, undefined] });
  });

  it('has what is in no image once, and known by the same as for one platform', async () => {
    const where = { physicalLocation: { artifactLocation: { uri: 'a.js' }, region: { startLine: 3 } } };
    const results = [{ ruleId: 'r', level: 'error', message: { text: 'met' }, locations: [where] }];
    writeFileSync(join(work, 'tool.sarif'), JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver: { name: 'Tool' } }, results }] }));
    const env = { AWS_ACCOUNT_ID: '123456789012', AWS_REGION: 'eu-west-1' };
    const written = async (format: string, ...platform: string[]) => {
      const argv = ['scan', `oci:${join(work, 'both')}`, '--db', db, '--import', 'tool.sarif', '-f', format, '-q', ...platform];
      return JSON.parse((await cli(argv, { cwd: work, env })).out);
    };
    const prints: readonly [string, (document: never) => readonly string[]][] = [
      ['gitlab-codequality', (all: { check_name: string; fingerprint: string; description: string }[]) => all.filter((each) => each.check_name === 'imported/Tool/r').map((each) => `${each.fingerprint} ${each.description}`)],
      ['gitlab-sast', (all: { vulnerabilities: { id: string }[] }) => all.vulnerabilities.map(({ id }) => id)],
      ['asff', (all: { Findings: { Id: string; GeneratorId: string }[] }) => all.Findings.filter((each) => each.GeneratorId.includes('imported')).map(({ Id }) => Id)],
    ]; // biome-ignore format: short
    for (const [format, of] of prints) {
      const one = of((await written(format, '--platform', 'linux/amd64')) as never);
      expect([format, one.length, of((await written(format, '--platform', 'all')) as never)]).toEqual([format, 1, one]);
    }
  });

  it('says once what is to be known of all platforms, and of which one the rest is', async () => {
    const { err } = await cli(['scan', `oci:${join(work, 'unclear')}`, '--db', 'starter', '--platform', 'ALL', '-f', 'json']);
    const lines = err.trim().split('\n');
    expect(new Set(lines).size).toBe(lines.length);
    expect(lines.length).toBeGreaterThan(0);
  });
});
