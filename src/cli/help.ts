import type { Command, HelpConfiguration } from 'commander';
import { displayWidth } from '../util/terminal/text.ts';
import type { Words } from './words.ts';

/** Headings in the reader's language, and columns that Hangul does not shift. */
export function helpConfiguration(words: Words): HelpConfiguration {
  const titles: Record<string, string> = {
    'Usage:': words('help.usage'),
    'Arguments:': words('help.arguments'),
    'Options:': words('help.options'),
    'Global Options:': words('help.global-options'),
    'Commands:': words('help.commands'),
  };
  return {
    showGlobalOptions: true,
    styleTitle: (title) => titles[title] ?? title,
    displayWidth,
    optionDescription: (option) => option.description,
    argumentDescription: (argument) => argument.description,
  };
}

/** A command worth typing, and what it does. */
export interface Example {
  readonly line: string;
  readonly does: string;
}

export function addExamples(command: Command, words: Words, examples: readonly Example[]): void {
  const lines = examples.flatMap(({ line, does }) => [`  # ${does}`, `  ${line}`]);
  command.addHelpText('after', ['', words('help.examples'), ...lines].join('\n'));
}

const EXIT_CODES = [0, 1, 2, 3, 4, 5] as const;

export function addExitCodes(command: Command, words: Words): void {
  const lines = EXIT_CODES.map((code) => `  ${code}  ${words(`exit.${code}`)}`);
  command.addHelpText('after', ['', words('help.exit-codes'), ...lines].join('\n'));
}
