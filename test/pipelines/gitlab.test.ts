import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { missing } from '../../testing/programs.ts';
import { codeQualityErrors, gitlabErrors } from '../../testing/published-schemas.ts';
import { type Ran, ROOT, run } from '../e2e/workshop.ts';
import { read } from '../house/files.ts';
import { exampleArchive, OFFLINE, TOKEN } from './images.ts';

interface Job {
  readonly script: readonly string[];
  readonly artifacts: { readonly when: string; readonly reports: Readonly<Record<string, string>> };
}

interface Header {
  readonly spec: {
    readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: unknown; readonly type?: string }>>;
  };
}

const TEMPLATE = 'templates/plimsoll.yml';
const [header, body] = read(TEMPLATE).split(/^---$/m) as [string, string];
const { inputs } = (parse(header) as Header).spec;
/** As it is without any input. */
const filled = body.replace(/\$\[\[ inputs\.([\w-]+) \]\]/g, (_, name: string) => String(inputs[name]?.default));
const jobs = parse(filled, { customTags: [{ tag: '!reference', collection: 'seq' }] }) as Readonly<Record<string, Job>>;
const GITLAB = join(dirname(createRequire(import.meta.url).resolve('gitlab-ci-local/package.json')), 'dist/index.js');
/** The kinds of `artifacts:reports` that GitLab's security schemas are about. */
const SECURITY = ['container_scanning', 'dependency_scanning', 'sast', 'secret_detection'];
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-gitlab-'));
const archives: Record<string, string> = {};

