import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Argument, Command, Option } from 'commander';
import { EXIT, PlimsollError } from '../util/errors.ts';
import { addExamples } from './help.ts';
import type { CommandContext } from './program.ts';

/** Arguments that are files or folders. */
const PATHS = ['target', 'paths'];
const SHELLS = ['zsh', 'bash', 'fish', 'powershell'];

/** The script calls a function of the package bash-completion, which small machines lack: there this one stands in for it. */
const WITHOUT_BASH_COMPLETION = `declare -F _get_comp_words_by_ref >/dev/null || _get_comp_words_by_ref() {
    words=("\${COMP_WORDS[@]}")
    cword=$COMP_CWORD
    cur=\${words[cword]}
    prev=\${words[cword - 1]}
}
`;

/** `plimsoll completion <shell>`, and the hidden `complete` that the printed script calls at each press of the tab key. */
export function addCompletion(program: Command, { words, io }: CommandContext): void {
  const completion = program
    .command('completion')
    .description(words('completion.description'))
    .argument('<shell>', words('completion.shell'))
    .action(async (shell: string) => {
      if (!SHELLS.includes(shell)) {
        throw new PlimsollError('shell-unknown', { shell, choices: SHELLS.join(', ') }, { exitCode: EXIT.usage });
      }
      if (shell === 'bash') io.stdout.write(WITHOUT_BASH_COMPLETION);
      (await completions(program, () => [])).setup('plimsoll', 'plimsoll', shell);
    });
  addExamples(completion, words, [{ line: 'source <(plimsoll completion bash)', does: words('completion.example') }]);

  program
    .command('complete', { hidden: true })
    .argument('[words...]')
    .allowUnknownOption()
    .action(async (typed: string[]) => {
      const root = await completions(program, () => pathsLike(typed.at(-1) ?? '', io.cwd));
      root.parse(typed);
    });
}

/** What @bomb.sh/tab is to know of the program: its visible commands, their options, and the words or paths that they take. */
async function completions(program: Command, paths: () => readonly string[]) {
  const { default: root, Command: TabCommand } = await import('@bomb.sh/tab');
  describe(root, program);
  for (const { path, command } of commandsBelow(program, '')) describe(root.command(path, command.description()), command);
  return root;

  function describe(to: InstanceType<typeof TabCommand>, command: Command): void {
    for (const option of [...command.options.filter(({ hidden }) => !hidden), ...(command.parent ? program.options : [])])
      addOption(to, option);
    for (const argument of command.registeredArguments)
      to.argument(
        argument.name(),
        offering(() => (PATHS.includes(argument.name()) ? paths() : wordsOf(argument))),
        argument.variadic,
      );
  }

  function addOption(to: InstanceType<typeof TabCommand>, option: Option): void {
    const name = option.long?.slice(2);
    if (name === undefined) return;
    const takesValue = option.required || option.optional;
    const short = option.short?.slice(1);
    const isPath = /<(?:file|folder)>/.test(option.flags);
    if (takesValue)
      to.option(
        name,
        option.description,
        offering(() => (isPath ? paths() : (option.argChoices ?? []))),
        short,
      );
    else to.option(name, option.description, short);
  }
}

function wordsOf(argument: Argument): readonly string[] {
  return argument.name() === 'shell' ? SHELLS : (argument.argChoices ?? []);
}

function offering(words: () => readonly string[]): (complete: (value: string, description: string) => void) => void {
  return (complete) => {
    for (const word of words()) complete(word, '');
  };
}

function commandsBelow(command: Command, above: string): { path: string; command: Command }[] {
  const visible = command.createHelp().visibleCommands(command);
  return visible.flatMap((each) => {
    const path = above ? `${above} ${each.name()}` : each.name();
    return [{ path, command: each }, ...commandsBelow(each, path)];
  });
}

/** The files and folders that `typed` may become. */
function pathsLike(typed: string, cwd: string): string[] {
  const start = typed.endsWith('/') ? '' : basename(typed);
  const folder = typed.slice(0, typed.length - start.length);
  try {
    const entries = readdirSync(join(folder.startsWith('/') ? '' : cwd, folder) || '/', { withFileTypes: true });
    return entries.filter(({ name }) => name.startsWith(start)).map((each) => `${folder}${each.name}${each.isDirectory() ? '/' : ''}`);
  } catch {
    return []; // nothing there to complete
  }
}
