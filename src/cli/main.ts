import { CommanderError } from 'commander';
import type { Language } from '../messages/fill.ts';
import { EXIT, type ExitCode } from '../util/errors.ts';
import { FIRST_WORDS } from './aliases/first-words.ts';
import type { Aliased } from './aliases/run.ts';
import { errorText, exitCodeOf } from './error-text.ts';
import { type Io, useColour } from './io.ts';
import { readerLanguage } from './language.ts';
import { buildProgram } from './program.ts';

/** 128 + SIGINT, as shells do. */
export const INTERRUPTED = 130;

/**
 * Runs one command line (without `node` and the program's name) and tells how the process is to end: an `ExitCode`, `INTERRUPTED`, or what the
 * tool whose words were used ends with. Never throws.
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const language = await readerLanguage(argv, io);
  let code: ExitCode = EXIT.pass;
  let exit: Aliased['exit'] = (ours) => ours;
  try {
    const line = await understood(helped(argv), language, io);
    if (line === 'shown') return EXIT.pass;
    exit = line.exit;
    const program = buildProgram(io, language, (wanted) => {
      code = wanted;
    });
    await program.parseAsync([...line.argv], { from: 'user' });
    return exit(code);
  } catch (error) {
    // Help or version was shown; on standard error because a command is missing, that is a usage error.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.pass : EXIT.usage;
    if (io.signal?.aborted) return INTERRUPTED;
    const debug = argv.includes('--debug') || Boolean(io.env.PLIMSOLL_DEBUG);
    io.stderr.write(errorText(error, { language, colour: useColour(colourOf(argv), io.stderr, io.env), debug }));
    return exit(exitCodeOf(error));
  }
}

/** `help image` is `image --help` where the word is another tool's. */
function helped(argv: readonly string[]): readonly string[] {
  const [help, word = '', ...rest] = argv;
  return help === 'help' && FIRST_WORDS.has(word) ? [word, '--help', ...rest] : argv;
}

/** Our own words; another tool's are put into ours. */
async function understood(argv: readonly string[], language: Language, io: Io): Promise<Aliased | 'shown'> {
  const own = { argv, exit: (code: number) => code };
  const first = argv[0];
  if (first === undefined || !(first.startsWith('-') || FIRST_WORDS.has(first))) return own;
  return (await import('./aliases/run.ts')).aliased(argv, language, io) ?? own;
}

function colourOf(argv: readonly string[]): 'auto' | 'never' {
  return argv.includes('--color=never') || argv.some((each, i) => each === 'never' && argv[i - 1] === '--color') ? 'never' : 'auto';
}
