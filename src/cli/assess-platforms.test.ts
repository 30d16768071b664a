import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from '../../testing/cli.ts';
import { type BuiltImage, buildImage, buildIndex, writeLayout } from '../../testing/image-builder/index.ts';
import { cyclonedxErrors, sarifErrors } from '../../testing/published-schemas.ts';
import { reportsSchemaErrors } from '../../testing/report-schema.ts';
import { assessPlatforms } from '../app/assess.ts';
import type { Report } from '../model/index.ts';

const work = mkdtempSync(join(tmpdir(), 'plimsoll-assess-platforms-'));
const GATE = ['--fail-on', 'none', '--min-score', '90'];

/** One lower layer for all platforms; the flawed one has a package that the starter database knows as such. */
function image(architecture: string, version: string): BuiltImage {
  const npm = (name: string, version: string) => JSON.stringify({ name, version, license: 'MIT' });
  return buildImage({
    platform: { os: 'linux', architecture },
    created: '2025-01-01T00:00:00Z',
    config: { User: '1000' },
    steps: [
      { createdBy: 'COPY shared /srv', files: [{ path: 'srv/node_modules/mine/package.json', content: npm('mine', '1.0.0') }] },
      { createdBy: 'COPY app /srv', files: [{ path: 'srv/node_modules/lodash/package.json', content: npm('lodash', version) }] },
    ],
  });
}

const flawed = image('amd64', '4.17.15');
const repaired = image('arm64', '99.0.0');
const lost = image('s390x', '4.17.15');

beforeAll(async () => {
  const broken = buildIndex([lost, repaired]);
  const blobs = new Map(broken.blobs);
  blobs.delete(lost.layers[1]!.digest);
  await writeLayout(join(work, 'both'), [{ image: buildIndex([repaired, flawed]) }]);
  await writeLayout(join(work, 'one'), [{ image: repaired }]);
  await writeLayout(join(work, 'broken'), [{ image: { ...broken, blobs } }]);
  writeFileSync(join(work, 'Dockerfile'), 'FROM scratch\nCOPY shared /srv\nCOPY app /srv\n');
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

async function assess(layout: string, output: string, ...more: string[]) {
  const argv = ['assess', `oci:${join(work, layout)}`, '--db', 'starter', '--platform', 'all', '--output', output, ...GATE, ...more];
  const ran = await cli(argv, { cwd: work });
  return { ...ran, text: (name: string): string => readFileSync(join(work, output, 'latest', name), 'utf8') };
}

describe('assess --platform all', () => {
  it('writes one document of each form about all platforms, under the names that it always has', async () => {
    const { code, out, text } = await assess('both', 'both-out', '--dockerfile', 'Dockerfile');
    expect(code).toBe(1);
    const all = JSON.parse(text('report.json'));
    expect(reportsSchemaErrors(all)).toBeNull();
    const facts = (all.reports as Report[]).map(({ inventory, decision, findings, dockerfile, checks }) => ({
      architecture: inventory.target.platform?.architecture,
      outcome: decision.outcome,
      flawed: findings.some(({ package: of }) => of.name === 'lodash'),
      lines: dockerfile?.layers.map(({ line }) => line),
      linted: checks?.findings.some(({ location }) => location.file === 'Dockerfile'),
    }));
    expect(facts).toEqual([
      { architecture: 'arm64', outcome: 'allow', flawed: false, lines: [2, 3], linted: true },
      { architecture: 'amd64', outcome: 'deny', flawed: true, lines: [2, 3], linted: true },
    ]);

    const sarif = JSON.parse(text('report.sarif'));
    expect(sarifErrors(sarif)).toBeNull();
    expect(sarif.runs).toHaveLength(2);
    expect(cyclonedxErrors(JSON.parse(text('sbom.cdx.json')))).toBeNull();
    for (const name of [
      'report.html',
      'summary.md',
      'vulnerabilities.txt',
      'configuration.txt',
      'secrets.txt',
      'licenses.txt',
      'image.txt',
    ]) {
      expect(text(name)).toContain('linux/amd64');
      expect(text(name)).toContain('linux/arm64');
    }
    expect(out).toMatch(/^== linux\/arm64 ==\n[^=]*^== linux\/amd64 ==\n/m);
    expect(
      out
        .trimEnd()
        .split('\n')
        .slice(-10)
        .every((line) => line.startsWith('  ')),
    ).toBe(true);
    expect(readdirSync(join(work, 'both-out'))).toHaveLength(2);
  });

  it('reads a layer that platforms share once, though no cache is kept', async () => {
    const cached = new Map<string, number>();
    const { reports } = await assessPlatforms(`oci:${join(work, 'both')}`, {
      database: 'starter',
      cacheDir: join(work, 'none'),
      env: {},
      onProgress: (state) => {
        if (state.stage === 'layers' && state.platform) cached.set(state.platform, state.cached);
      },
    });
    expect([...cached]).toEqual([
      ['linux/arm64', 0],
      ['linux/amd64', 1],
    ]);
    expect(reports[1]?.inventory.layers[0]?.digest).toBe(reports[0]?.inventory.layers[0]?.digest);
    expect(reports.map(({ wasted }) => wasted?.files)).toEqual([0, 0]);
  });

  it('has no headings where there is one', async () => {
    const { code, out, text } = await assess('one', 'one-out');
    expect(code).toBe(0);
    expect(out).not.toContain('==');
    expect(JSON.parse(text('report.json')).reports).toHaveLength(1);
  });

  it('shows the others where one cannot be read, and ends as a failed scan does', async () => {
    const { code, err, text } = await assess('broken', 'broken-out');
    expect(code).toBe(3);
    expect(err).toMatch(/^error: linux\/s390x: .+ \[blob-missing\]$/m);
    const { reports, failed } = JSON.parse(text('report.json'));
    expect(reports).toHaveLength(1);
    expect(failed).toMatchObject([{ platform: 'linux/s390x', code: 'blob-missing' }]);
    expect(text('report.html')).toContain('blob-missing');
  });
});
