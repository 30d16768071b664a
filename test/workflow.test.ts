import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { upstreams } from '../src/advisories/upstreams.ts';
import { type FakeRegistry, startRegistry } from '../testing/registry/index.ts';
import { ROOT, run } from './e2e/workshop.ts';
import { projectFiles, read } from './house/files.ts';

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

interface Job {
  readonly 'runs-on': string;
  readonly 'needs'?: string;
  readonly 'if'?: string;
  readonly 'timeout-minutes': number;
  readonly 'permissions': Readonly<Record<string, string>>;
  readonly 'env'?: Readonly<Record<string, string>>;
  readonly 'steps': readonly Step[];
}

interface Workflow {
  readonly name: string;
  readonly on: { readonly schedule: readonly { readonly cron: string }[]; readonly workflow_dispatch: null };
  readonly concurrency: { readonly 'group': string; readonly 'cancel-in-progress': boolean };
  readonly permissions: object;
  readonly jobs: Readonly<Record<'publish' | 'tell', Job>>;
}

/** A vulnerability group as Arch's tracker publishes it. Source: https://security.archlinux.org/all.json, its fields. */
const GROUP = {
  ...{ name: 'AVG-1194', packages: ['curl'], status: 'Fixed', severity: 'High', affected: '7.70.0-1', fixed: '7.71.0-1' },
  ...{ issues: ['CVE-2020-8177'], advisories: [] },
};
const FILE = '.github/workflows/advisory-database.yml';
const text = read(FILE);
const workflow: Workflow = parse(text);
const { publish, tell } = workflow.jobs;

// Source of names and contexts: GitHub's documentation, "Workflow syntax for GitHub Actions" and "Contexts".
describe('the workflow that publishes the database', () => {
  it('has only keys that workflows, jobs and steps have', () => {
    expect(Object.keys(workflow).sort()).toEqual(['concurrency', 'defaults', 'jobs', 'name', 'on', 'permissions']);
    const jobKeys = ['defaults', 'env', 'if', 'needs', 'permissions', 'runs-on', 'steps', 'timeout-minutes'];
    for (const job of Object.values(workflow.jobs)) {
      expect(Object.keys(job).filter((key) => !jobKeys.includes(key))).toEqual([]);
      for (const step of job.steps) {
        expect(Object.keys(step).filter((key) => !['name', 'uses', 'run', 'if', 'with', 'env'].includes(key))).toEqual([]);
        expect([step.uses, step.run].filter((each) => each !== undefined)).toHaveLength(1);
      }
    }
  });

  it('runs every six hours, one at a time, for a bounded time', () => {
    expect(workflow.on.schedule).toEqual([{ cron: expect.stringMatching(/^[1-5]?\d \*\/6 \* \* \*$/) }]);
    expect(workflow.concurrency).toEqual({ 'group': 'advisory-database', 'cancel-in-progress': false });
    for (const job of Object.values(workflow.jobs)) expect(job['timeout-minutes']).toBeGreaterThan(0);
  });

  it('may do no more than it needs', () => {
    expect(workflow.permissions).toEqual({});
    expect(publish.permissions).toEqual({ contents: 'read', packages: 'write' });
    expect(tell.permissions).toEqual({ issues: 'write' });
    expect(publish.steps[0]).toMatchObject({ uses: expect.stringMatching(/^actions\/checkout@/), with: { 'persist-credentials': false } });
  });

  it('gives the token to the steps that need it, and puts no expression into a script', () => {
    for (const job of Object.values(workflow.jobs)) {
      expect(JSON.stringify(job.env ?? {})).not.toMatch(/token|secrets/);
      for (const step of job.steps) expect(step.run ?? '').not.toContain('${{');
    }
    const holders = publish.steps.filter((step) => JSON.stringify(step.env ?? {}).includes('github.token'));
    expect(holders.map((step) => step.name)).toEqual(['Publish']);
  });

  it('keeps the mirror from run to run, also after a failure', () => {
    const [restore, save] = publish.steps.filter((step) => step.uses?.startsWith('actions/cache/'));
    expect(restore?.with).toMatchObject({ 'path': '.cache/feeds', 'restore-keys': 'advisory-feeds-' });
    expect(String(restore?.with?.key).startsWith('advisory-feeds-')).toBe(true);
    expect(save).toMatchObject({ if: '!cancelled()', with: { path: '.cache/feeds', key: restore?.with?.key } });
    expect(publish.env?.PLIMSOLL_CACHE_DIR).toMatch(/^\$\{\{ github\.workspace \}\}\/\.cache$/);
  });

  it('is seen when it fails', () => {
    expect(tell).toMatchObject({ needs: 'publish', if: 'failure()' });
  });
});

