import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { AssessOptions } from '../app/assess.ts';
import type { Assessed } from '../app/assess-files.ts';
import type { Report } from '../model/index.ts';
import type { Settings } from '../settings/index.ts';
import { EXIT, type ExitCode, PlimsollError } from '../util/errors.ts';
import { safeText } from '../util/terminal/text.ts';
import type { CommandContext } from './context.ts';
import { addExamples, addExitCodes } from './help.ts';
import { boundNewSpace } from './new-space.ts';
import { addSettings } from './options.ts';
import { progressLine } from './progress.ts';
import { registryPassword } from './registry-options.ts';
import { gateOf } from './standing-options.ts';

interface AssessFlags {
  readonly format?: string;
  readonly context?: string;
  readonly registryPasswordStdin?: boolean;
}

/** `plimsoll assess <image>` */
export function addAssess(program: Command, context: CommandContext): void {
  const { words, facts } = context;
  const command = program.command('assess').description(words('assess.description')).argument('<target>', words('scan.target'));
  command.option('--context <folder>', words('assess.context'));
  addSettings(command, 'assess', words, facts);
  // What scan takes; here it is answered with what to do instead.
  command.addOption(new Option('-f, --format <format>').hideHelp());
  command.option('--registry-password-stdin', words('setting.password-stdin'));
  addExamples(command, words, [
    { line: 'plimsoll assess alpine:3.20', does: words('assess.example.image') },
    { line: 'plimsoll assess docker:app:1.0 --dockerfile Dockerfile --context .', does: words('assess.example.dockerfile') },
    {
      line: 'plimsoll assess app:1.0 --fail-on high --min-score 90 --score-weights critical=20,high=10,medium=5,secret.critical=20',
      does: words('assess.example.gate'),
    },
    { line: 'plimsoll assess --platform all app:1.0', does: words('assess.example.platforms') },
  ]);
  addExitCodes(command, words);
  command.action(async (target: string, flags: AssessFlags) => {
    if (flags.format !== undefined) throw new PlimsollError('assess-format', { format: flags.format }, { exitCode: EXIT.usage });
    const { values } = await context.settings(command);
    context.exit(await runAssess(target, flags, values, context));
  });
}

/** Whatever `--scanners` says. */
const EVERYTHING = ['vuln', 'secret', 'config', 'misconfig'] as const;

async function runAssess(target: string, flags: AssessFlags, settings: Settings, context: CommandContext): Promise<ExitCode> {
  const { io, words } = context;
  const [{ assess, assessPlatforms }, { exitOf, progressText, reportFailed, scanOptions }, { isEveryPlatform }] = await Promise.all([
    import('../app/assess.ts'),
    import('./scan.ts'),
    import('../app/scan/index.ts'),
  ]);
  const password = await registryPassword(settings, flags.registryPasswordStdin === true, io);
  const {
    failOn: _ofScan,
    onlyNew: _ofScanToo,
    onlyFixable: _andThis,
    allowLazy: _never,
    lazy: _neither,
    ownedFiles: _all,
    ...options
  } = scanOptions({ ...settings, scanners: EVERYTHING }, password, io);
  const newSpace = boundNewSpace();
  const progress = progressLine(io.stderr, settings.progress && !settings.quiet);
  const assessOptions: AssessOptions = {
    ...options,
    cwd: io.cwd,
    ...(settings.dockerfile === undefined ? {} : { dockerfile: settings.dockerfile }),
    ...(flags.context === undefined ? {} : { context: flags.context }),
    ...(settings.scoreWeights === undefined ? {} : { weights: settings.scoreWeights }),
    gate: { least: settings.minScore, ...gateOf(settings.assessFailOn) },
    onProgress: (state) => {
      if (state.stage === 'matching') newSpace.hold();
      progress.update(() => progressText(state, target, words));
    },
  };
  const every = isEveryPlatform(options.platform);
  const assessing = every ? assessPlatforms(target, assessOptions) : assess(target, assessOptions);
  const assessed = await assessing.finally(() => {
    progress.stop();
    newSpace.hold();
  });
  const { reports, failed } = 'reports' in assessed ? assessed : { reports: [assessed], failed: [] };

  newSpace.free();
  if (reports.length > 0) await writeFiles(assessed, reports, settings, context);
  return failed.length > 0 ? reportFailed(failed, settings, context) : exitOf(reports);
}

/** The folder of this run, and what is said of it. */
async function writeFiles(assessed: Assessed, reports: readonly Report[], settings: Settings, context: CommandContext): Promise<void> {
  const { io, words, language } = context;
  const { closingLines, platformName, writeAssessment } = await import('../app/assess-files.ts');
  const how = { language, colour: false, filter: { ignoreUnfixed: false } };
  const files = await writeAssessment(assessed, resolve(io.cwd, settings.assessOutput), how);
  if (!settings.quiet) io.stderr.write((await import('./scan.ts')).warningsText(reports, context));
  for (const report of reports) {
    if (reports.length > 1) io.stdout.write(`== ${safeText(platformName(report.inventory.target))} ==\n`);
    for (const line of await closingLines(report, how)) io.stdout.write(`${line}\n`);
  }
  io.stdout.write(`${words('assess.files')}\n`);
  for (const { path, size } of files) io.stdout.write(`  ${safeText(path)} ${size}\n`);
}
