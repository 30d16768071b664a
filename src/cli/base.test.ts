import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cli } from '../../testing/cli.ts';
import { buildImage, type Step, writeLayout } from '../../testing/image-builder/index.ts';
import { dbBuild } from '../app/db/build.ts';

const work = mkdtempSync(join(tmpdir(), 'plimsoll-base-cli-'));
const common = { platform: { os: 'linux', architecture: 'amd64' }, created: '2025-01-01T00:00:00Z' };
const lodash = (folder: string) => ({
  path: `${folder}/node_modules/lodash/package.json`,
  content: JSON.stringify({ name: 'lodash', version: folder === 'opt' ? '4.17.14' : '4.17.15' }),
});
const BASE: Step = { createdBy: 'RUN npm install --global', files: [lodash('opt')] };
const base = buildImage({ ...common, steps: [BASE] });
const app = buildImage({ ...common, steps: [BASE, { createdBy: 'COPY . /srv # buildkit', files: [lodash('srv')] }] });
/** The same, with a command between its layers. */
const guessed = buildImage({ ...common, steps: [BASE, { createdBy: 'CMD ["node"]' }, { createdBy: 'COPY . /srv # buildkit', files: [lodash('srv')] }] }); // biome-ignore format: short
const codes = (warnings: readonly { readonly code: string }[]) => warnings.map(({ code }) => code).filter((code) => code.startsWith('exceptions-')).sort(); // biome-ignore format: short
const env = { PLIMSOLL_CACHE_DIR: join(work, 'cache'), PLIMSOLL_DB: join(work, 'db'), PLIMSOLL_PLATFORM: 'linux/amd64' };
const [BASE_SPEC, APP_SPEC] = [`oci:${join(work, 'base')}`, `oci:${join(work, 'app')}`];
const run = (...argv: string[]) => cli(argv, { cwd: work, env });

beforeAll(async () => {
  await writeLayout(join(work, 'base'), [{ image: base, tag: '1' }]);
  await writeLayout(join(work, 'app'), [{ image: app }]);
  writeFileSync(join(work, 'Dockerfile'), 'FROM base:1\nCOPY . /srv\n');
  mkdirSync(join(work, 'feeds'));
  const ranges = [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '4.17.21' }] }];
  const affected = [{ package: { ecosystem: 'npm', name: 'lodash' }, ranges }];
  const record = { schema_version: '1.6.0', id: 'GHSA-35jh-r3h4-6jhm', modified: '2024-01-01T00:00:00Z', affected };
  writeFileSync(join(work, 'feeds/ghsa-npm.jsonl'), `${JSON.stringify(record)}\n`);
  await dbBuild({ from: join(work, 'feeds'), out: join(work, 'db'), now: new Date(), fetchedAt: new Date().toISOString() });
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

it('keeps an index of base images', async () => {
  expect(await run('base', 'index', 'list')).toMatchObject({ code: 0, out: expect.stringContaining('plimsoll base index add') });
  const line = `${BASE_SPEC}\tlinux/amd64\t${base.descriptor.digest}\t1\n`;
  expect(await run('base', 'index', 'add', BASE_SPEC, '--offline')).toEqual({ code: 0, out: line, err: '' });
  expect((await run('base', 'index', 'list')).out).toBe(line);
  expect(await run('base', 'index', 'remove', 'oci:other')).toMatchObject({ code: 2, err: expect.stringContaining('[base-unknown]') });
  expect((await run('base', 'index', 'list', '--lang', 'ko')).out).toBe(line);
  expect((await run('base', 'index', 'remove', BASE_SPEC)).out).toBe(line);
  expect((await run('base', 'index', 'list', '--lang', 'ko')).out).toContain('색인이 비어 있습니다');
});

