import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from '../../../testing/cli.ts';
import { type BuiltImage, buildImage, type Step, writeLayout } from '../../../testing/image-builder/index.ts';
import { Content, type FakeRegistry, refuse, startRegistry } from '../../../testing/registry/index.ts';
import { planSchemaErrors } from '../../../testing/report-schema.ts';
import type { Plan } from '../../model/index.ts';
import { dbBuild } from '../db/build.ts';
import { type RecommendOptions, recommend } from './index.ts';
import { writePlan } from './reporters.ts';

const NOW = new Date('2025-01-11T12:00:00Z');
const work = mkdtempSync(join(tmpdir(), 'plimsoll-recommend-'));
const common = { platform: { os: 'linux', architecture: 'amd64' }, created: '2025-01-01T00:00:00Z' };
const NAME = 'org.opencontainers.image.base.name';
const DIGEST = 'org.opencontainers.image.base.digest';
let registry: FakeRegistry;

/** Packages of Ubuntu 22.04 as `name version source`. */
function dpkg(...packages: readonly string[]): string {
  return packages
    .map((each) => each.split(' '))
    .map(
      ([name, version, source = name]) =>
        `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nSource: ${source}\nMaintainer: Ubuntu Developers <x@lists.ubuntu.com>\nVersion: ${version}\n\n`,
    )
    .join('');
}

const SOURCES =
  'deb http://archive.ubuntu.com/ubuntu jammy main\ndeb [signed-by=/x] http://security.ubuntu.com/ubuntu jammy-security main\n';

/** A base image with these packages beside apt, and these sources. */
function baseImage(packages: readonly string[], sources = SOURCES, marker = ''): Step {
  return {
    createdBy: `/bin/sh -c #(nop) ADD file:${marker} in / `,
    files: [
      { path: 'etc/os-release', content: 'ID=ubuntu\nVERSION_ID="22.04"\nVERSION_CODENAME=jammy\nUBUNTU_CODENAME=jammy\n' },
      { path: 'etc/apt/sources.list', content: sources },
      { path: 'var/lib/dpkg/status', content: dpkg('apt 2.4.9', ...packages) },
      { path: 'marker', content: marker },
    ],
  };
}

const npm = (folder: string, name: string, version: string, dependencies: Record<string, string> = {}) => ({
  path: `${folder}/package.json`,
  content: JSON.stringify({ name, version, dependencies }),
});
/** A project that asks for `direct`, whose `parent` asks for an old `deep` and whose `friend` allows a newer `soft`. */
const APP: Step = {
  createdBy: 'COPY . /srv # buildkit',
  files: [
    npm('srv', 'app', '1.0.0', { direct: '1.0.0', parent: '^1.0.0', friend: '^1.0.0' }),
    npm('srv/node_modules/direct', 'direct', '1.0.0'),
    npm('srv/node_modules/parent', 'parent', '1.0.0', { deep: '~1.0.0' }),
    npm('srv/node_modules/parent/node_modules/deep', 'deep', '1.0.0'),
    npm('srv/node_modules/friend', 'friend', '1.0.0', { soft: '^1.0.0' }),
    npm('srv/node_modules/soft', 'soft', '1.0.0'),
  ],
};
const OLD = ['libcurl4 7.81.0-1ubuntu1.10 curl', 'zlib1g 1:1.2.11 zlib', 'bash 5.1-6ubuntu1'];
const NEW = ['libcurl4 7.81.0-1ubuntu1.14 curl', 'zlib1g 1:1.2.11 zlib', 'bash 5.1-6ubuntu1'];
const SLIM = ['libcurl4 7.81.0-1ubuntu1.14 curl', 'bash 5.1-6ubuntu1'];
const old = buildImage({ ...common, steps: [baseImage(OLD, SOURCES, 'old')] });
const image = (packages: readonly string[], marker: string) => buildImage({ ...common, steps: [baseImage(packages, SOURCES, marker)] });

