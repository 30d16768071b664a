import type { Command } from 'commander';
import type { SettingName, Settings } from '../settings/index.ts';
import { EXIT, PlimsollError } from '../util/errors.ts';
import type { CommandContext } from './context.ts';
import { addExamples, addExitCodes } from './help.ts';
import { boundNewSpace } from './new-space.ts';
import { addSettings } from './options.ts';
import { progressLine } from './progress.ts';
import { registryPassword } from './registry-options.ts';
import { OF_ONE_REPORT, ofSheets } from './sheet-settings.ts';

/** What of a scan's settings says nothing of two of them. */
const NOT_HERE: ReadonlySet<SettingName> = new Set<SettingName>([
  ...OF_ONE_REPORT.filter((name) => name !== 'severity' && name !== 'ignoreUnfixed'),
  'dockerfile',
]);

interface Flags {
  readonly to?: string;
  readonly registryPasswordStdin?: boolean;
}

/** `plimsoll compare <a> --to <b>` */
export function addCompare(program: Command, context: CommandContext): void {
  const { words, facts } = context;
  const command = program.command('compare').description(words('compare.description')).argument('<target>', words('compare.target'));
  command.option('--to <target>', words('compare.to'));
  addSettings(command, 'scan', words, facts, NOT_HERE);
  command.option('--registry-password-stdin', words('setting.password-stdin'));
  addExamples(command, words, [
    { line: 'plimsoll compare app:2.0 --to app:1.0', does: words('compare.example.images') },
    { line: 'plimsoll compare oci:image --to report.json --fail-on high', does: words('compare.example.gate') },
    { line: 'plimsoll scan app:2.0 -f json | plimsoll compare - --to app:1.0', does: words('compare.example.pipe') },
    { line: 'plimsoll compare app:2.0 --to app:1.0 -f markdown=changes.md -f sarif=added.sarif', does: words('compare.example.files') },
  ]);
  addExitCodes(command, words);
  command.action(async (target: string, flags: Flags) => {
    const { io } = context;
    const { values } = await context.settings(command);
    const { severity, ignoreUnfixed } = values;
    const settings: Settings = { ...ofSheets(values), severity, ignoreUnfixed };
    const { to } = flags;
    if (to === undefined) {
      throw new PlimsollError('argument-missing', { argument: '--to <target>', help: 'plimsoll compare --help' }, { exitCode: EXIT.usage });
    }
    const [{ compare }, { writeComparison }, { plannedOutputs, rendering, writeTo }, { EXIT_OF, progressText, scanOptions, warningsText }] =
      await Promise.all([import('../app/compare.ts'), import('../app/reporters.ts'), import('./outputs.ts'), import('./scan.ts')]);
    const outputs = await plannedOutputs(settings.format, settings.output, io.cwd);
    const how = await rendering(outputs, settings, context);
    const password = await registryPassword(settings, flags.registryPasswordStdin === true, io);
    const newSpace = boundNewSpace();
    const progress = progressLine(io.stderr, settings.progress && !settings.quiet);
    const compared = await compare(target, to, {
      ...scanOptions(settings, password, io),
      base: 'none',
      filter: { ignoreUnfixed, ...(severity === undefined ? {} : { severities: severity }) },
      onProgress: (state) => {
        if (state.stage === 'matching') newSpace.hold();
        progress.update(() => progressText(state, target, words));
      },
    }).finally(() => {
      progress.stop();
      newSpace.hold();
    });
    for (const output of outputs) {
      await writeTo(output, how, settings, io, (out, full) => writeComparison(output.reporter, compared, out, full));
    }
    newSpace.free();
    if (!settings.quiet) io.stderr.write(warningsText([compared.report], context));
    context.exit(EXIT_OF[compared.comparison.decision.outcome]);
  });
}
