import { spawn } from 'node:child_process';
import type { RunTool } from '../../checks/types.ts';
import { PlimsollError } from '../../util/errors.ts';

/** Runs a program of the user's machine; undefined where it is not installed. */
export type ToolRunner = (program: string, args: readonly string[], input?: string) => Promise<ToolResult | undefined>;

export interface ToolResult {
  /** 1 where it did not end by itself. */
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** True where it was ended: too slow, or too much output. */
  readonly ended?: true;
}

const TIMEOUT_MS = 60_000;
const MAX_OUTPUT = 32 << 20;
/** What programs need to be found and to find their folders; everything else may hold secrets. */
const HANDED_ON = ['PATH', 'HOME', 'TMPDIR', 'SystemRoot', 'TEMP', 'USERPROFILE', 'XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME'];

/** No shell, a time-out, bounded output, and no way to a cluster: Helm's templates may look things up. */
export function installedTools(variables: Readonly<Record<string, string | undefined>>, signal?: AbortSignal): ToolRunner {
  const handed = HANDED_ON.flatMap((name) => (variables[name] === undefined ? [] : [[name, variables[name]] as const]));
  const env = { ...Object.fromEntries(handed), LANG: 'C.UTF-8', KUBECONFIG: '/dev/null' };
  return (program, args, input) =>
    new Promise((settle, refuse) => {
      const child = spawn(program, [...args], { stdio: ['pipe', 'pipe', 'pipe'], timeout: TIMEOUT_MS, env });
      const out: Buffer[] = [];
      const err: Buffer[] = [];
      let size = 0;
      const collect = (into: Buffer[]) => (chunk: Buffer) => {
        size += chunk.length;
        if (size <= MAX_OUTPUT) into.push(chunk);
        else child.kill('SIGKILL');
      };
      child.stdout.on('data', collect(out));
      child.stderr.on('data', collect(err));
      // A program that ends without reading its input is judged by what it wrote.
      child.stdin.on('error', () => undefined);
      const stop = (): boolean => child.kill('SIGKILL');
      signal?.addEventListener('abort', stop, { once: true });
      child.on('error', (error: NodeJS.ErrnoException) =>
        error.code === 'ENOENT' || error.code === 'EACCES' ? settle(undefined) : refuse(error),
      );
      child.on('close', (code) => {
        signal?.removeEventListener('abort', stop);
        if (signal?.aborted) refuse(new PlimsollError('aborted', {}, { cause: signal.reason }));
        const said = Buffer.concat(err).toString('utf8');
        const ended = code === null;
        const why = size > MAX_OUTPUT ? 'too much output' : ended && said === '' ? 'timed out' : said;
        settle({ code: code ?? 1, out: Buffer.concat(out).toString('utf8'), err: why, ...(ended ? { ended } : {}) });
      });
      child.stdin.end(input ?? '');
    });
}

/** What linters write, whatever their exit code; undefined where one is not there, did not end or could not be started. */
export function outputOf(run: ToolRunner): RunTool {
  return async (program, args, input) => {
    const result = await run(program, args, input).catch(() => undefined);
    return result === undefined || result.ended === true ? undefined : result.out;
  };
}
