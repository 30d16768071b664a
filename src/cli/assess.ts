import { resolve } from 'node:path';
import type { Command } from 'commander';
import { fill } from '../messages/fill.ts';
import { catalogues } from '../messages/index.ts';
import type { Settings } from '../settings/index.ts';
import { EXIT, type ExitCode } from '../util/errors.ts';
import { safeText } from '../util/terminal/text.ts';
import { addExamples, addExitCodes } from './help.ts';
import { addSettings } from './options.ts';
import type { CommandContext } from './program.ts';
import { progressLine } from './progress.ts';
import { registryPassword } from './registry-options.ts';

interface AssessFlags {
  readonly dockerfile?: string;
  readonly context?: string;
  readonly registryPasswordStdin?: boolean;
}

/** `plimsoll assess <image>` */
export function addAssess(program: Command, context: CommandContext): void {
  const { words, facts } = context;
  const command = program.command('assess').description(words('assess.description')).argument('<target>', words('scan.target'));
  command.option('--dockerfile <file>', words('assess.dockerfile')).option('--context <folder>', words('assess.context'));
  addSettings(command, 'assess', words, facts);
  command.option('--registry-password-stdin', words('setting.password-stdin'));
  addExamples(command, words, [
    { line: 'plimsoll assess alpine:3.20', does: words('assess.example.image') },
    { line: 'plimsoll assess docker:app:1.0 --dockerfile Dockerfile --context .', does: words('assess.example.dockerfile') },
    {
      line: 'plimsoll assess app:1.0 --fail-on high --min-score 90 --score-weights critical=20,high=10,medium=5,secret.critical=20',
      does: words('assess.example.gate'),
    },
  ]);
  addExitCodes(command, words);
  command.action(async (target: string, flags: AssessFlags) => {
    const { values } = await context.settings(command);
    context.exit(await runAssess(target, flags, values, context));
  });
}

/** Whatever `--scanners` says. */
const EVERYTHING = ['vuln', 'secret', 'config', 'misconfig'] as const;

async function runAssess(target: string, flags: AssessFlags, settings: Settings, context: CommandContext): Promise<ExitCode> {
  const { io, words, language } = context;
  const [{ assess }, { progressText, scanOptions, growNewSpace, EXIT_OF }] = await Promise.all([
    import('../app/assess.ts'),
    import('./scan.ts'),
  ]);
  const password = await registryPassword(settings, flags.registryPasswordStdin === true, io);
  const {
    failOn: _ofScan,
    allowLazy: _never,
    lazy: _neither,
    ownedFiles: _all,
    ...options
  } = scanOptions({ ...settings, scanners: EVERYTHING }, password, io);
  const progress = progressLine(io.stderr, settings.progress && !settings.quiet);
  const report = await assess(target, {
    ...options,
    cwd: io.cwd,
    ...(flags.dockerfile === undefined ? {} : { dockerfile: flags.dockerfile }),
    ...(flags.context === undefined ? {} : { context: flags.context }),
    ...(settings.scoreWeights === undefined ? {} : { weights: settings.scoreWeights }),
    gate: { least: settings.minScore, ...(settings.assessFailOn === 'none' ? {} : { failOn: settings.assessFailOn }) },
    onProgress: (state) => {
      if (state.stage === 'matching') growNewSpace(1);
      progress.update(progressText(state, target, words));
    },
  }).finally(() => progress.stop());

  growNewSpace(2);
  const { closingLines, writeAssessment } = await import('../app/assess-files.ts');
  const how = { language, colour: false, filter: { ignoreUnfixed: false } };
  const files = await writeAssessment(report, resolve(io.cwd, settings.assessOutput), how);
  const texts = catalogues(language).warning;
  if (!settings.quiet) {
    for (const { code, params } of report.warnings) io.stderr.write(`${words('warning.title')}: ${safeText(fill(texts[code], params))}\n`);
  }
  for (const line of await closingLines(report, how)) io.stdout.write(`${line}\n`);
  io.stdout.write(`${words('assess.files')}\n`);
  for (const { path, size } of files) io.stdout.write(`  ${safeText(path)} ${size}\n`);
  return EXIT_OF[report.decision.outcome] ?? EXIT.unknown;
}
