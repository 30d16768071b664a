import type { Command } from 'commander';
import { PLAN_FORMATS } from '../app/sheet-formats.ts';
import type { SettingName } from '../settings/index.ts';
import { EXIT, PlimsollError } from '../util/errors.ts';
import type { CommandContext } from './context.ts';
import { addExamples } from './help.ts';
import { boundNewSpace } from './new-space.ts';
import { addSettings } from './options.ts';
import { progressLine } from './progress.ts';
import { registryPassword } from './registry-options.ts';
import { OF_FORMATS, OF_ONE_REPORT, ofSheets } from './sheet-settings.ts';

/** What of a scan's settings says nothing of a plan. */
const NOT_HERE: ReadonlySet<SettingName> = new Set([
  ...OF_ONE_REPORT,
  ...OF_FORMATS,
  'failOn',
  'scanners',
  'lazy',
  'allowLazy',
  'secretsVerify',
  'secretsVerifyEndpoints',
] as const);

/** Candidates that are scanned at most, whatever is asked for. */
const MOST = 50;

interface Flags {
  readonly baseImage?: string;
  readonly candidates?: string;
  readonly registryPasswordStdin?: boolean;
}

/** `plimsoll recommend <image>` */
export function addRecommend(program: Command, context: CommandContext): void {
  const { words, facts, io } = context;
  const command = program.command('recommend').description(words('recommend.description')).argument('<target>', words('scan.target'));
  addSettings(command, 'scan', words, { ...facts, formats: PLAN_FORMATS.join(', ') }, NOT_HERE);
  command
    .option('--base-image <image>', words('recommend.base-image'))
    .option('--candidates <count>', words('recommend.candidates'))
    .option('--registry-password-stdin', words('setting.password-stdin'));
  addExamples(command, words, [
    { line: 'plimsoll recommend app:1.0', does: words('recommend.example.image') },
    { line: 'plimsoll recommend app:1.0 --dockerfile Dockerfile -f markdown', does: words('recommend.example.dockerfile') },
    { line: 'plimsoll recommend oci:image --base-image debian:12 --candidates 3', does: words('recommend.example.base') },
  ]);
  command.action(async (target: string, flags: Flags) => {
    const { values: settings } = await context.settings(command);
    const most = flags.candidates === undefined ? undefined : candidatesOf(flags.candidates);
    const [{ recommend }, { writePlan }, { plannedSheets, writeSheets }, scanning] = await Promise.all([
      import('../app/recommend/index.ts'),
      import('../app/recommend/reporters.ts'),
      import('./sheets.ts'),
      import('./scan.ts'),
    ]);
    const planned = await plannedSheets(settings, PLAN_FORMATS, io.cwd);
    const password = await registryPassword(settings, flags.registryPasswordStdin === true, io);
    const {
      failOn: _none,
      scanners: _vulnerabilities,
      base: _registry,
      ...options
    } = scanning.scanOptions(ofSheets(settings), password, io);
    const newSpace = boundNewSpace();
    const progress = progressLine(io.stderr, settings.progress && !settings.quiet);
    const plan = await recommend(target, {
      ...options,
      cwd: io.cwd,
      ...(settings.dockerfile === undefined ? {} : { dockerfile: settings.dockerfile }),
      ...(flags.baseImage === undefined ? {} : { baseName: flags.baseImage }),
      ...(most === undefined ? {} : { most }),
      onProgress: (state) => {
        if (state.stage === 'matching') newSpace.hold();
        progress.update(() => scanning.progressText(state, target, words));
      },
    }).finally(() => {
      progress.stop();
      newSpace.hold();
    });
    await writeSheets(planned, settings, context, (format, how) => writePlan(plan, format, how));
    newSpace.free();
    context.exit(EXIT.pass);
  });
}

function candidatesOf(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 0 && count <= MOST) return count;
  throw new PlimsollError('candidates-malformed', { value: text, most: MOST }, { exitCode: EXIT.usage });
}
