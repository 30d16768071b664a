import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Argument, Command, Option } from 'commander';
import { EXIT, PlimsollError } from '../util/errors.ts';
import type { CommandContext } from './context.ts';
import { addExamples } from './help.ts';

/** Arguments that are files or folders. */
const PATHS = ['target', 'path', 'paths', 'report', 'file', 'files', 'image'];
const SHELLS = ['zsh', 'bash', 'fish', 'powershell'];

/** Options and arguments that take the path of a file or folder, by what stands in their brackets. */
const PATH_VALUE = /<(?:file|files|folder|report|report\|image|target|image|sources)>|<@file/;
/** Prefixes of targets, behind which a path stands. */
const PREFIX = /^(?:oci|oci-archive|docker-archive|rootfs|dir|sbom):/;

/**
 * For bash: it cuts words at `=` and `:`, so that only what stands behind them is given back. Needs nothing but bash 3.2 (that of macOS), may be read
 * twice, and sets no space behind a folder.
 */
const BASH = `# bash completion for plimsoll
__plimsoll_complete() {
    local line=\${COMP_LINE:0:COMP_POINT} cur cut candidate
    local -a typed
    read -ra typed <<< "$line"
    [[ $line == *[[:space:]] ]] && typed+=('')
    cur=\${typed[\${#typed[@]} - 1]}
    cut=\${cur%"\${cur##*[=:]}"}
    COMPREPLY=()
    while IFS=$'\\t' read -r candidate _; do
        [[ -z $candidate || $candidate == :* ]] && continue
        COMPREPLY+=("\${candidate#"$cut"}")
    done < <(plimsoll complete -- "\${typed[@]:1}" 2>/dev/null)
    if [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == */ ]]; then compopt -o nospace 2>/dev/null; fi
}
complete -F __plimsoll_complete plimsoll
`;

/** For zsh, where words may hold colons; may be sourced, or stand in a folder of fpath. */
const ZSH = `#compdef plimsoll
_plimsoll() {
    local candidate description option=
    local -a values shown folders
    [[ $words[CURRENT] == --*=* ]] && option="\${words[CURRENT]%%=*}="
    while IFS=$'\\t' read -r candidate description; do
        [[ -z $candidate || $candidate == :* ]] && continue
        if [[ $candidate == */ ]]; then
            folders+=("$option$candidate")
        else
            values+=("$option$candidate")
            shown+=("$candidate\${description:+  -- $description}")
        fi
    done < <(plimsoll complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
    compadd -S '' -a folders
    if [[ "\${shown[*]}" == *'  -- '* ]]; then compadd -l -d shown -a values; else compadd -d shown -a values; fi
}
if [[ "\${funcstack[1]}" == _plimsoll ]]; then _plimsoll "$@"; else compdef _plimsoll plimsoll; fi
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
      const own = { bash: BASH, zsh: ZSH }[shell];
      if (own !== undefined) io.stdout.write(own);
      else (await completions(program, '', () => [])).setup('plimsoll', 'plimsoll', shell);
    });
  addExamples(completion, words, [{ line: 'source <(plimsoll completion bash)', does: words('completion.example') }]);

  program
    .command('complete', { hidden: true })
    .argument('[words...]')
    .allowUnknownOption()
    .action(async (typed: string[]) => {
      const word = typed.at(-1) ?? '';
      const root = await completions(program, word.replace(/^--[\w-]+=/, ''), (start) => pathsLike(start, io.cwd));
      root.parse(typed);
    });
}

/** What @bomb.sh/tab is to know of the program: its visible commands, their options, and the words or paths that they take. */
async function completions(program: Command, typed: string, pathsFrom: (start: string) => readonly string[]) {
  const { default: root, Command: TabCommand } = await import('@bomb.sh/tab');
  describe(root, program);
  for (const { path, command } of commandsBelow(program, '')) describe(root.command(path, command.description()), command);
  return root;

  /** Paths that the typed word may become, with its prefix (`oci:`, or `@` of templates). */
  function paths(): readonly string[] {
    const prefix = PREFIX.exec(typed)?.[0] ?? (typed.startsWith('@') ? '@' : '');
    return pathsFrom(typed.slice(prefix.length)).map((path) => `${prefix}${path}`);
  }

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
    const words = (): readonly string[] => {
      const known = option.parseArg === undefined ? (option.argChoices ?? []) : listed(option.argChoices ?? [], typed);
      const takesPath = PATH_VALUE.test(option.flags) && (typed.startsWith('@') || !option.flags.includes('<@file'));
      return takesPath ? [...known, ...paths()] : known;
    };
    if (takesValue) to.option(name, option.description, offering(words), short);
    else to.option(name, option.description, short);
  }
}

/** Of a list the words that can come next: `high,` may become `high,medium`. */
function listed(words: readonly string[], typed: string): readonly string[] {
  const before = typed.slice(0, typed.lastIndexOf(',') + 1);
  const given = new Set(before.split(','));
  return words.filter((word) => !given.has(word)).map((word) => `${before}${word}`);
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
