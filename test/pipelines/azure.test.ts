import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { problemsOfAzure } from '../../testing/pipeline-schemas.ts';
import { read } from '../house/files.ts';
import { type Example, exampleArchive } from './images.ts';
import { agent, runScripts } from './run-scripts.ts';

interface Step {
  readonly task?: string;
  readonly script?: string;
  readonly displayName?: string;
  readonly condition?: string;
  readonly env?: object;
  readonly inputs?: Readonly<Record<string, string>>;
}

const text = read('ci/azure/azure-pipelines.yml');
const { steps, variables } = parse(text) as { steps: readonly Step[]; variables: Readonly<Record<string, string>> };
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-azure-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('ci/azure/azure-pipelines.yml', () => {
  it('is valid by the schema of the service, which would object', () => {
    expect(problemsOfAzure(text)).toEqual([]);
    expect(problemsOfAzure(text.replace('displayName: Gate', 'displayname: Gate'))).not.toEqual([]);
    expect(problemsOfAzure(text.replace('pool:', 'pools:'))).not.toEqual([]);
  });

  it('publishes reports before the gate, and gives the password to the push alone, from main', () => {
    const names = steps.map(({ displayName, task }) => displayName ?? task);
    expect(names.slice(-5)).toEqual(['Secrets', 'Show the findings as tests', 'Keep the reports', 'Gate', 'Push']);
    expect(steps.filter((step) => JSON.stringify(step).includes('PASSWORD')).map(({ displayName }) => displayName)).toEqual(['Push']);
    expect(steps.at(-1)?.condition).toContain("eq(variables['Build.SourceBranch'], 'refs/heads/main')");
  });

  it.each([
    ['vulnerable', 1],
    ['hardened', 0],
  ] as const)(
    'its scripts, with examples/%s, end at the gate with %i',
    async (example, expected) => {
      const results = await runPipeline(example);
      expect(Object.entries(results).flatMap(([name, { code }]) => (code === 0 ? [] : [name]))).toEqual(expected === 0 ? [] : ['Gate']);
      expect(results.Gate).toMatchObject({ code: expected, out: expect.stringContaining('lint: ') });
      if (expected === 0)
        expect(results.Push?.out).toBe(
          'scan: passed (0)\nlint: passed (0)\nsecrets: passed (0)\nnot pushed: only main is, and this is other\n',
        );
    },
    120_000,
  );
});

async function runPipeline(example: Example) {
  const machine = { 'Agent.TempDirectory': folder, 'Pipeline.Workspace': folder, 'Build.ArtifactStagingDirectory': join(folder, example) };
  const filled = (value: string) =>
    value.replace(/\$\(([\w.]+)\)/g, (_, name: string) => (machine as Record<string, string>)[name] ?? `unknown-${name}`);
  const env = Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, filled(String(value))]));
  const made = agent(folder, example, exampleArchive(example, folder), { ...env, BUILD_SOURCEBRANCH: 'refs/heads/other' });
  // The checkout that is there already; and `skopeo login` needs a registry, which the push that is not done needs none of.
  const scripts = steps.flatMap(({ script, displayName }) =>
    script === undefined ? [] : [{ name: displayName!, script: script.replace(/^.*skopeo login.*$/m, '') }],
  );
  const results = await runScripts(scripts, { ...made, env: { ...made.env, PLIMSOLL_HOME: join(import.meta.dirname, '../..') } });
  const files = readdirSync(join(folder, example, 'plimsoll'));
  expect(files).toEqual(
    expect.arrayContaining(['report.sarif', 'lint.sarif', 'secrets.sarif', 'scan.junit.xml', 'lint.junit.xml', 'secrets.junit.xml']),
  );
  return results;
}
