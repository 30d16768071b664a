import type { Command } from 'commander';
import type { CommandContext } from './program.ts';

/** `plimsoll db build | status | search` */
export function addDb(program: Command, { words }: CommandContext): void {
  program.command('db').description(words('db.description'));
}
