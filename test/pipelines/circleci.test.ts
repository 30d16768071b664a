import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { problemsOfCircleCi } from '../../testing/pipeline-schemas.ts';
import { ROOT } from '../e2e/workshop.ts';
import { read } from '../house/files.ts';
import { exampleArchive } from './images.ts';
import { agent, runScripts } from './run-scripts.ts';

type Step = string | Readonly<Record<string, Readonly<Record<string, unknown>>>>;
interface Job {
  readonly environment: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

const text = read('ci/circleci/config.yml');
const config = parse(text) as {
  jobs: Readonly<Record<'container-scan' | 'push', Job>>;
  workflows: Readonly<Record<string, { jobs: readonly unknown[] }>>;
};
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-circleci-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('ci/circleci/config.yml', () => {
  it('is valid by the schema of the service, which would object', () => {
    expect(problemsOfCircleCi(text)).toEqual([]);
    expect(problemsOfCircleCi(text.replace('command: |', 'comand: |'))).not.toEqual([]);
    expect(problemsOfCircleCi(text.replace('version: 2.1', 'version: 7'))).not.toEqual([]);
  });

  it('pushes in a job of its own, after the gate, from main only; a nightly run has none', () => {
    expect(config.workflows.change?.jobs).toEqual([
      'container-scan',
      { push: { requires: ['container-scan'], context: 'registry', filters: { branches: { only: 'main' } } } },
    ]);
    expect(config.workflows.nightly?.jobs).toEqual(['container-scan']);
    expect(JSON.stringify(config.jobs['container-scan'])).not.toContain('PASSWORD');
  });

  it.each([
    ['vulnerable', 1],
    ['hardened', 0],
  ] as const)(
    'its scripts, with examples/%s, end at the gate with %i',
    async (example, expected) => {
      const home = mkdtempSync(join(folder, 'home-'));
      const local = (value: string) => value.replaceAll('/tmp/plimsoll', home);
      const { environment, steps } = config.jobs['container-scan'];
      const env = Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, local(String(value))]));
      const scripts = steps.flatMap((step) =>
        typeof step !== 'string' && step.run ? [{ name: String(step.run.name), script: local(String(step.run.command)) }] : [],
      );
      const made = agent(folder, example, exampleArchive(example, folder), { ...env, PLIMSOLL_HOME: ROOT });
      // Source: CircleCI's documentation, "run": the shell of Linux jobs.
      const results = await runScripts(scripts, made, ['bash', '-eo', 'pipefail', '-c']);
      expect(Object.entries(results).map(([name, { code }]) => [name, code])).toEqual([
        ...['Set up', 'Build', 'Scan', 'Lint', 'Secrets'].map((name) => [name, 0]),
        ['Gate', expected],
      ]);
      for (const file of ['image.tar', 'reports/report.html', 'reports/scan.junit.xml', 'reports/lint.exit']) {
        expect([file, existsSync(join(home, file))]).toEqual([file, true]);
      }
    },
    120_000,
  );
});