beforeAll(() => {
  for (const name of ['vulnerable', 'hardened'] as const) archives[name] = exampleArchive(name, folder);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A file that includes the template with these inputs, once for each. */
function including(...given: readonly Readonly<Record<string, unknown>>[]): string {
  return JSON.stringify({ include: given.map((each) => ({ local: TEMPLATE, inputs: each })) });
}

/** A project of somebody's, with this pipeline and the template; git knows it, as gitlab-ci-local wants. */
async function project(example: string, pipeline = including({}), template = read(TEMPLATE)): Promise<string> {
  const home = mkdtempSync(join(folder, 'project-'));
  mkdirSync(join(home, dirname(TEMPLATE)));
  writeFileSync(join(home, '.gitlab-ci.yml'), pipeline);
  writeFileSync(join(home, TEMPLATE), template);
  for (const name of ['Dockerfile', 'app']) cpSync(join(ROOT, 'examples', example, name), join(home, name), { recursive: true });
  if (example === 'vulnerable') writeFileSync(join(home, 'deploy.sh'), `export TOKEN=${TOKEN}\n`);
  const git = (...args: string[]) =>
    run('git', ['-c', 'user.name=a', '-c', 'user.email=a@registry.example', ...args], { cwd: home, env: { HOME: home } });
  await git('init', '-q', '-b', 'main');
  await git('remote', 'add', 'origin', 'https://gitlab.example/team/plimsoll.git');
  await git('add', '.');
  await git('commit', '-qm', 'all');
  return home;
}

/** The pipeline that docs/pipelines.md shows, with the template beside it. */
function shown(): string {
  const [, text = ''] = /^## GitLab\n\n```yaml\n([\s\S]*?)^```$/m.exec(read('docs/pipelines.md')) ?? [];
  expect(text).toContain('component: ');
  return text.replace(/component: .*/, `local: ${TEMPLATE}`);
}

/** Runs the jobs of a project by GitLab's rules, with this machine's shell in place of the container. */
function gitlab(home: string, variables: Readonly<Record<string, string>>, ...args: string[]): Promise<Ran> {
  const given = Object.entries({ ...OFFLINE, ...ownFolders(home), ...variables }).flatMap(([name, value]) => [
    '--variable',
    `${name}=${value}`,
  ]);
  return run(process.execPath, [GITLAB, ...given, ...args], {
    cwd: home,
    env: { HOME: mkdirFor(home), PATH: process.env.PATH ?? '' },
  });
}

/** The jobs of a list. */
function named(csv: string): ReadonlySet<string> {
  const [, rows = ''] = csv.split(/^name;.*\n/m);
  return new Set([...rows.matchAll(/^([\w-]+);/gm)].map(([, name]) => name!));
}

/** gitlab-ci-local says that a project is where a container would have it. */
function ownFolders(home: string) {
  return { CI_PROJECT_DIR: home };
}

function mkdirFor(home: string): string {
  const user = `${home}-user`;
  mkdirSync(user, { recursive: true });
  return user;
}

describe(TEMPLATE, () => {
  it('is valid by GitLab’s schema, which would object', async () => {
    const listed = await gitlab(await project('hardened'), {}, '--list');
    expect([listed.code, listed.out + listed.err]).toEqual([0, expect.stringContaining('json schema validated')]);
    for (const name of ['plimsoll-scan', 'plimsoll-dependencies', 'plimsoll-lint', 'plimsoll-secrets']) expect(listed.out).toContain(name);
    for (const [from, to] of [
      ['container_scanning:', 'container_scan:'],
      ['type: boolean', 'type: bool'],
      ['$[[ inputs.stage ]]', '$[[ inputs.stadium ]]'],
    ] as const) {
      expect(read(TEMPLATE)).toContain(from);
      const broken = await gitlab(await project('hardened', including({}), read(TEMPLATE).replace(from, to)), {}, '--list');
      expect([to, broken.code === 0]).toEqual([to, false]);
    }
  }, 60_000);

  // Source: GitLab, "CI/CD YAML syntax reference", spec:inputs.
  it('says of every input what it is, has a default of its type for each, and puts none into a script', () => {
    for (const [name, { description, default: value, type = 'string' }] of Object.entries(inputs)) {
      expect([name, description.length > 10, typeof value]).toEqual([name, true, type]);
      expect(body).toContain(`$[[ inputs.${name} ]]`);
    }
    for (const job of Object.values(parse(body, { logLevel: 'error' }) as Readonly<Record<string, object>>))
      expect(JSON.stringify(Object.entries(job).filter(([key]) => key.includes('script')))).not.toContain('inputs.');
  });

  it('takes inputs: jobs that are wanted, twice in a pipeline, and none that is wrong', async () => {
    const home = await project(
      'hardened',
      including(
        { 'lint': false, 'secrets': false, 'stage': 'build', 'image': 'node:24@sha256:0' },
        { 'job-prefix': 'other', 'dependencies': false },
      ),
    );
    const listed = await gitlab(home, { CI_COMMIT_BRANCH: 'main', CI_DEFAULT_BRANCH: 'main', CI_PIPELINE_SOURCE: 'push' }, '--list-csv');
    expect(named(listed.out)).toEqual(new Set(['plimsoll-scan', 'plimsoll-dependencies', 'other-scan', 'other-lint', 'other-secrets']));
    const whole = parse((await gitlab(home, {}, '--preview')).out.split('---\n').at(-1)!);
    expect(whole['plimsoll-scan']).toMatchObject({ stage: 'build', image: { name: 'node:24@sha256:0' } });
    expect(whole['other-scan']).toMatchObject({ stage: 'test', image: { name: 'node:24' } });
    for (const wrong of [{ lint: 'perhaps' }, { 'job-prefix': '.hidden' }])
      expect((await gitlab(await project('hardened', including(wrong)), {}, '--list')).code).not.toBe(0);
  }, 60_000);

  it('is a component by its place', async () => {
    const home = await project('hardened');
    const { out } = await run('git', ['rev-parse', 'HEAD'], { cwd: home });
    const component = `gitlab.example/team/plimsoll/plimsoll@${out.trim()}`;
    writeFileSync(join(home, '.gitlab-ci.yml'), JSON.stringify({ include: [{ component, inputs: { 'job-prefix': 'ours' } }] }));
    const listed = await gitlab(home, {}, '--list');
    expect([listed.code, listed.out + listed.err]).toEqual([0, expect.stringContaining('ours-scan')]);
  }, 60_000);

  it.each([
    ['a merge request', { CI_PIPELINE_SOURCE: 'merge_request_event', CI_COMMIT_BRANCH: '' }, true, false],
    ['the main branch', { CI_PIPELINE_SOURCE: 'push', CI_COMMIT_BRANCH: 'main' }, true, true],
    ['a schedule', { CI_PIPELINE_SOURCE: 'schedule', CI_COMMIT_BRANCH: 'main' }, true, false],
    ['another branch', { CI_PIPELINE_SOURCE: 'push', CI_COMMIT_BRANCH: 'other' }, false, false],
  ])(
    'runs with the build that docs/pipelines.md shows, and releases from main alone: %s',
    async (_, variables, scans, releases) => {
      const home = await project('hardened', shown());
      const listed = await gitlab(home, { CI_DEFAULT_BRANCH: 'main', ...variables }, '--list-csv');
      const jobs = ['plimsoll-scan', 'plimsoll-dependencies', 'plimsoll-lint', 'plimsoll-secrets'];
      expect(named(listed.out)).toEqual(new Set(scans ? ['build', ...jobs, ...(releases ? ['release'] : [])] : []));
    },
    60_000,
  );

  it('has a widget of the merge request for each kind of report, also where the gate fails', () => {
    const reports = Object.entries(jobs).flatMap(([name, job]) => (job.artifacts ? [[name, Object.keys(job.artifacts.reports)]] : []));
    expect(Object.fromEntries(reports)).toEqual({
      'plimsoll-scan': ['container_scanning', 'codequality', 'junit', 'cyclonedx'],
      'plimsoll-dependencies': ['dependency_scanning', 'codequality', 'junit', 'cyclonedx'],
      'plimsoll-lint': ['sast', 'codequality', 'junit'],
      'plimsoll-secrets': ['secret_detection', 'codequality', 'junit'],
    });
    for (const { artifacts } of Object.values(jobs)) expect(artifacts?.when ?? 'always').toBe('always');
  });

  describe.skipIf(missing('rsync').length > 0)('run by gitlab-ci-local (needs the package rsync)', () => {
    it.each([
      ['vulnerable', 'plimsoll-scan', 1],
      ['hardened', 'plimsoll-scan', 0],
      ['vulnerable', 'plimsoll-lint', 1],
      ['vulnerable', 'plimsoll-dependencies', 1],
      ['vulnerable', 'plimsoll-secrets', 1],
      ['hardened', 'plimsoll-secrets', 0],
    ] as const)(
      'examples/%s: %s ends with %i and leaves what its widgets show',
      async (example, name, expected) => {
        const home = await project(example, including({ home: ROOT, target: `docker-archive:${archives[example]}` }));
        const ran = await gitlab(home, {}, '--force-shell-executor', name);
        expect([ran.code, ran.code === expected ? '' : ran.out + ran.err]).toEqual([expected, '']);
        const { reports } = jobs[name]!.artifacts;
        for (const file of Object.values(reports)) expect([file, existsSync(join(home, file))]).toEqual([file, true]);
        const json = (file: string) => JSON.parse(readFileSync(join(home, file), 'utf8'));
        expect(codeQualityErrors(json(reports.codequality!))).toBeNull();
        for (const [kind, file] of Object.entries(reports).filter(([kind]) => SECURITY.includes(kind))) {
          const report = json(file);
          expect(gitlabErrors(report, kind.replace('_', '-'))).toBeNull();
          expect([kind, report.vulnerabilities.length > 0]).toEqual([kind, expected === 1]);
        }
      },
      120_000,
    );

    it('fetches the commit of Plimsoll that is named, and no other', async () => {
      const source = mkdtempSync(join(folder, 'source-'));
      const steps = join(source, 'ci/steps');
      mkdirSync(steps, { recursive: true });
      writeFileSync(join(source, 'plimsoll'), '#!/bin/sh\n', { mode: 0o755 });
      const git = (...args: string[]) =>
        run('git', ['-c', 'user.name=a', '-c', 'user.email=a@registry.example', ...args], { cwd: source, env: { HOME: source } });
      await git('init', '-q');
      await git('config', 'uploadpack.allowAnySHA1InWant', 'true');
      for (const word of ['first', 'second']) {
        writeFileSync(join(steps, 'secrets.sh'), `#!/bin/sh\necho "the ${word} commit looks at $1"\n`, { mode: 0o755 });
        await git('add', '.');
        await git('commit', '-qm', word);
      }
      const first = (await git('rev-parse', 'HEAD~1')).out.trim();
      const home = await project('hardened', including({ repository: `file://${source}`, revision: first }));
      const ran = await gitlab(home, {}, '--force-shell-executor', 'plimsoll-secrets');
      expect([ran.code, ran.out]).toEqual([0, expect.stringContaining('the first commit looks at .')]);
      const nothing = await gitlab(await project('hardened'), {}, '--force-shell-executor', 'plimsoll-secrets');
      expect([nothing.code, nothing.out + nothing.err]).toEqual([1, expect.stringContaining('PLIMSOLL_REPOSITORY')]);
    }, 60_000);
  });
});
