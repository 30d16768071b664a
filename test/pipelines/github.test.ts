import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type CommentsApi, expand, runSteps, type Step, type StepResult, startCommentsApi } from '../../testing/github/index.ts';
import { buildImage, dockerArchive } from '../../testing/image-builder/index.ts';
import { missing } from '../../testing/programs.ts';
import { sarifErrors } from '../../testing/published-schemas.ts';
import { type DebianRegistry, missingPrograms, startDebianRegistry } from '../../testing/registry/debian.ts';
import { ROOT, run } from '../e2e/workshop.ts';
import { read } from '../house/files.ts';
import { type Example, exampleArchive, OFFLINE, standInDocker } from './images.ts';

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string; readonly required: boolean }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string; readonly value: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}
interface Workflow {
  readonly on: { readonly workflow_call: { readonly inputs: Readonly<Record<string, { readonly default?: unknown }>> } };
  readonly permissions: object;
  readonly jobs: { readonly scan: { readonly permissions: object; readonly steps: readonly Step[] } };
}

const action: Action = parse(read('action.yml'));
const workflow: Workflow = parse(read('.github/workflows/container-scan.yml'));
const TOKEN = 'token-of-the-run';
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-github-'));
const archives: Partial<Record<Example, string>> = {};
let api: CommentsApi;

