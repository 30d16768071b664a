import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Contexts, expand, holds } from './expressions.ts';

/** A step of a job or of a composite action. */
export interface Step {
  readonly 'id'?: string;
  readonly 'name'?: string;
  readonly 'uses'?: string;
  readonly 'run'?: string;
  readonly 'if'?: string;
  readonly 'shell'?: string;
  readonly 'with'?: Readonly<Record<string, unknown>>;
  readonly 'env'?: Readonly<Record<string, string>>;
  readonly 'working-directory'?: string;
  readonly 'continue-on-error'?: boolean;
}

/** What a step came to; `skipped` where its `if` did not hold. */
export interface StepResult {
  /** Its name, or what it uses. */
  readonly name: string;
  readonly outcome: 'success' | 'failure' | 'skipped';
  readonly out: string;
  readonly err: string;
  /** The evaluated inputs of what it uses. */
  readonly given: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
}

export interface RunnerSettings {
  /** Folder of the job: workspace, temporary files. */
  readonly folder: string;
  readonly contexts: Contexts;
  /** The variables that the machine and GitHub give to every step. */
  readonly env: Readonly<Record<string, string>>;
  /** What stands in for an action: its outputs, or undefined where it fails. */
  readonly action: (uses: string, given: Readonly<Record<string, string>>) => Promise<Readonly<Record<string, string>> | undefined>;
}

/**
 * Runs steps in their order as GitHub's runner does: expressions by GitHub's own library, scripts by
 * `bash --noprofile --norc -eo pipefail`, outputs by way of GITHUB_OUTPUT. Source: GitHub, "Workflow syntax", "Workflow commands".
 */
export async function runSteps(steps: readonly Step[], settings: RunnerSettings): Promise<readonly StepResult[]> {
  const results: StepResult[] = [];
  const known: Record<string, { outputs: Readonly<Record<string, string>>; outcome: string }> = {};
  let ok = true;
  for (const step of steps) {
    const contexts = { ...settings.contexts, steps: known };
    const result = holds(step.if, contexts, ok) ? await runStep(step, contexts, settings) : skipped(step);
    results.push(result);
    if (step.id !== undefined) known[step.id] = { outputs: result.outputs, outcome: result.outcome };
    if (result.outcome === 'failure' && step['continue-on-error'] !== true) ok = false;
  }
  return results;
}

function skipped(step: Step): StepResult {
  return { name: nameOf(step), outcome: 'skipped', out: '', err: '', given: {}, outputs: {} };
}

function nameOf(step: Step): string {
  return step.name ?? step.uses ?? step.run ?? '';
}

async function runStep(step: Step, contexts: Contexts, settings: RunnerSettings): Promise<StepResult> {
  const all = (values: Readonly<Record<string, unknown>> = {}) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, expand(String(value), contexts)]));
  const given = all(step.with);
  if (step.uses !== undefined) {
    const outputs = await settings.action(step.uses, given);
    return { ...skipped(step), given, outcome: outputs === undefined ? 'failure' : 'success', outputs: outputs ?? {} };
  }
  const files = join(settings.folder, 'commands');
  rmSync(files, { recursive: true, force: true });
  mkdirSync(files);
  const [script, output] = [join(files, 'script.sh'), join(files, 'output')];
  writeFileSync(script, expand(step.run ?? '', contexts));
  const cwd = resolve(join(settings.folder, 'workspace'), expand(step['working-directory'] ?? '', contexts));
  const env = { ...settings.env, GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: join(settings.folder, 'summary.md'), ...all(step.env) };
  const ran = await bash(script, env, cwd);
  const lines = existsSync(output) ? readFileSync(output, 'utf8').split('\n').filter(Boolean) : [];
  const outputs = Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
  return { ...skipped(step), ...ran, outcome: ran.code === 0 ? 'success' : 'failure', outputs };
}

function bash(
  script: string,
  env: Readonly<Record<string, string>>,
  cwd: string,
): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((done, reject) => {
    const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const texts = { out: '', err: '' };
    child.stdout.on('data', (chunk: Buffer) => (texts.out += chunk));
    child.stderr.on('data', (chunk: Buffer) => (texts.err += chunk));
    child.on('error', reject);
    child.on('close', (code) => done({ code, ...texts }));
  });
}
