import type { Io } from '../src/cli/io.ts';
import { main } from '../src/cli/main.ts';

export interface CliResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process, with a home and a working directory that hold nothing unless told otherwise. */
export async function cli(
  argv: readonly string[],
  more: Partial<Pick<Io, 'env' | 'cwd' | 'home' | 'stdin'>> & { columns?: number } = {},
): Promise<CliResult> {
  const out: string[] = [];
  const err: string[] = [];
  const terminal = more.columns === undefined ? { isTTY: false } : { isTTY: true, columns: more.columns };
  const code = await main(argv, {
    // A home that is not there must not be made.
    env: { PLIMSOLL_CACHE: 'no', ...more.env },
    cwd: more.cwd ?? '/nowhere',
    home: more.home ?? '/nowhere',
    platform: 'linux',
    stdin: more.stdin ?? empty(),
    stdout: { write: (text) => void out.push(text), ...terminal },
    stderr: { write: (text) => void err.push(text), ...terminal },
  });
  return { code, out: out.join(''), err: err.join('') };
}

async function* empty(): AsyncGenerator<Buffer> {}