beforeAll(async () => {
  api = await startCommentsApi('team/app', TOKEN);
  for (const name of ['vulnerable', 'hardened'] as const) archives[name] = exampleArchive(name, folder);
}, 120_000);
afterAll(async () => {
  await api.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Event {
  readonly name: 'pull_request' | 'push' | 'schedule';
  readonly ref: string;
}
const PULL_REQUEST: Event = { name: 'pull_request', ref: 'refs/pull/7/merge' };
const PUSH: Event = { name: 'push', ref: 'refs/heads/main' };

/** A job: a folder of its own, what GitHub says of the run, and what was used. */
class Job {
  readonly folder = mkdtempSync(join(folder, 'job-'));
  readonly used: { readonly uses: string; readonly given: Readonly<Record<string, string>> }[] = [];
  readonly contexts: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly env: Record<string, string>;

  constructor(event: Event, more: Readonly<Record<string, string>> = {}) {
    const [workspace, temp, eventFile] = [join(this.folder, 'workspace'), join(this.folder, 'temp'), join(this.folder, 'event.json')];
    for (const each of [workspace, temp]) mkdirSync(each);
    writeFileSync(eventFile, JSON.stringify(event.name === 'pull_request' ? { pull_request: { number: 7 } } : {}));
    const github = { event_name: event.name, ref: event.ref, workspace, token: TOKEN, actor: 'someone', run_id: '5', run_attempt: '1' };
    this.contexts = { github, runner: { temp, os: 'Linux', arch: 'X64' }, job: {}, secrets: {} };
    this.env = {
      ...{ PATH: process.env.PATH ?? '', HOME: join(this.folder, 'home'), LC_ALL: 'C', ...OFFLINE },
      ...{ GITHUB_API_URL: api.url, GITHUB_REPOSITORY: 'team/app', GITHUB_EVENT_PATH: eventFile, GITHUB_WORKSPACE: workspace },
      ...{ GITHUB_EVENT_NAME: event.name, GITHUB_REF: event.ref, GITHUB_ACTIONS: 'true', RUNNER_TEMP: temp, ...more },
    };
  }

  summary(): string {
    const file = join(this.folder, 'summary.md');
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }

  /** Runs the action with these inputs, all others as they are by default; actions that end with one of these names fail. */
  async action(
    given: Readonly<Record<string, string>>,
    failing: readonly string[] = [],
  ): Promise<{ steps: readonly StepResult[]; outputs: Readonly<Record<string, string>> }> {
    const unknown = Object.keys(given).filter((name) => !(name in action.inputs));
    if (unknown.length > 0) throw new Error(`no inputs of the action: ${unknown}`);
    const defaults = Object.entries(action.inputs).map(([name, input]) => [name, expand(input.default ?? '', this.contexts)]);
    const contexts = { ...this.contexts, inputs: { ...Object.fromEntries(defaults), ...given } };
    const { steps } = action.runs;
    const results = await runSteps(steps, {
      folder: this.folder,
      contexts,
      env: { ...this.env, GITHUB_ACTION_PATH: ROOT },
      action: async (uses, withThese) => {
        this.used.push({ uses: uses.split('@')[0]!, given: withThese });
        if (failing.some((name) => uses.includes(`${name}@`))) return undefined;
        return uses.startsWith('actions/cache/restore@') ? { 'cache-hit': 'false', 'cache-primary-key': withThese.key! } : {};
      },
    });
    const ids = results.flatMap(({ outputs }, i) => (steps[i]!.id === undefined ? [] : [[steps[i]!.id, { outputs }] as const]));
    const all = { ...contexts, steps: Object.fromEntries(ids) };
    const outputs = Object.entries(action.outputs).map(([name, { value }]) => [name, expand(value, all)]);
    return { steps: results, outputs: Object.fromEntries(outputs) };
  }
}

const outcomes = (steps: readonly StepResult[]) => Object.fromEntries(steps.map(({ name, outcome }) => [name, outcome]));

describe('the action', () => {
  it('says of every input and output what it is, and has defaults for all inputs but the image', () => {
    for (const { description } of [...Object.values(action.inputs), ...Object.values(action.outputs)]) expect(description).not.toBe('');
    expect(Object.entries(action.inputs).flatMap(([name, input]) => (input.default === undefined ? [name] : []))).toEqual(['image']);
  });

  it('gives the token to the comment and to code scanning alone, and puts no expression into a script', () => {
    for (const { run: script } of action.runs.steps) expect(script ?? '').not.toContain('${{');
    const holders = action.runs.steps.filter((step) => JSON.stringify(step).includes('inputs.token')).map(({ name }) => name);
    expect(holders).toEqual(['Show in code scanning', 'Comment']);
  });

  it('shows an image full of holes everywhere, and fails at its gate', async () => {
    const job = new Job(PULL_REQUEST);
    const { steps, outputs } = await job.action({ image: `docker-archive:${archives.vulnerable}` });
    expect(outcomes(steps)).toEqual({
      'Set up': 'success',
      'Restore database and layers': 'success',
      'Build': 'skipped',
      'Scan': 'success',
      'Keep database and layers': 'success',
      'Show in code scanning': 'success',
      'Keep the reports': 'success',
      'Comment': 'success',
      'Gate': 'failure',
    });
    expect(steps.at(-1)?.out).toBe('scan: the gate failed (1)\n');
    expect(outputs).toMatchObject({ 'outcome': 'fail', 'exit-code': '1', 'version': JSON.parse(read('package.json')).version });
    for (const name of ['json', 'html', 'sarif', 'markdown', 'junit', 'sbom'])
      expect([name, existsSync(outputs[name] ?? '')]).toEqual([name, true]);
    const [restored, kept, sarif, artifact] = job.used;
    const path = `${job.env.RUNNER_TEMP}/plimsoll/cache`;
    expect(restored).toMatchObject({
      uses: 'actions/cache/restore',
      given: { path, 'key': expect.stringMatching(/^plimsoll-Linux-X64-\d{4}-\d\d-\d\d$/), 'restore-keys': 'plimsoll-Linux-X64-' },
    });
    expect(kept).toEqual({ uses: 'actions/cache/save', given: { path, key: restored!.given.key } });
    expect(sarif).toMatchObject({ uses: 'github/codeql-action/upload-sarif', given: { sarif_file: outputs.sarif, token: TOKEN } });
    expect(sarifErrors(JSON.parse(readFileSync(outputs.sarif!, 'utf8')))).toBeNull();
    const name = `plimsoll-docker-archive-${archives.vulnerable!.replaceAll('/', '-')}`;
    expect(artifact).toEqual({ uses: 'actions/upload-artifact', given: { name, path: outputs.reports } });
    const written = readFileSync(outputs.markdown!, 'utf8');
    const input = `<!-- plimsoll-input: docker-archive:${archives.vulnerable} -->`;
    expect(api.comments.get(7)?.map(({ body }) => body)).toEqual([written.replace('-->', `-->\n${input}`)]);
    expect(job.summary()).toBe(written);
    for (const { out, err } of steps) expect(out + err).not.toContain(TOKEN);
  }, 120_000);

  it('lets a sound image pass, comments on no push, and leaves out what is not wanted', async () => {
    const job = new Job(PUSH);
    const before = api.requests.length;
    const { steps, outputs } = await job.action({
      ...{
        'image': `docker-archive:${archives.hardened}`,
        'upload-sarif': 'false',
        'artifact': 'false',
        'cache': 'false',
        'language': 'ko',
      },
      ...{ args: '--type\nos,library' },
    });
    expect(Object.entries(outcomes(steps)).flatMap(([name, outcome]) => (outcome === 'success' ? [name] : []))).toEqual([
      'Set up',
      'Scan',
      'Gate',
    ]);
    expect(outputs).toMatchObject({ 'outcome': 'pass', 'exit-code': '0' });
    expect(job.used).toEqual([]);
    expect(api.requests).toHaveLength(before);
    expect(job.summary()).toMatch(/게이트/);
  }, 120_000);

  it('says error where the image cannot be read: only the log is uploaded, and the job fails whatever the gate may', async () => {
    const job = new Job(PULL_REQUEST);
    const archive = join(job.folder, 'broken.tar');
    cpSync(archives.hardened!, archive);
    await job.action({ image: `docker-archive:${archive}` });
    const verdicts = () => api.comments.get(7)?.map(({ body }) => /^## Gate: (.*)/m.exec(body)?.[1]);
    expect(verdicts()).toContain('Passed');
    writeFileSync(archive, 'no archive');
    const { steps, outputs } = await job.action({ image: `docker-archive:${job.folder}/broken.tar`, gate: 'false' });
    expect(outcomes(steps)).toMatchObject({
      'Scan': 'success',
      'Show in code scanning': 'skipped',
      'Keep the reports': 'success',
      'Comment': 'success',
      'Gate': 'failure',
    });
    expect(outputs).toMatchObject({ 'outcome': 'error', 'exit-code': '3', 'sarif': '' });
    // What the earlier commit came to is read no more.
    expect(verdicts()).not.toContain('Passed');
    expect(api.comments.get(7)?.at(-1)?.body).toMatch(/could not be judged[\s\S]*```text\n.*broken\.tar/);
    expect([steps[3]?.out, job.summary()]).toEqual([
      expect.stringMatching(/^::error title=Plimsoll::/m),
      expect.stringContaining('code 3'),
    ]);
    expect(steps.at(-1)?.out).toBe('scan: it could not be done (3)\n');
  }, 60_000);

  it('says in the comment that an image could not be built, and asks no gate', async () => {
    const job = new Job(PULL_REQUEST);
    api.comments.clear();
    const { steps } = await job.action({ image: 'app:1', context: '.', comment: 'true' });
    expect(outcomes(steps)).toMatchObject({ Build: 'failure', Scan: 'skipped', Comment: 'success', Gate: 'skipped' });
    expect(api.comments.get(7)?.[0]?.body).toMatch(/^<!-- plimsoll-input: app -->\n\n## Gate: this commit could not be judged\n/);
  }, 60_000);

  it('shows no wrong setting in the comment, which may hold a secret that the log hides', async () => {
    api.comments.clear();
    const { steps, outputs } = await new Job(PULL_REQUEST).action({ image: 'app:1', args: '--passwort=hunter2' });
    expect([outputs['exit-code'], steps[3]!.err]).toEqual(['2', expect.stringContaining('passwort')]);
    expect(api.comments.get(7)?.[0]?.body).toContain('The log of the run says why.');
    expect(api.comments.get(7)?.[0]?.body).not.toContain('passwort');
  }, 60_000);

  it('asks the gate of a fork’s pull request, whose token only reads, with the report in the summary', async () => {
    const job = new Job(PULL_REQUEST);
    api.comments.clear();
    api.refuseWrites = 403;
    const refused = ['upload-sarif', 'upload-artifact', 'cache/save'];
    const { steps, outputs } = await job.action({ image: `docker-archive:${archives.vulnerable}` }, refused);
    api.refuseWrites = undefined;
    expect(Object.entries(outcomes(steps)).flatMap(([name, outcome]) => (outcome === 'failure' ? [name] : []))).toEqual([
      'Keep database and layers',
      'Show in code scanning',
      'Keep the reports',
      'Gate',
    ]);
    expect(steps.find(({ name }) => name === 'Comment')?.out).toMatch(/^::notice title=Plimsoll::The token may not comment/);
    expect([outputs.outcome, job.summary()]).toEqual(['fail', readFileSync(outputs.markdown!, 'utf8')]);
  }, 60_000);

  it('keeps two uses in one job apart, in files, artifacts and categories', async () => {
    const job = new Job(PUSH);
    const first = await job.action({ image: `docker-archive:${archives.vulnerable}`, gate: 'false', category: 'one' });
    const second = await job.action({ image: `docker-archive:${job.folder}/broken.tar`, gate: 'false', category: 'two' });
    expect([first.outputs.outcome, second.outputs.outcome, second.outputs.json]).toEqual(['fail', 'error', '']);
    expect(existsSync(first.outputs.sarif!)).toBe(true);
    const given = (uses: string, name: string) => job.used.filter((each) => each.uses === uses).map((each) => each.given[name]);
    expect(new Set(given('actions/upload-artifact', 'name')).size).toBe(2);
    expect(given('github/codeql-action/upload-sarif', 'category')).toEqual(['one']);
  }, 120_000);

  it('lets no text of an image become a command of the runner, and no input one of the shell', async () => {
    const job = new Job(PUSH);
    const evil = ['##[set-output name=outcome;]pass', '::set-output name=outcome::pass', '##vso[task.setvariable variable=a]b'];
    const image = buildImage({
      platform: { os: 'linux', architecture: 'amd64' },
      created: '2025-01-01T00:00:00Z',
      steps: evil.map((text) => ({
        createdBy: `RUN ${text}`,
        files: [{ path: `srv/${text}/node_modules/lodash/package.json`, content: '{"name":"lodash","version":"4.17.15"}' }],
      })),
    });
    const archive = join(job.folder, "$(touch pwned) 'a' ;touch pwned.tar");
    writeFileSync(archive, dockerArchive(image, ['registry.example/a:1']));
    const { steps, outputs } = await job.action({
      'image': `docker-archive:${archive}`,
      'args': '--severity\n$(touch pwned)',
      'fail-on': '`touch pwned`',
      'gate': 'false',
    });
    expect(outputs).toMatchObject({ 'outcome': 'error', 'exit-code': '2' });
    const read = await job.action({ image: `docker-archive:${archive}`, gate: 'false' });
    for (const { out, err } of [...steps, ...read.steps]) expect(out + err).not.toMatch(/##\w*\[|^\W*::(?!error title=Plimsoll::)/m);
    expect([read.outputs.outcome, read.steps[3]?.out]).toEqual(['fail', expect.stringContaining('## [set-output name=outcome;]pass')]);
    expect(existsSync(join(job.env.GITHUB_WORKSPACE!, 'pwned'))).toBe(false);
  }, 120_000);

  it('shows findings at the lines of the Dockerfile, and fails only for what a baseline does not have', async () => {
    const given = {
      image: `docker-archive:${archives.vulnerable}`,
      dockerfile: join(ROOT, 'examples/vulnerable/Dockerfile'),
      gate: 'false',
    };
    // Every machine has another key for what it keeps of secrets, so that a baseline needs one that they share.
    const key = { PLIMSOLL_SECRETS_KEY: 'shared by all machines of the team' };
    const { outputs } = await new Job(PUSH, key).action(given);
    expect(readFileSync(outputs.sarif!, 'utf8')).toMatch(/"uri":\s*"[^"]*Dockerfile"/);
    const held = await new Job(PULL_REQUEST, key).action({ ...given, 'baseline': outputs.json!, 'fail-on': 'new:low', 'comment': 'false' });
    expect([outputs.outcome, held.outputs.outcome]).toEqual(['fail', 'pass']);
    const [first] = JSON.parse(readFileSync(outputs.json!, 'utf8')).findings;
    expect(first.severity).toBe('critical');
  }, 120_000);

  it('heeds the exceptions that it is given', async () => {
    const job = new Job(PUSH);
    const file = join(job.folder, 'accepted.yaml');
    writeFileSync(file, 'version: 1\nexceptions:\n  - max-severity: critical\n    reason: a test\n');
    const { steps, outputs } = await job.action({ image: `docker-archive:${archives.vulnerable}`, exceptions: file, gate: 'false' });
    expect([outputs.outcome, outputs.outcome === 'pass' ? '' : steps[3]?.out.slice(0, 3000) + steps[3]!.err]).toEqual(['pass', '']);
  }, 60_000);

  it('only tells with gate: false', async () => {
    const { steps, outputs } = await new Job(PUSH).action({
      image: `docker-archive:${archives.vulnerable}`,
      gate: 'false',
      severity: 'critical',
    });
    expect(outcomes(steps).Gate).toBe('skipped');
    expect(outputs.outcome).toBe('fail');
  }, 60_000);
});

const absent = [...missingPrograms(), ...missing('skopeo')];

describe('the reusable workflow', () => {
  let registry: DebianRegistry | undefined;
  beforeAll(async () => {
    if (absent.length === 0) registry = await startDebianRegistry(mkdtempSync(join(folder, 'registry-')), 'someone', TOKEN);
  });
  afterAll(() => registry?.close());

  it('grants nothing but what its job needs', () => {
    expect(workflow.permissions).toEqual({});
    const permissions = { 'contents': 'read', 'security-events': 'write', 'pull-requests': 'write', 'packages': 'write' };
    expect(workflow.jobs.scan.permissions).toEqual(permissions);
    for (const step of workflow.jobs.scan.steps) {
      expect(step.run ?? '').not.toContain('${{');
      if (step.uses?.startsWith('actions/checkout@')) expect(step.with?.['persist-credentials']).toBe(false);
    }
    const holders = workflow.jobs.scan.steps.filter((step) => /secrets\.registry-password|github\.token/.test(JSON.stringify(step)));
    expect(holders.map(({ name }) => name)).toEqual(['Push']);
  });

  async function runWorkflow(event: Event, example: Example): Promise<{ steps: readonly StepResult[]; job: Job; image: string }> {
    const bin = mkdtempSync(join(folder, 'bin-'));
    const host = registry?.host ?? 'registry.example';
    const job = new Job(event, {
      PATH: `${standInDocker(bin, archives[example]!)}:${process.env.PATH}`,
      REGISTRY_AUTH_FILE: join(bin, 'auth.json'),
      SSL_CERT_FILE: join(bin, 'ca.pem'),
    });
    writeFileSync(join(bin, 'ca.pem'), registry?.ca ?? '');
    const image = `${host}/team/${example}-${event.name}:1.0`;
    const given = { image, push: true };
    const inputs = {
      ...Object.fromEntries(Object.entries(workflow.on.workflow_call.inputs).map(([name, each]) => [name, each.default ?? ''])),
      ...given,
    };
    const contexts = { ...job.contexts, inputs, job: { workflow_repository: 'owner/plimsoll', workflow_sha: 'c0ffee' } };
    const steps = await runSteps(workflow.jobs.scan.steps, {
      folder: job.folder,
      contexts,
      env: job.env,
      action: async (uses, withThese) => {
        const path = join(job.env.GITHUB_WORKSPACE!, withThese.path ?? '');
        if (uses.startsWith('actions/checkout@') && withThese.repository === undefined) mkdirSync(path);
        else if (uses.startsWith('actions/checkout@')) {
          expect([withThese.repository, withThese.ref]).toEqual(['owner/plimsoll', 'c0ffee']);
          expect((await run('ln', ['-s', ROOT, path])).code).toBe(0);
        } else {
          expect(uses).toBe('./plimsoll');
          const { steps: inner, outputs } = await job.action(withThese);
          return inner.some(({ outcome }) => outcome === 'failure') ? undefined : outputs;
        }
        return {};
      },
    });
    expect(readFileSync(join(bin, 'docker.log'), 'utf8').split('\n')).toEqual([
      `build --tag ${image} .`,
      expect.stringMatching(new RegExp(`^save --output ${job.env.RUNNER_TEMP}/plimsoll/use-\\w+/image\\.tar ${image}$`)),
      '',
    ]);
    return { steps, job, image };
  }

  it.skipIf(absent.length > 0)(
    `builds, scans, and pushes what passed, from the main branch (needs the package ${absent})`,
    async () => {
      const { steps, job, image } = await runWorkflow(PUSH, 'hardened');
      expect(steps.map(({ outcome }) => outcome)).toEqual(['success', 'success', 'success', 'success']);
      expect(steps.at(-1)?.out).toContain(`pushed: ${image}\n`);
      // The registry's image is the archive's: the same configuration, which names every layer's content.
      const configuration = await run('skopeo', ['inspect', '--config', '--raw', `docker://${image}`], { env: job.env });
      const archived = await run('skopeo', ['inspect', '--config', '--raw', `docker-archive:${archives.hardened}`]);
      expect([configuration.code, configuration.out]).toEqual([0, archived.out]);
    },
    120_000,
  );

  it('pushes nothing where the gate fails', async () => {
    const { steps } = await runWorkflow(PUSH, 'vulnerable');
    expect(steps.map(({ outcome }) => outcome)).toEqual(['success', 'success', 'failure', 'skipped']);
  }, 120_000);

  it.each([PULL_REQUEST, { name: 'schedule', ref: 'refs/heads/main' }, { name: 'push', ref: 'refs/heads/other' }] as const)(
    'pushes nothing for $name of $ref',
    async (event) => {
      const { steps } = await runWorkflow(event, 'hardened');
      expect(steps.map(({ outcome }) => outcome)).toEqual(['success', 'success', 'success', 'skipped']);
    },
    120_000,
  );
});
