import type { Command } from 'commander';
import type { Language } from '../messages/fill.ts';
import type { Resolved } from '../settings/index.ts';
import type { ExitCode } from '../util/errors.ts';
import type { Io } from './io.ts';
import type { OptionFacts } from './options.ts';
import type { Words } from './words.ts';

/** What every command needs. */
export interface CommandContext {
  readonly io: Io;
  readonly language: Language;
  readonly words: Words;
  readonly facts: OptionFacts;
  settings(command: Command): Promise<Resolved>;
  /** Says how the process is to end; 0 where nobody says. */
  exit(code: ExitCode): void;
}