it('pins every action of every workflow, and of our own action, to a whole commit, with its version beside it', () => {
  const workflows = projectFiles().filter((file) => /^(\.github\/workflows\/.*|action)\.ya?ml$/.test(file));
  expect(workflows).toEqual(expect.arrayContaining([FILE, 'action.yml']));
  for (const file of workflows) {
    const used = [...readFileSync(join(ROOT, file), 'utf8').matchAll(/^\s*(?:- )?uses: (.*)$/gm)].map(([, what]) => what);
    // What a job has checked out itself is pinned there.
    const others = used.filter((what) => !what?.startsWith('./'));
    expect(others.filter((what) => !/^[\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(what ?? ''))).toEqual([]);
  }
});

describe('its scripts', () => {
  const work = mkdtempSync(join(tmpdir(), 'plimsoll-workflow-'));
  const summary = join(work, 'summary');
  let registry: FakeRegistry;

  beforeAll(async () => {
    registry = await startRegistry({ auth: { kind: 'bearer', users: { someone: 'token' } } });
  });
  afterAll(async () => {
    await registry.close();
    rmSync(work, { recursive: true, force: true });
  });

  /** Runs a step as GitHub's runner does: `shell: bash` is `bash --noprofile --norc -eo pipefail`. */
  function runStep(step: Step, more: Readonly<Record<string, string>>) {
    const values: Readonly<Record<string, string>> = {
      ...{ 'env.REGISTRY': registry.host, 'github.actor': 'someone', 'github.token': 'token', 'secrets.NVD_API_KEY': '' },
      ...{ 'github.server_url': 'https://github.com', 'github.repository': 'Some-One/plimsoll', 'github.run_id': '7' },
    };
    const expand = (value: string) => value.replace(/\$\{\{ ([\w.]+) \}\}/g, (_, name: string) => values[name] ?? `unknown ${name}`);
    const own = Object.fromEntries(Object.entries(step.env ?? {}).map(([name, value]) => [name, expand(value)]));
    const given = { HOME: work, GITHUB_STEP_SUMMARY: summary, GITHUB_REPOSITORY_OWNER: 'Some-One', REGISTRY: registry.host };
    const env = { ...given, PLIMSOLL_CACHE_DIR: join(work, 'cache'), ...own, ...more };
    return run('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run ?? ''], { env });
  }

  it('bring the feeds up to date, and publish what was built of them, where others then find it', async () => {
    mkdirSync(join(work, 'arch'));
    writeFileSync(join(work, 'arch/all.json'), JSON.stringify([GROUP]));
    // Of all upstreams one is asked, in a folder that is laid out as its server is.
    const others = upstreams.filter(({ id }) => id !== 'arch-avg').map(({ id }) => `${id}=no`);
    const feeds = { PLIMSOLL_FEEDS: [...others, `arch-avg=file://${work}/arch/`].join(',') };
    const steps = publish.steps.filter((step) => step.run !== undefined);
    expect(steps[0]?.run).toBe('./plimsoll db update');
    for (const step of steps) {
      const { code, err } = await runStep(step, feeds);
      expect(`${code} ${err}`).toBe('0 ');
    }
    expect(readFileSync(summary, 'utf8')).toContain('arch-avg');
    const credentials = { PLIMSOLL_REGISTRY_USERNAME: 'someone', PLIMSOLL_REGISTRY_PASSWORD: 'token' };
    const env = { HOME: work, PLIMSOLL_CACHE_DIR: join(work, 'other'), ...credentials };
    const source = `${registry.host}/some-one/plimsoll-db:1`;
    mkdirSync(join(work, 'app'));
    const scanned = await run(join(ROOT, 'plimsoll'), ['scan', `rootfs:${join(work, 'app')}`, '--db-source', source, '-f', 'json'], {
      env,
    });
    expect(JSON.parse(scanned.out).database).toMatchObject({ source, feeds: [{ id: 'arch-avg' }] });
    expect((await run(join(ROOT, 'plimsoll'), ['db', 'pull', source], { env })).code).toBe(0);
    expect((await run(join(ROOT, 'plimsoll'), ['db', 'search', 'curl'], { env })).out).toContain('7.71.0-1');
  }, 120_000);

  it('fail where the registry refuses', async () => {
    const step = publish.steps.find(({ name }) => name === 'Publish')!;
    const { code, err } = await runStep(step, { PLIMSOLL_REGISTRY_PASSWORD: 'wrong' });
    expect([code, err]).toEqual([3, expect.stringContaining('registry-credentials-refused')]);
  }, 60_000);

  it.each([
    ['open an issue where none is open', '', 'issue create --title The advisory database was not published'],
    ['add to the issue that is open', '12', 'issue comment 12 --body Again: https://github.com/Some-One/plimsoll/actions/runs/7'],
  ])('%s', async (_, open, expected) => {
    const bin = join(work, `bin${open}`);
    const log = join(work, `gh${open}.log`);
    mkdirSync(bin);
    writeFileSync(join(bin, 'gh'), `#!/bin/sh\necho "$@" >> "${log}"\n[ "$2" != list ] || printf '%s' '${open}'\n`);
    chmodSync(join(bin, 'gh'), 0o755);
    const { code } = await runStep(tell.steps[0]!, { PATH: `${bin}:${process.env.PATH}` });
    expect(code).toBe(0);
    expect(readFileSync(log, 'utf8').split('\n')[1]).toContain(expected);
  });
});
