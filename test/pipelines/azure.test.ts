import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { problemsOfAzure } from '../../testing/pipeline-schemas.ts';
import { ROOT } from '../e2e/workshop.ts';
import { read } from '../house/files.ts';
import { servicePipelineContract } from './service-contract.ts';

interface Step {
  readonly task?: string;
  readonly script?: string;
  readonly displayName?: string;
  readonly condition?: string;
  readonly env?: object;
  readonly target?: object;
}

const file = 'ci/azure/azure-pipelines.yml';
const { steps, variables } = parse(read(file)) as { steps: readonly Step[]; variables: Readonly<Record<string, string>> };

servicePipelineContract({
  file,
  problems: problemsOfAzure,
  broken: [
    ['displayName: Gate', 'displayname: Gate'],
    ['pool:', 'pools:'],
    ['commands: restricted', 'commands: none'],
  ],
  parts: (home) => {
    const filled = (value: string) =>
      value.replace(/\$\((?:Agent\.TempDirectory|Pipeline\.Workspace|Build\.ArtifactStagingDirectory)\)/g, home);
    const env = Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, filled(String(value))]));
    return {
      scripts: steps.flatMap(({ script, displayName }) => (script === undefined ? [] : [{ name: displayName!, script }])),
      // The checkout of Plimsoll that is there already.
      env: { ...env, PLIMSOLL_HOME: ROOT, BUILD_SOURCEBRANCH: 'refs/heads/other' },
    };
  },
  // Source: microsoft/azure-pipelines-agent: a script of Linux agents is a file that bash runs without start-up files.
  shell: ['bash', '--noprofile', '--norc', '-c'],
});

it('Azure: publishes reports before the gate, and gives the password to the push alone, from main', () => {
  const names = steps.map(({ displayName, task }) => displayName ?? task);
  expect(names.slice(-5)).toEqual(['Secrets', 'Show the findings as tests', 'Keep the reports', 'Gate', 'Push']);
  expect(steps.filter((step) => JSON.stringify(step).includes('PASSWORD')).map(({ displayName }) => displayName)).toEqual(['Push']);
  expect(steps.at(-1)?.condition).toContain("eq(variables['Build.SourceBranch'], 'refs/heads/main')");
});

// Source: Microsoft, "target", "target.settableVariables": what a step prints may set variables of the steps after it otherwise.
it('Azure: no step that shows what somebody else wrote can set a variable', () => {
  const restricted = steps.filter(({ target }) => target !== undefined);
  expect(restricted.map(({ displayName }) => displayName)).toEqual(['Build', 'Scan', 'Lint', 'Secrets']);
  for (const { target } of restricted) expect(target).toEqual({ container: 'host', commands: 'restricted', settableVariables: 'none' });
});