it('parts findings into those of the base image and ours, and names the Dockerfile’s lines', async () => {
  await run('base', 'index', 'add', BASE_SPEC, '--offline');
  const { out } = await run('scan', APP_SPEC, '--dockerfile', 'Dockerfile');
  expect(out).toContain(`1 from the base image ${BASE_SPEC}, 1 ours (by the index of base images; confidence: high)`);
  expect(out).toMatch(/^ {2}#1 [0-9a-f]{12} Dockerfile:2 COPY \. \/srv # buildkit$/m);
  expect((await run('scan', APP_SPEC, '--lang', 'ko')).out).toContain(`베이스 이미지 ${BASE_SPEC}에서 온 것 1건, 우리 것 1건`);

  const own = JSON.parse((await run('scan', APP_SPEC, '--origin', 'own', '-f', 'json')).out);
  expect(own.findings.map((each: { package: { version: string } }) => each.package.version)).toEqual(['4.17.15']);
  expect(own.base).toMatchObject({ name: BASE_SPEC, layers: 1, evidence: 'index', confidence: 'high' });
  expect(own.display).toMatchObject({ origin: 'own', hidden: 1 });
  const ofBase = JSON.parse((await run('scan', APP_SPEC, '--origin', 'base', '-f', 'sarif', '--dockerfile', 'Dockerfile')).out);
  expect(ofBase.runs[0].results).toMatchObject([{ properties: { origin: 'base', layers: [{ index: 0 }] } }]);
  const all = JSON.parse((await run('scan', APP_SPEC, '-f', 'sarif', '--dockerfile', 'Dockerfile')).out);
  const places = all.runs[0].results.flatMap((each: { locations: { physicalLocation: object }[] }) => each.locations);
  expect(places.map((each: { physicalLocation: object }) => each.physicalLocation)).toContainEqual({
    artifactLocation: { uri: 'Dockerfile' },
    region: { startLine: 2 },
  });

  for (const [format, text] of [
    ['markdown', '\\#1 (Dockerfile:2)'],
    ['html', `1 from the base image ${BASE_SPEC}, 1 ours`],
  ] as const) {
    expect((await run('scan', APP_SPEC, '-f', format, '--dockerfile', 'Dockerfile')).out.replaceAll('\\(', '(').replaceAll('\\)', ')')).toContain(text); // biome-ignore format: short
  }
  expect((await run('scan', APP_SPEC, '--fail-on', 'low', '--origin', 'base')).code).toBe((await run('scan', APP_SPEC, '--fail-on', 'low')).code); // biome-ignore format: short
  expect((await run('scan', APP_SPEC, '--base', 'none')).out).not.toContain('base image');
});

it('excepts what comes from the base image, and nothing where that is only guessed', async () => {
  await run('base', 'index', 'add', BASE_SPEC, '--offline');
  const scanned = async (layer: string, ...argv: string[]) => {
    const exceptions = join(work, 'exceptions.yaml');
    writeFileSync(exceptions, `version: 1\nexceptions:\n  - layer: ${layer}\n    reason: its own team\n    owner: platform\n`);
    const { code, out } = await run('scan', APP_SPEC, '--exceptions', exceptions, '--fail-on', 'any', '-f', 'json', ...argv);
    const { findings, warnings } = JSON.parse(out);
    const open = findings.filter((each: { suppressed?: unknown }) => !each.suppressed);
    return [code, open.map((each: { package: { version: string } }) => each.package.version), codes(warnings)];
  };
  expect(await scanned('base')).toEqual([1, ['4.17.15'], []]);
  expect(await scanned('own')).toEqual([1, ['4.17.14'], []]);
  expect(await scanned('[base, own]')).toEqual([0, [], []]);
  const needsBase = [1, ['4.17.14', '4.17.15'], ['exceptions-base-unknown']];
  expect(await scanned('[base, own]', '--base', 'none')).toEqual(needsBase);
  await run('base', 'index', 'remove', BASE_SPEC);
  await writeLayout(join(work, 'app'), [{ image: guessed }]);
  expect(await scanned('[base, own]')).toEqual(needsBase);
  expect((await run('scan', APP_SPEC)).out).toContain('(guessed from the history; confidence: low)');
});
