import type { Machine } from '../settings/index.ts';

/** Where text goes. */
export interface TextOutput {
  write(text: string): void;
  /** True on a terminal. */
  readonly isTTY: boolean;
  /** Columns of the terminal. */
  readonly columns?: number;
}

/** Everything that a command touches of the process, so that tests can run commands without one. */
export interface Io extends Machine {
  readonly cwd: string;
  readonly stdin: AsyncIterable<Buffer>;
  readonly stdout: TextOutput;
  readonly stderr: TextOutput;
  /** Fires when the user interrupts. */
  readonly signal?: AbortSignal;
}

/** Whether to colour `output`. Source for `auto`: no-color.org (set and not empty), terminfo's `dumb`. */
export function useColour(when: 'auto' | 'always' | 'never', output: TextOutput, env: Io['env']): boolean {
  if (when !== 'auto') return when === 'always';
  return output.isTTY && !env.NO_COLOR && env.TERM !== 'dumb';
}