beforeAll(async () => {
  const content = new Content();
  content.putImage('library/base', '1.0', image(NEW, 'rebuilt'));
  content.putImage('library/base', '1.1', image(NEW, 'newer'));
  content.putImage('library/base', '1.1-slim', image(SLIM, 'slim'));
  content.putImage('library/base', '2.0', image([...NEW, 'extra 1.0'], 'next'));
  content.putImage('library/base', '1.2-rc1', image([], 'never'));
  content.putImage('library/base', 'old', old);
  registry = await startRegistry({ content });

  mkdirSync(join(work, 'feeds'));
  const tracker = (id: string, priority: string, packages: object) => ({ id, priority, public_date: '2023-10-18 04:15:00 UTC', packages });
  const fixed = { jammy: ['released', '7.81.0-1ubuntu1.14'] };
  const ubuntu = [
    tracker('CVE-2023-0001', 'high', { curl: fixed }),
    tracker('CVE-2023-0002', 'medium', { curl: fixed }),
    tracker('CVE-2023-0003', 'low', { bash: { 'esm-infra/jammy': ['released', '5.1-6ubuntu1.1+esm1'], 'jammy': ['needed'] } }),
    tracker('CVE-2023-0004', 'low', { extra: { jammy: ['needed'] } }),
  ];
  writeFileSync(join(work, 'feeds/ubuntu-cve-tracker.jsonl'), ubuntu.map((each) => `${JSON.stringify(each)}\n`).join(''));
  const osv = ['direct', 'deep', 'soft'].map((name, i) => ({
    schema_version: '1.6.0',
    id: `GHSA-aaaa-aaaa-aaa${i + 2}`,
    modified: '2024-01-01T00:00:00Z',
    affected: [{ package: { ecosystem: 'npm', name }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.2.0' }] }] }],
    database_specific: { severity: 'HIGH' },
  }));
  writeFileSync(join(work, 'feeds/ghsa-npm.jsonl'), osv.map((each) => `${JSON.stringify(each)}\n`).join(''));
  await dbBuild({ from: join(work, 'feeds'), out: join(work, 'db'), now: NOW, fetchedAt: NOW.toISOString() });
});
afterAll(async () => {
  await registry.close();
  rmSync(work, { recursive: true, force: true });
});

function app(first: Step, annotations?: Record<string, string>): BuiltImage {
  return buildImage({ ...common, steps: [first, APP], ...(annotations ? { annotations } : {}) });
}

const options = (): RecommendOptions => ({
  platform: 'linux/amd64',
  cacheDir: join(work, 'cache'),
  cacheSize: 1e8,
  database: join(work, 'db'),
  registry: { plainHttp: true },
  env: {},
  cwd: work,
  now: NOW,
});

async function planned(built: BuiltImage, more: RecommendOptions = {}): Promise<Plan> {
  registry.content.putImage('shop/app', '1', built);
  const plan = await recommend(`${registry.host}/shop/app:1`, { ...options(), ...more });
  expect(planSchemaErrors(plan)).toBeNull();
  return plan;
}

const annotated = () => ({ [NAME]: `${registry.host}/library/base:1.0`, [DIGEST]: old.descriptor.digest });

it('tries the tags of the base’s repository, and says what each removes, adds and lacks', async () => {
  const { base, candidates } = await planned(app(baseImage(OLD, SOURCES, 'old'), annotated()));
  expect(base).toMatchObject({ layers: 1, evidence: 'annotation', confidence: 'high' });
  const at = (tag: string) => `${registry.host}/library/base:${tag}`;
  const gone = { removed: { high: 1, medium: 1 }, left: { low: 1 } };
  expect(candidates).toMatchObject([
    { name: at('1.0'), kind: 'rebuilt', ...gone, added: {}, lacks: [] },
    { name: at('1.1'), kind: 'newer', ...gone, added: {}, lacks: [] },
    { name: at('1.1-slim'), kind: 'slimmer', ...gone, added: {}, lacks: ['zlib1g'], lacksCount: 1, created: '2025-01-01T00:00:00Z' },
    { name: at('2.0'), kind: 'next-major', ...gone, added: { low: 1 }, lacks: [] },
  ]);
});

it('finds few steps that remove what can be removed, each with its command', async () => {
  writeFileSync(join(work, 'Dockerfile'), `FROM ${registry.host}/library/base:1.0\nCOPY . /srv\n`);
  const plan = await planned(app(baseImage(OLD, SOURCES, 'old'), annotated()), { dockerfile: 'Dockerfile' });
  const best = plan.candidates[0];
  const pinned = `${best?.name}@${best?.digest}`;
  expect(plan.steps).toMatchObject([
    { code: 'base', command: `FROM ${pinned}`, findings: 2, more: 2, total: 2, severity: 'high' },
    {
      code: 'npm-parent',
      params: { parents: 'parent', package: 'deep', version: '1.2.0' },
      command: 'npm install parent@latest',
      total: 3,
    },
    { code: 'npm-direct', command: 'npm install direct@1.2.0', more: 1, total: 4 },
    { code: 'npm-refresh', params: { package: 'soft' }, command: 'npm update soft', total: 5 },
  ]);
  expect(plan.steps[0]?.diff?.slice(2)).toEqual(['@@ -1 +1 @@', `-FROM ${registry.host}/library/base:1.0`, `+FROM ${pinned}`]);
  expect([plan.findings, plan.left]).toEqual([6, 1]);
  const scanned = [{ code: 'unassessed-packages', params: { count: 1 } }];
  expect(plan.warnings).toEqual(scanned);
  writeFileSync(join(work, 'Dockerfile.wrong'), 'FROM other:1\nCOPY a /b\n');
  const wrong = await planned(app(baseImage(OLD, SOURCES, 'old'), annotated()), { dockerfile: 'Dockerfile.wrong' });
  expect([wrong.steps[0]?.diff, wrong.steps[0]?.command]).toEqual([undefined, `FROM ${pinned}`]);
  expect(wrong.warnings).toEqual([{ code: 'dockerfile-other', params: { file: 'Dockerfile.wrong' } }, ...scanned]);
  const [korean] = await writePlan(wrong, 'table', { language: 'ko', colour: false });
  expect(korean).toMatch(/^경고: .*Dockerfile\.wrong/m);
});

it('takes what goes with the same package in one step, and what is in two places from both', async () => {
  const bundled = (name: string) => npm(`usr/lib/node_modules/npm/node_modules/${name}`, name, '1.0.0');
  const NPM: Step = { createdBy: 'RUN npm', files: [npm('usr/lib/node_modules/npm', 'npm', '9.0.0'), bundled('deep'), bundled('soft')] };
  const steps = async (...all: readonly Step[]) => {
    const plan = await planned(buildImage({ ...common, steps: [baseImage([], '', 'none'), ...all] }));
    return plan.steps.map(({ params, command, total }) => [params.package, command, total]);
  };
  expect(await steps(NPM)).toEqual([['deep, soft', 'npm install --global npm@latest', 2]]);
  // What keeps another back has a flaw of its own: its latest version mends both.
  const BOTH: Step = {
    createdBy: 'COPY . /srv # buildkit',
    files: [
      npm('srv', 'app', '1.0.0', { soft: '1.0.0' }),
      npm('srv/node_modules/soft', 'soft', '1.0.0', { deep: '~1.0.0' }),
      npm('srv/node_modules/deep', 'deep', '1.0.0'),
    ],
  };
  expect(await steps(BOTH)).toEqual([['deep', 'npm install soft@latest', 2]]);
  expect(await steps(NPM, APP)).toEqual([
    ['deep', 'npm install --global npm@latest && npm install parent@latest', 1],
    ['direct', 'npm install direct@1.2.0', 2],
    ['soft', 'npm install --global npm@latest && npm update soft', 3],
  ]);
});

it('names what could not be scanned, with no figures', async () => {
  const name = `${registry.host}/library/gone`;
  const cacheDir = join(work, 'gone');
  registry.content.putImage('library/gone', '1.0', old);
  registry.content.putImage('library/gone', '1.1', image(NEW, 'newer'));
  const env = { PLIMSOLL_CACHE_DIR: cacheDir, PLIMSOLL_PLATFORM: 'linux/amd64', PLIMSOLL_PLAIN_HTTP: 'yes' };
  expect((await cli(['base', 'index', 'add', `${name}:1.0`, `${name}:1.1`], { cwd: work, env })).code).toBe(0);
  await writeLayout(join(work, 'gone-app'), [{ image: app(baseImage(OLD, SOURCES, 'old')) }]);
  const plan = await recommend(`oci:${join(work, 'gone-app')}`, { ...options(), cacheDir, offline: true });
  expect(planSchemaErrors(plan)).toBeNull();
  expect([plan.candidates, plan.steps.filter(({ kind }) => kind === 'base')]).toEqual([[], []]);
  const { digest } = image(NEW, 'newer').descriptor;
  expect(plan.unscanned).toMatchObject([{ name: `${name}:1.1`, kind: 'newer', code: 'offline', digest, created: common.created }]);
  const [text] = await writePlan(plan, 'table', { language: 'en', colour: false });
  expect(text).toMatch(/gone:1\.1 +newer .* not scanned \(offline\)/);

  const broken = buildImage({ ...common, steps: [{ createdBy: 'x', files: [] }] });
  registry.content.putImage('library/base', '1.3', { ...broken, blobs: new Map([...broken.blobs].filter(([digest]) => digest !== broken.config.digest)) }); // biome-ignore format: short
  const online = await planned(app(baseImage(OLD, SOURCES, 'old'), annotated()));
  expect(online.unscanned).toEqual([{ name: `${registry.host}/library/base:1.3`, kind: 'newer', code: 'registry-blob-unknown' }]);
  expect(online.candidates.length).toBeGreaterThan(1);
});

it('tries the tag itself where tags cannot be listed', async () => {
  const content = new Content();
  content.putImage('library/base', '1.0', image(NEW, 'rebuilt'));
  content.putImage('shop/app', '1', app(baseImage(OLD, SOURCES, 'old')));
  const closed = await startRegistry({
    content,
    intercept: (request, response) => {
      if (request.url?.includes('/tags/list')) refuse(response, 403, 'DENIED', 'no');
      return response.writableEnded;
    },
  });
  try {
    const baseName = `${closed.host}/library/base:1.0`;
    const plan = await recommend(`${closed.host}/shop/app:1`, { ...options(), baseName });
    // Its layers are not in the image, and nothing tells where the base ends.
    expect(plan.notes.map(({ code }) => code)).toEqual(['other-layers', 'no-layers']);
    const guessed = buildImage({ ...common, steps: [baseImage(OLD, SOURCES, 'old'), { createdBy: 'CMD ["bash"]' }, APP] });
    content.putImage('shop/app', '2', guessed);
    const { notes, candidates } = await recommend(`${closed.host}/shop/app:2`, { ...options(), baseName });
    expect(notes).toEqual([
      { code: 'other-layers', params: { name: baseName } },
      { code: 'no-tags', params: { name: baseName, code: 'registry-forbidden' } },
    ]);
    expect(candidates).toMatchObject([{ name: baseName, kind: 'rebuilt', removed: { high: 1, medium: 1 } }]);
  } finally {
    await closed.close();
  }
});

it('has no step to another release of the distribution that the tag does not tell', async () => {
  const name = `${registry.host}/library/moving`;
  const noble = baseImage(SLIM, SOURCES, 'noble');
  const [release, ...rest] = noble.files ?? [];
  const moved = {
    ...noble,
    files: [{ ...release!, path: 'etc/os-release', content: 'ID=ubuntu\nVERSION_ID="24.04"\nUBUNTU_CODENAME=noble\n' }, ...rest],
  };
  registry.content.putImage('library/moving', '1.0', old);
  registry.content.putImage('library/moving', '1.1', image(NEW, 'newer'));
  registry.content.putImage('library/moving', '1.2', buildImage({ ...common, steps: [moved as Step] }));
  const { candidates, steps } = await planned(app(baseImage(OLD, SOURCES, 'old'), { [NAME]: `${name}:1.0` }));
  expect(candidates.map((each) => [each.name, each.kind])).toEqual([
    [`${name}:1.1`, 'newer'],
    [`${name}:1.2`, 'other-release'],
  ]);
  expect(steps[0]).toMatchObject({ kind: 'base', params: { to: `${name}:1.1` } });
});

it('offers only what the image’s own sources have', async () => {
  const steps = async (sources: string) => {
    const { steps, unreachable } = await planned(app(baseImage(OLD, sources, 'own')));
    return [steps.filter(({ kind }) => kind === 'os').map((each) => each.command), unreachable.map((each) => [each.package, each.reason])];
  };
  const update = 'apt-get update && apt-get install -y --only-upgrade libcurl4';
  expect(await steps(SOURCES)).toEqual([[update], []]);
  expect(await steps('')).toEqual([[], [['libcurl4', 'no-repositories']]]);
  expect(await steps('deb http://archive.ubuntu.com/ubuntu jammy main\n')).toEqual([[], [['libcurl4', 'no-pocket']]]);
  expect(await steps('deb http://archive.ubuntu.com/ubuntu focal-security main\n')).toEqual([[], [['libcurl4', 'other-release']]]);
});

it('offline tries images of the index alone, and says so where it has none', async () => {
  await writeLayout(join(work, 'app'), [{ image: app(baseImage(OLD, SOURCES, 'old')) }]);
  await writeLayout(join(work, 'bases'), [
    { image: old, tag: '1.0' },
    { image: image(NEW, 'newer'), tag: '1.1' },
  ]);
  const spec = `oci:${join(work, 'bases')}`;
  const target = `oci:${join(work, 'app')}`;
  const requests = registry.requests.length;
  const alone = await recommend(target, { ...options(), offline: true, baseName: `${spec}:1.0` });
  expect(alone.notes).toEqual([{ code: 'offline-index', params: { name: `${spec}:1.0` } }]);
  const env = { PLIMSOLL_CACHE_DIR: join(work, 'cache'), PLIMSOLL_PLATFORM: 'linux/amd64' };
  expect((await cli(['base', 'index', 'add', `${spec}:1.0`, `${spec}:1.1`], { cwd: work, env })).code).toBe(0);
  const { base, candidates, notes } = await recommend(target, { ...options(), offline: true });
  expect(base).toMatchObject({ name: `${spec}:1.0`, evidence: 'index', confidence: 'high' });
  expect(candidates).toMatchObject([{ name: `${spec}:1.1`, kind: 'newer', removed: { high: 1, medium: 1 } }]);
  expect(notes).toEqual([]);
  expect(registry.requests.length).toBe(requests);
});

it('says why there are no candidates', async () => {
  const codes = async (built: BuiltImage, more: RecommendOptions = {}) => (await planned(built, more)).notes.map(({ code }) => code);
  expect(await codes(app(baseImage(OLD, SOURCES, 'unknown')))).toEqual(['no-base']);
  const guessed = buildImage({ ...common, steps: [baseImage(OLD), { createdBy: 'CMD ["bash"]' }, APP] });
  expect(await codes(guessed)).toEqual(['no-name']);
  expect(await codes(guessed, { baseName: `${registry.host}/library/none:1` })).toEqual(['unopened', 'no-tags']);
  expect(await codes(guessed, { baseName: `${registry.host}/library/base:2.0` })).toEqual(['other-layers']);
  await expect(recommend(`${registry.host}/shop/app:1`, { ...options(), baseName: 'Not a name' })).rejects.toMatchObject({
    code: 'target-neither',
  });
  await expect(recommend(`${registry.host}/shop/app:1`, { ...options(), baseName: `dir:${work}` })).rejects.toMatchObject({
    code: 'base-not-image',
  });
  await expect(recommend('oci:nowhere', options())).rejects.toMatchObject({ code: 'target-missing' });
});

describe('the command', () => {
  const env = () => ({ PLIMSOLL_DB: join(work, 'db'), PLIMSOLL_PLATFORM: 'linux/amd64', PLIMSOLL_PLAIN_HTTP: 'yes' });
  const run = (...argv: string[]) => cli(['recommend', `${registry.host}/shop/app:2`, ...argv], { cwd: work, env: env() });

  it('writes a table, Markdown, a page and JSON, in both languages', async () => {
    registry.content.putImage('shop/app', '2', app(baseImage(OLD, SOURCES, 'old'), annotated()));
    const { code, out } = await run();
    expect(code).toBe(0);
    expect(out).toMatch(/base:1\.1 +newer .*2 \(HIGH 1, MEDIUM 1\) +0 +1 \(LOW 1\)$/m);
    expect(out).toContain('1 packages of the base are not in');
    expect(out).toMatch(/^3 +update the dependency direct to 1\.2\.0 \(now 1\.0\.0\) +HIGH +1 +1 +4$/m);
    expect(out).toContain('  npm install direct@1.2.0\n');
    expect(out).toContain('Findings: 6. After all steps: 1');
    expect((await run('--lang', 'ko', '-f', 'markdown')).out).toContain('## 할 일, 효과가 큰 순서');
    expect((await run('-f', 'html')).out).toContain('<pre>FROM ');
    expect(planSchemaErrors(JSON.parse((await run('-f', 'json', '--candidates', '1')).out))).toBeNull();
    expect(await run('--candidates', 'many')).toMatchObject({ code: 2, err: expect.stringContaining('[candidates-malformed]') });
  });
});
