import { spawn } from 'node:child_process';
import { PlimsollError } from '../../util/errors.ts';
import { asObject, Malformed, optionalText, parseJson } from '../json.ts';
import { DOCKER_HUB } from '../reference.ts';
import type { Credentials } from './types.ts';

const TIMEOUT_MS = 30_000;
const OUTPUT_LIMIT = 1 << 20;

/** What a helper program did. */
export interface HelperRun {
  /** Undefined where it could not be started or had to be ended. */
  readonly status: number | undefined;
  readonly output: string;
}

/** Starts `docker-credential-<name> get` with the registry on its standard input. */
export type RunHelper = (program: string, input: string) => Promise<HelperRun>;

/**
 * Asks a credential helper; undefined where it has nothing for the registry. Throws `credential-helper-failed`.
 * Source: docker-credential-helpers, "Development": the protocol of `get`.
 */
export async function askHelper(name: string, registry: string, run: RunHelper): Promise<Credentials | undefined> {
  const helper = `docker-credential-${name}`;
  // The name becomes part of a program's name: it must not lead to another folder.
  if (!/^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(name)) throw failed(helper, registry, 'its name is not a program name');
  const { status, output } = await run(helper, registry === DOCKER_HUB ? 'https://index.docker.io/v1/' : registry);
  if (/credentials not found/i.test(output)) return undefined;
  if (status === undefined) throw failed(helper, registry, output);
  if (status !== 0) throw failed(helper, registry, `it ended with ${status}`);
  return credentialsFrom(output, helper, registry);
}

function credentialsFrom(output: string, helper: string, registry: string): Credentials | undefined {
  try {
    const json = asObject(parseJson(Buffer.from(output)), 'its answer');
    const username = optionalText(json.Username, 'Username') ?? '';
    const secret = optionalText(json.Secret, 'Secret') ?? '';
    if (secret === '') return undefined;
    if (username === '<token>') return { kind: 'identity-token', token: secret, origin: helper };
    return { kind: 'password', username, password: secret, origin: helper };
  } catch (error) {
    if (error instanceof Malformed) throw failed(helper, registry, 'its answer is not what the protocol says');
    throw error;
  }
}

/** The real thing: no shell, a time-out, bounded output. */
export const runProgram: RunHelper = (program, input) =>
  new Promise((resolve) => {
    const child = spawn(program, ['get'], { stdio: ['pipe', 'pipe', 'ignore'], timeout: TIMEOUT_MS });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.length > OUTPUT_LIMIT) child.kill();
    });
    // A helper that ends without reading its input is judged by its answer.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.on('error', (error: NodeJS.ErrnoException) => {
      resolve({ status: undefined, output: error.code === 'ENOENT' ? 'it is not installed' : `it cannot be started (${error.code})` });
    });
    child.on('close', (status, signal) => {
      resolve(status === null ? { status: undefined, output: `it was ended by ${signal}` } : { status, output });
    });
  });

function failed(helper: string, registry: string, detail: string): PlimsollError {
  return new PlimsollError('credential-helper-failed', { helper, registry, detail: detail.slice(0, 200) });
}
