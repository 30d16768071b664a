import type { Command } from 'commander';
import { EXIT, PlimsollError } from '../util/errors.ts';
import { addExamples } from './help.ts';
import type { CommandContext } from './program.ts';

const SHELLS = ['zsh', 'bash', 'fish', 'powershell'];

/** `plimsoll completion <shell>`, and the hidden `complete` that the printed script calls at each press of the tab key. */
export function addCompletion(program: Command, { words }: CommandContext): void {
  const completion = program
    .command('completion')
    .description(words('completion.description'))
    .argument('<shell>', words('completion.shell'))
    .action(async (shell: string) => {
      if (!SHELLS.includes(shell)) {
        throw new PlimsollError('shell-unknown', { shell, choices: SHELLS.join(', ') }, { exitCode: EXIT.usage });
      }
      (await completions(program)).setup('plimsoll', 'plimsoll', shell);
    });
  addExamples(completion, words, [{ line: 'source <(plimsoll completion bash)', does: words('completion.example') }]);

  program
    .command('complete', { hidden: true })
    .argument('[words...]')
    .allowUnknownOption()
    .action(async (typed: string[]) => (await completions(program)).parse(typed));
}

async function completions(program: Command) {
  const { default: tab } = await import('@bomb.sh/tab/commander');
  return tab(program, { completionCommandName: 'completion-of-tab' });
}
