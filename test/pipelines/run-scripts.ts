import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { type Ran, ROOT } from '../e2e/workshop.ts';
import { OFFLINE, standInDocker } from './images.ts';

/** A script of a pipeline, and whether it runs after a step that failed. */
export interface Script {
  readonly name: string;
  readonly script: string;
  readonly always?: boolean;
}

/** What a service's agent gives to every script: a working copy of an example, a program in docker's place, variables. */
export interface Agent {
  readonly workspace: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A working copy that holds the Dockerfile and the application of an example. */
export function agent(folder: string, example: string, archive: string, env: Readonly<Record<string, string>>): Agent {
  const home = mkdtempSync(join(folder, 'agent-'));
  const [workspace, bin] = [join(home, 'workspace'), join(home, 'bin')];
  for (const each of [workspace, bin]) mkdirSync(each);
  cpSync(join(ROOT, 'examples', example, 'Dockerfile'), join(workspace, 'Dockerfile'));
  const machine = { PATH: `${standInDocker(bin, archive)}:${process.env.PATH}`, HOME: home, LC_ALL: 'C', ...OFFLINE };
  return { workspace, env: { ...machine, PLIMSOLL_HOME: ROOT, IMAGE: `registry.example/team/${example}:1.0`, ...env } };
}

/** Runs scripts one after the other by a shell, and stops at the first that fails. */
export async function runScripts(
  scripts: readonly Script[],
  { workspace, env }: Agent,
  shell: readonly string[] = ['bash', '-e', '-c'],
): Promise<Readonly<Record<string, Ran>>> {
  const results: Record<string, Ran> = {};
  let ok = true;
  for (const { name, script, always } of scripts) {
    if (!ok && always !== true) continue;
    const ran = await start([...shell, script], workspace, env);
    results[name] = ran;
    if (ran.code !== 0) ok = false;
  }
  return results;
}

function start([program = '', ...args]: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Promise<Ran> {
  return new Promise((done, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const texts = { out: '', err: '' };
    child.stdout.on('data', (chunk: Buffer) => (texts.out += chunk));
    child.stderr.on('data', (chunk: Buffer) => (texts.err += chunk));
    child.on('error', reject);
    child.on('close', (code) => done({ code, ...texts }));
  });
}
