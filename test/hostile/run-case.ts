import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../../src/model/index.ts';
import { ROOT, run } from '../e2e/workshop.ts';
import type { HostileCase } from './case.ts';

/** What the program did with a case. */
export interface Outcome {
  readonly exit: number | null;
  /** Code in brackets of the error; absent where there was a report. */
  readonly error?: string;
  readonly gaps: readonly { readonly code: string; readonly incomplete: boolean }[];
  /** `name version`, sorted. */
  readonly packages: readonly string[];
  readonly stderr: string;
  /** Largest resident set, bytes. */
  readonly peak: number;
  readonly seconds: number;
}

/** Runs `plimsoll scan` on a case in a process of its own, and whatever the case checks afterwards. */
export async function runCase(hostile: HostileCase): Promise<Outcome> {
  const work = mkdtempSync(join(tmpdir(), 'plimsoll-hostile-'));
  try {
    const input = join(work, 'input');
    mkdirSync(input);
    const { scan, after } = await hostile.make(input);
    const measured = join(work, 'peak');
    const env = {
      HOME: join(work, 'home'),
      PLIMSOLL_CACHE_DIR: join(work, 'cache'),
      NODE_OPTIONS: `--import=${join(import.meta.dirname, 'measure.mjs')}`,
      MEASURE_FILE: measured,
    };
    const args = ['scan', ...scan, '--db', 'starter', '-f', 'json', '--fail-on', 'critical', '--no-progress'];
    const started = performance.now();
    const { code, out, err } = await run(join(ROOT, 'plimsoll'), args, { env, cwd: work });
    const seconds = (performance.now() - started) / 1000;
    await after?.();
    return { exit: code, ...read(out, err), stderr: err, peak: Number(readFileSync(measured, 'utf8')), seconds };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function read(out: string, err: string): Pick<Outcome, 'error' | 'gaps' | 'packages'> {
  const error = /\[([a-z-]+)\]/.exec(err)?.[1];
  if (out === '') return { gaps: [], packages: [], ...(error === undefined ? {} : { error }) };
  const { inventory } = JSON.parse(out) as Report;
  return { gaps: inventory.gaps, packages: inventory.packages.map(({ name, version }) => `${name} ${version}`).sort() };
}
