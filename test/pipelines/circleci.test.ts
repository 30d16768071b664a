import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { problemsOfCircleCi } from '../../testing/pipeline-schemas.ts';
import { ROOT } from '../e2e/workshop.ts';
import { read } from '../house/files.ts';
import { servicePipelineContract } from './service-contract.ts';

type Step = string | Readonly<Record<string, Readonly<Record<string, unknown>>>>;
interface Job {
  readonly environment: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

const file = 'ci/circleci/config.yml';
const { jobs, workflows } = parse(read(file)) as {
  jobs: Readonly<Record<'container-scan' | 'push', Job>>;
  workflows: Readonly<Record<string, { jobs: readonly unknown[] }>>;
};

servicePipelineContract({
  file,
  problems: problemsOfCircleCi,
  broken: [
    ['command: |', 'comand: |'],
    ['version: 2.1', 'version: 7'],
  ],
  // Both jobs on one machine: what the first leaves in the workspace is what the second is given.
  parts: (home) => {
    symlinkSync(ROOT, join(home, 'home'));
    const local = (value: unknown) => String(value).replaceAll('/tmp/plimsoll', home);
    const both = [jobs['container-scan'], jobs.push];
    const env = Object.fromEntries(
      both.flatMap(({ environment }) => Object.entries(environment).map(([name, value]) => [name, local(value)])),
    );
    const scripts = both
      .flatMap(({ steps }) => steps)
      .flatMap((step) => (typeof step !== 'string' && step.run ? [step.run] : []))
      // What is installed here is installed already.
      .map(({ name, command }) => ({ name: String(name), script: local(command).replace(/^sudo apt-get .*$/m, '') }));
    return { scripts, env: { ...env, CIRCLECI: 'true', CIRCLE_BRANCH: 'other' } };
  },
  // Source: CircleCI's documentation, "run": the shell of Linux jobs.
  shell: ['bash', '-eo', 'pipefail', '-c'],
});

it('CircleCI: pushes in a job of its own, after the gate, from main only; a nightly run has none', () => {
  expect(workflows.change?.jobs).toEqual([
    'container-scan',
    { push: { requires: ['container-scan'], context: 'registry', filters: { branches: { only: 'main' } } } },
  ]);
  expect(workflows.nightly?.jobs).toEqual(['container-scan']);
  expect(JSON.stringify(jobs['container-scan'])).not.toContain('PASSWORD');
});
