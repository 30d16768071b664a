import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { problemsOfJenkins } from '../../testing/pipeline-schemas.ts';
import { ROOT, run } from '../e2e/workshop.ts';
import { exampleArchive } from './images.ts';
import { agent } from './run-scripts.ts';

interface Ended {
  readonly stages: readonly { readonly name: string; readonly result: string }[];
  readonly steps: readonly {
    readonly step: string;
    readonly script?: string;
    readonly code?: number;
    readonly out?: string;
    readonly given?: object;
  }[];
}

const JENKINSFILE = join(ROOT, 'ci/jenkins/Jenkinsfile');
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-jenkins-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Where Java is, for Debian's groovy, which looks for it elsewhere; undefined without either. */
function javaHome(): string | undefined {
  try {
    execFileSync('sh', ['-c', 'command -v groovy'], { stdio: 'ignore' });
    const java = execFileSync('sh', ['-c', 'command -v java'], { encoding: 'utf8' }).trim();
    return dirname(dirname(realpathSync(java)));
  } catch {
    return undefined;
  }
}
const java = javaHome();

/** What these files come to, by one start of Groovy, which takes longer than they do. */
async function groovy(
  files: readonly string[],
  workspace: string,
  params: object,
  env: Readonly<Record<string, string>>,
): Promise<readonly (Ended | { readonly error: string })[]> {
  const { code, out, err } = await runGroovy('declarative', [workspace, JSON.stringify(params), ...files], env);
  if (code !== 0) throw new Error(err + out);
  return out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

function runGroovy(script: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return run('groovy', [join(ROOT, `testing/jenkins/${script}.groovy`), ...args], { env: { ...env, JAVA_HOME: java ?? '' } });
}

function repeated(names: readonly string[]): readonly string[] {
  return names.filter((name, i) => names.indexOf(name) !== i);
}

/** The Jenkinsfile with these replacements, a file each. */
function broken(replacements: readonly (readonly [from: string, to: string])[]): readonly string[] {
  const text = readFileSync(JENKINSFILE, 'utf8');
  return replacements.map(([from, to], i) => {
    expect(text).toContain(from);
    const file = join(folder, `Broken${i}`);
    writeFileSync(file, text.replace(from, to));
    return file;
  });
}

async function pipeline(
  example: 'vulnerable' | 'hardened',
  branch: string,
  params: object,
): Promise<Ended & { readonly workspace: string }> {
  const made = agent(folder, example, exampleArchive(example, folder), {});
  const { IMAGE: _parameter, ...env } = made.env;
  const temporary = mkdtempSync(join(folder, 'tmp-'));
  const jenkins = {
    WORKSPACE_TMP: temporary,
    BRANCH_NAME: branch,
    JOB_NAME: 'app',
    BUILD_NUMBER: '5',
    BUILD_URL: 'https://jenkins.example/5/',
  };
  const given = { IMAGE: 'registry.example/team/app:1.0', ...params };
  const [ended] = await groovy([JENKINSFILE], made.workspace, given, { ...env, ...jenkins });
  if (ended === undefined || 'error' in ended) throw new Error(ended?.error);
  return { ...ended, workspace: made.workspace };
}

const results = ({ stages }: Ended) => Object.fromEntries(stages.map(({ name, result }) => [name, result]));
const otherSteps = ({ steps }: Ended) => steps.filter(({ step }) => step !== 'sh').map(({ step }) => step);

describe('ci/jenkins/Jenkinsfile', () => {
  it('looks at image, configuration and secrets at once, and pushes after the gate', () => {
    const text = readFileSync(JENKINSFILE, 'utf8');
    const stages = [...text.matchAll(/stage\('(\w+)'\)/g)].map(([, name]) => name);
    expect(stages).toEqual(['Prepare', 'Build', 'Look', 'Scan', 'Lint', 'Secrets', 'Gate', 'Push']);
    expect(text.indexOf('parallel {')).toBeGreaterThan(text.indexOf("stage('Look')"));
    // Nothing of Groovy's own gets into what the shell reads.
    for (const [, script] of text.matchAll(/\bsh '''([\s\S]*?)'''|\bsh "/g)) expect(script).toBeDefined();
  });

  describe.skipIf(java === undefined)('compiled and run by Groovy (needs the package groovy, which brings a Java)', () => {
    it('is valid by Jenkins’ own schema of declarative pipelines, which would object', async () => {
      const invalid = broken([
        ['    agent any\n', ''],
        ['parallel {', 'concurrent {'],
        ['        always {\n', '        always {\n        }\n        changed {\n'],
        ["        cron('H 3 * * *')\n", ''],
        ['            when {\n', '            whenever {\n'],
        ["        MAIN_BRANCH = 'main'\n", "        MAIN_BRANCH = 'main'\n    }\n    tool {\n"],
      ]);
      const { code, out, err } = await runGroovy('ast', [JENKINSFILE, ...invalid]);
      expect([code, err]).toEqual([0, '']);
      const [whole, ...others] = out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(problemsOfJenkins(whole)).toEqual([]);
      expect(whole.pipeline.stages.map(({ name }: { name: string }) => name)).toEqual(['Prepare', 'Build', 'Look', 'Gate', 'Push']);
      // What Jenkins' validator wants beyond its schema: names that are each another, conditions that there are.
      const { stages, options, parameters, environment, post } = whole.pipeline;
      const inner = stages.flatMap(({ parallel = [] }: { parallel?: readonly object[] }) => parallel);
      for (const named of [[...stages, ...inner], options.options])
        expect(repeated(named.map(({ name }: { name: string }) => name))).toEqual([]);
      expect(repeated(environment.map(({ key }: { key: string }) => key))).toEqual([]);
      expect(parameters.parameters.map(({ name }: { name: string }) => name)).toEqual(['string', 'string', 'string', 'booleanParam']);
      expect(post.conditions.map(({ condition }: { condition: string }) => condition)).toEqual(['always', 'failure']);
      expect(others.map((each) => problemsOfJenkins(each).length > 0)).toEqual(invalid.map(() => true));
    }, 60_000);

    it('stops at the gate, with all reports published and a mail sent', async () => {
      const ended = await pipeline('vulnerable', 'main', { MAIL_TO: 'team@registry.example', PUSH: true });
      expect(results(ended)).toEqual({
        ...{ Prepare: 'success', Build: 'success', Look: 'parallel', Scan: 'success', Lint: 'success', Secrets: 'success' },
        ...{ Gate: 'failure', Push: 'skipped' },
      });
      expect(otherSteps(ended)).toEqual(['archiveArtifacts', 'junit', 'recordIssues', 'publishHTML', 'mail']);
      expect(ended.steps.at(-1)?.given).toMatchObject({
        to: 'team@registry.example',
        body: 'registry.example/team/app:1.0: see https://jenkins.example/5/',
      });
      expect(ended.steps.find(({ script }) => script?.includes('gate.sh'))).toMatchObject({
        code: 1,
        out: expect.stringContaining('scan: the gate failed (1)'),
      });
      for (const file of ['report.html', 'scan.junit.xml', 'lint.junit.xml', 'secrets.junit.xml', 'report.sarif']) {
        expect([file, existsSync(join(ended.workspace, 'plimsoll-reports', file))]).toEqual([file, true]);
      }
    }, 120_000);

    it('pushes what passed from the main branch only, and sends no mail', async () => {
      const ended = await pipeline('hardened', 'feature', { MAIL_TO: 'team@registry.example', PUSH: true });
      expect(results(ended)).toMatchObject({ Gate: 'success', Push: 'skipped' });
      expect(otherSteps(ended)).toEqual(['archiveArtifacts', 'junit', 'recordIssues', 'publishHTML']);
    }, 120_000);

    it('is run by a model that knows what stands in it, and would refuse anything else', async () => {
      const files = broken([
        ["sh '''", "shell '''"],
        ['parallel {', 'concurrent {'],
        ["stage('Gate') {\n            steps", "stage('Gate') {\n            when"],
        ['disableConcurrentBuilds()', 'disableConcurrent()'],
        ['testResults:', 'results:'],
        ['pipeline {', 'pipeline {{'],
      ]);
      const workspace = mkdtempSync(join(folder, 'broken-'));
      // No step of it gets far: there is no such program, and nowhere to put one.
      const env = { HOME: folder, WORKSPACE_TMP: folder, PLIMSOLL_HOME: '/dev/null/plimsoll' };
      const [whole, ...others] = await groovy([JENKINSFILE, ...files], workspace, {}, env);
      expect(whole).toMatchObject({ failed: true, stages: expect.arrayContaining([{ name: 'Prepare', result: 'failure' }]) });
      expect(others.map((each) => ('error' in each ? each.error : ''))).toEqual([
        expect.stringContaining('Steps knows no shell'),
        expect.stringContaining('Stage knows no concurrent'),
        expect.stringContaining('stage Gate needs steps or parallel'),
        expect.stringContaining('Options knows no disableConcurrent'),
        expect.stringContaining('false       [testResults]'),
        expect.stringContaining('MultipleCompilationErrorsException'),
      ]);
    }, 60_000);
  });
});
