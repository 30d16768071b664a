import type { Command } from 'commander';
import { REPORTERS } from '../app/reporters.ts';
import { VERSION } from '../app/version.ts';
import type { Language } from '../messages/fill.ts';
import { type Resolved, resolveSettings } from '../settings/index.ts';
import type { ExitCode } from '../util/errors.ts';
import { addAssess } from './assess.ts';
import { addBase } from './base.ts';
import { PlimsollCommand } from './command.ts';
import { addCompare } from './compare.ts';
import { addCompletion } from './completion.ts';
import type { CommandContext } from './context.ts';
import { addConvert } from './convert.ts';
import { addDb } from './db.ts';
import { checkEarly } from './early.ts';
import { addExceptions } from './exceptions.ts';
import { addHarden } from './harden.ts';
import { addExitCodes, helpConfiguration } from './help.ts';
import type { Io } from './io.ts';
import { addLint } from './lint.ts';
import { addSettings, givenFlags } from './options.ts';
import { addRecommend } from './recommend.ts';
import { addSbom } from './sbom.ts';
import { addScan } from './scan.ts';
import { addFs, addSecrets } from './secrets.ts';
import { addSettingsCommand } from './settings.ts';
import { wordsOf } from './words.ts';

/** The whole command line. Parsing throws coded errors; commander's own only for help and version shown. */
export function buildProgram(io: Io, language: Language, exit: (code: ExitCode) => void): Command {
  const words = wordsOf(language);
  const program = new PlimsollCommand('plimsoll');
  const facts = {
    formats: REPORTERS.map((each) => each.id).join(', '),
    sbomFormats: REPORTERS.flatMap(({ id, sbom }) => (sbom ? [id] : [])).join(', '),
  };
  const context: CommandContext = { io, language, words, facts, settings: (command) => settingsOf(command, io), exit };

  program
    .description(words('program.description'))
    .version(`plimsoll ${VERSION}`, '-V, --version', words('help.version'))
    .helpOption('-h, --help', words('help.help'))
    .helpCommand('help [command]', words('help.command'))
    .configureHelp(helpConfiguration(words))
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHelpWidth: () => io.stdout.columns ?? 100,
      getErrHelpWidth: () => io.stderr.columns ?? 100,
    })
    .exitOverride()
    .option('--config <file>', words('setting.config'));
  addSettings(program, 'all', words, facts);
  addScan(program, context);
  addFs(program, context);
  addSecrets(program, context);
  addAssess(program, context);
  addConvert(program, context);
  addLint(program, context);
  addSbom(program, context);
  addHarden(program, context);
  addCompare(program, context);
  addRecommend(program, context);
  addBase(program, context);
  addDb(program, context);
  addExceptions(program, context);
  addSettingsCommand(program, context);
  addCompletion(program, context);
  addExitCodes(program, words);
  program.addHelpText('after', `\n${words('program.more')}`);
  return program;
}

async function settingsOf(command: Command, io: Io): Promise<Resolved> {
  const configPath: unknown = command.optsWithGlobals().config;
  const resolved = await resolveSettings({ ...io, flags: givenFlags(command), ...(typeof configPath === 'string' ? { configPath } : {}) });
  checkEarly(resolved, command, io.cwd);
  return resolved;
}
