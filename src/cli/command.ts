import { Command, CommanderError, type HelpContext } from 'commander';
import type { ErrorCode } from '../messages/errors.en.ts';
import { closest } from '../util/closest.ts';
import { EXIT, PlimsollError } from '../util/errors.ts';

/** A commander command that throws our coded errors instead of printing English sentences and leaving the process. */
export class PlimsollCommand extends Command {
  override createCommand(name?: string): PlimsollCommand {
    return new PlimsollCommand(name);
  }

  override help(context?: HelpContext | ((text: string) => string)): never {
    const asked = [this, this.parent].find((each) => each?.args[0] === 'help');
    if (!asked) super.help(context as HelpContext);
    namedIn(asked, asked.args.slice(1)).outputHelp();
    throw new CommanderError(EXIT.pass, 'commander.help', '(outputHelp)');
  }

  override error(message: string, options: { exitCode?: number; code?: string } = {}): never {
    const [first = ''] = [...message.matchAll(/'([^']*)'/g)].map((match) => match[1] ?? '');
    const like = message.match(/\(Did you mean (?:one of )?([^?]+)\?\)/)?.[1];
    const help = `${commandPath(this)} --help`;
    const usage = (code: ErrorCode, params: Record<string, string>) => new PlimsollError(code, params, { exitCode: EXIT.usage });
    switch (options.code) {
      case 'commander.unknownOption':
        throw like ? usage('option-misspelt', { option: first, like }) : usage('option-unknown', { option: first, help });
      case 'commander.unknownCommand':
        throw like ? usage('command-misspelt', { command: first, like }) : usage('command-unknown', { command: first, help });
      case 'commander.missingArgument':
        throw usage('argument-missing', { argument: `<${first}>`, help });
      case 'commander.optionMissingArgument':
      case 'commander.missingMandatoryOptionValue':
        throw usage('option-value-missing', { option: first, help });
      case 'commander.excessArguments':
        throw usage('argument-extra', { help });
      default:
        throw usage('usage', { detail: message.replace(/^error: /, '') });
    }
  }
}

/** `help db push` is about the last command; commander knows the first only, and shows the overview where there is none of the name. */
function namedIn(program: Command, words: readonly string[]): Command {
  let command = program;
  for (const word of words.filter((each) => !each.startsWith('-') && each !== 'help')) {
    const names = command.commands.map((each) => each.name());
    const found = command.commands[names.indexOf(word)];
    if (found) {
      command = found;
      continue;
    }
    const like = closest(word, names);
    const params = { command: word, ...(like === undefined ? { help: `${commandPath(command)} --help` } : { like }) };
    throw new PlimsollError(like === undefined ? 'command-unknown' : 'command-misspelt', params, { exitCode: EXIT.usage });
  }
  return command;
}

function commandPath(command: Command): string {
  return command.parent ? `${commandPath(command.parent)} ${command.name()}` : command.name();
}
