import { CommanderError } from 'commander';
import { EXIT, type ExitCode } from '../util/errors.ts';
import { errorText, exitCodeOf } from './error-text.ts';
import { type Io, useColour } from './io.ts';
import { readerLanguage } from './language.ts';
import { buildProgram } from './program.ts';

/** 128 + SIGINT, as shells do. */
export const INTERRUPTED = 130;

/** Runs one command line (without `node` and the program's name) and tells how the process is to end. Never throws. */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode | typeof INTERRUPTED> {
  const language = await readerLanguage(argv, io);
  let code: ExitCode = EXIT.pass;
  try {
    const program = buildProgram(io, language, (wanted) => {
      code = wanted;
    });
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    // Help or version was shown; on standard error because a command is missing, that is a usage error.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.pass : EXIT.usage;
    if (io.signal?.aborted) return INTERRUPTED;
    const debug = argv.includes('--debug') || Boolean(io.env.PLIMSOLL_DEBUG);
    io.stderr.write(errorText(error, { language, colour: useColour(colourOf(argv), io.stderr, io.env), debug }));
    return exitCodeOf(error);
  }
}

function colourOf(argv: readonly string[]): 'auto' | 'never' {
  return argv.includes('--color=never') || argv.some((each, i) => each === 'never' && argv[i - 1] === '--color') ? 'never' : 'auto';
}
