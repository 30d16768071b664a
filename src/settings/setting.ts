import type { CliKey } from '../messages/cli.en.ts';
import type { Kind } from './kinds.ts';

/** One thing that a user can set: on the command line, in the environment, in a settings file. */
export interface Setting<T = unknown, D = unknown> {
  /** Its place in plimsoll.yaml: `scan.fail-on`. */
  readonly key: string;
  /** As commander reads it; undefined where there is no option, because a command line is seen by every process of the machine. */
  readonly flags?: string;
  /** The name of its variable. */
  readonly env: string;
  /** False: not read from files, which end up in repositories. */
  readonly inFile?: boolean;
  readonly kind: Kind<T>;
  readonly fallback: D;
  /** The commands that have the option. */
  readonly commands: 'all' | readonly CommandName[];
  readonly description: CliKey;
}

export type CommandName =
  | 'scan'
  | 'convert'
  | 'assess'
  | 'base'
  | 'harden'
  | 'secrets'
  | 'lint'
  | 'sbom'
  | 'db'
  | 'db push'
  | 'db pull'
  | 'db update'
  | 'exceptions list'
  | 'exceptions check';

/** The long option without its value: `--fail-on`. */
export function longFlag(setting: Setting): string | undefined {
  return setting.flags?.match(/--[a-z-]+/)?.[0];
}

/** Keeps the types of value and default apart for each setting. */
export function define<T, const D>(setting: Setting<T, D>): Setting<T, D> {
  return setting;
}
