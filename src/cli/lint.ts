import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { LintOptions, LintResult } from '../app/lint/index.ts';
import { VERSION } from '../app/version.ts';
import { fill } from '../messages/fill.ts';
import { catalogues } from '../messages/index.ts';
import type { Decision, SeverityLevel } from '../model/index.ts';
import type { Settings } from '../settings/index.ts';
import { EXIT, type ExitCode } from '../util/errors.ts';
import { layOut } from '../util/terminal/columns.ts';
import { safeText } from '../util/terminal/text.ts';
import type { CommandContext } from './context.ts';
import { addExamples, addExitCodes } from './help.ts';
import { useColour } from './io.ts';
import { addSettings } from './options.ts';
import type { Output } from './outputs.ts';
import { exceptionsOptions } from './standing-options.ts';

interface LintFlags {
  readonly run?: readonly string[];
  readonly fix?: boolean;
  readonly dryRun?: boolean;
  readonly listRules?: boolean;
}

interface LintRun extends LintFlags {
  /** Nobody named the gate. */
  readonly defaultGate: boolean;
}

/** `plimsoll lint [paths...]` */
export function addLint(program: Command, context: CommandContext): void {
  const { words, facts } = context;
  const command = program.command('lint').description(words('lint.description')).argument('[paths...]', words('lint.paths'));
  addSettings(command, 'lint', words, facts);
  command
    .option('--run <line>', words('lint.run'), (line: string, lines: readonly string[] = []) => [...lines, line])
    .option('--fix', words('lint.fix'))
    .option('--dry-run', words('lint.dry-run'))
    .option('--list-rules', words('lint.list-rules'));
  addExamples(command, words, [
    { line: 'plimsoll lint .', does: words('lint.example.folder') },
    { line: 'kubectl get deployment web -o yaml | plimsoll lint -', does: words('lint.example.stdin') },
    { line: "plimsoll lint --run 'docker run --privileged -p 22:22 app:latest'", does: words('lint.example.run') },
    { line: 'plimsoll lint . --fail-on warning -f table -f json=lint.json', does: words('lint.example.gate') },
    { line: 'plimsoll lint Dockerfile --fix --dry-run', does: words('lint.example.fix') },
    { line: 'plimsoll lint Dockerfile --ignore DL3008', does: words('lint.example.ignore') },
  ]);
  addExitCodes(command, words);
  command.action(async (paths: readonly string[], flags: LintFlags) => {
    const { values, sources } = await context.settings(command);
    context.exit(await runLint(paths, { ...flags, defaultGate: sources.lintFailOn.kind === 'default' }, values, context));
  });
}

const EXIT_OF: Record<Decision['outcome'], ExitCode> = { allow: EXIT.pass, deny: EXIT.gateFailed, unknown: EXIT.unknown };

async function runLint(paths: readonly string[], flags: LintRun, settings: Settings, context: CommandContext): Promise<ExitCode> {
  const { io, language, words } = context;
  const { lint } = await import('../app/lint/index.ts');
  const { lintWords } = await import('../messages/lint.ts');
  if (flags.listRules) return listRules(context);
  const outputs = await plannedOutputs(settings, context);
  const texts = lintWords(language);

  const options = await lintOptions(paths, flags, settings, context);
  let result = await lint(options);
  const note = (text: string) => settings.quiet || io.stderr.write(`${safeText(text)}\n`);
  if (flags.fix) {
    const { plannedFixes, writeFixes } = await import('../app/lint/fix.ts');
    const fixed = plannedFixes(result);
    if (fixed.length === 0) note(texts['fix.none']);
    for (const { absolute, difference, path, applied, skipped } of fixed) {
      for (const line of difference.split('\n').slice(0, -1)) io.stderr.write(`${safeText(line)}\n`);
      note(fill(texts[flags.dryRun || absolute === undefined ? 'fix.would' : 'fix.applied'], { path, count: applied }));
      if (skipped > 0) note(fill(texts['fix.skipped'], { path, count: skipped }));
    }
    if (!flags.dryRun && fixed.length > 0) {
      await writeFixes(fixed);
      // Standard input is gone once read; what is on disk is judged as it is now.
      if (!paths.includes('-')) result = await lint(options);
    }
  }
  for (const output of outputs) await write(result, output, paths, settings, context);
  for (const { code, params } of result.warnings) note(`${words('warning.title')}: ${fill(catalogues(language).warning[code], params)}`);
  for (const path of result.unknown) note(fill(texts['unknown-kind'], { path }));
  if (result.checks.files === 0) note(texts.nothing);
  return EXIT_OF[result.decision.outcome];
}

async function lintOptions(paths: readonly string[], flags: LintRun, settings: Settings, { io }: CommandContext): Promise<LintOptions> {
  const { severityOf } = await import('../app/lint/reporters.ts');
  const { installedTools, outputOf } = await import('../app/lint/run-tool.ts');
  const tools = installedTools(io.env, io.signal);
  const [which, level = 'unknown'] = settings.lintFailOn.startsWith('new') ? settings.lintFailOn.split(':') : ['all', settings.lintFailOn];
  const failOn = severityOf(level as Parameters<typeof severityOf>[0]);
  const exceptions = exceptionsOptions(settings, io.cwd);
  return {
    paths: paths.length === 0 && flags.run === undefined ? ['.'] : paths,
    cwd: io.cwd,
    stdin: io.stdin,
    requireReason: settings.lintRequireReason,
    runTool: outputOf(tools),
    ...(flags.run === undefined ? {} : { runLines: flags.run }),
    ...(settings.lintKind === undefined ? {} : { kind: settings.lintKind }),
    ...(settings.lintIgnore === undefined ? {} : { ignore: settings.lintIgnore }),
    ...(settings.lintEnable === undefined ? {} : { enable: settings.lintEnable }),
    ...(settings.lintRules === undefined ? {} : { ruleFiles: settings.lintRules.map((file) => resolve(io.cwd, file)) }),
    ...(settings.lintKubernetesVersion === undefined ? {} : { kubernetesVersion: settings.lintKubernetesVersion }),
    ...(settings.lintRender ? { renderTool: tools } : {}),
    ...(failOn === undefined ? {} : { failOn }),
    onlyNew: which === 'new',
    ...(settings.lintBaseline === undefined ? {} : { baseline: settings.lintBaseline }),
    heedOtherGates: flags.defaultGate,
    ...(exceptions ? { exceptions } : {}),
  };
}

/** Lint's own forms; all others are reports. */
type LintFormat = 'table' | 'json';

interface LintOutput {
  readonly format: LintFormat | Output;
  /** Absolute; undefined for standard output. */
  readonly file?: string;
}

async function plannedOutputs({ lintFormat, lintOutput }: Settings, { io }: CommandContext): Promise<LintOutput[]> {
  const { plannedOutputs: reports } = await import('./outputs.ts');
  return (await reports(lintFormat, lintOutput, io.cwd)).map((output) => {
    const { id } = output.reporter;
    return { format: id === 'table' || id === 'json' ? id : output, ...(output.file === undefined ? {} : { file: output.file }) };
  });
}

async function write(
  whole: LintResult,
  { format, file }: LintOutput,
  paths: readonly string[],
  settings: Settings,
  { io, language }: CommandContext,
): Promise<void> {
  const result = shown(whole, settings.lintSeverity);
  const { writeChecksJson, writeChecksText } = await import('../app/lint/reporters.ts');
  const pieces: string[] = [];
  const out = file === undefined ? io.stdout : { write: (text: string) => void pieces.push(text) };
  const colour = file === undefined ? useColour(settings.color, io.stdout, io.env) : settings.color === 'always';
  const width = file === undefined && io.stdout.isTTY && io.stdout.columns !== undefined ? { width: io.stdout.columns } : {};
  if (format === 'json') writeChecksJson({ ...result, version: VERSION, createdAt: new Date().toISOString() }, out, language);
  else if (format === 'table') writeChecksText(result, out, { language, colour, ...width });
  else {
    const { lintReport } = await import('../app/lint/report.ts');
    const { reporter, version } = format;
    const how = {
      language,
      colour,
      ...width,
      filter: { ignoreUnfixed: false },
      env: io.env,
      ...(version === undefined ? {} : { version }),
    };
    await reporter.write(lintReport(result, paths.join(' ') || '.', new Date()), out, how);
  }
  if (file === undefined) return;
  const { writeOutput } = await import('./outputs.ts');
  await writeOutput(file, pieces);
}

/** Never changes what the gate decides. */
function shown(result: LintResult, severities: readonly SeverityLevel[] | undefined): LintResult {
  if (severities === undefined) return result;
  const findings = result.checks.findings.filter(({ severity }) => severities.includes(severity));
  return { ...result, checks: { ...result.checks, findings } };
}

async function listRules({ io, language }: CommandContext): Promise<ExitCode> {
  const [{ lintRules }, { lintLevel }, { checkSentences }, { lintWords }] = await Promise.all([
    import('../app/lint/index.ts'),
    import('../app/lint/reporters.ts'),
    import('../messages/checks/index.ts'),
    import('../messages/lint.ts'),
  ]);
  const texts = lintWords(language);
  const columns = [
    { title: texts['rule.id'] },
    { title: texts['rule.level'] },
    { title: texts['rule.aliases'], least: 12 },
    { title: texts['rule.title'], least: 20 },
  ];
  const rows = (await lintRules()).flatMap(({ rules }) =>
    rules.map(({ id, aliases, severity, optIn }) => {
      const title = checkSentences(id, language)?.title ?? '';
      const request = optIn ? ` (${fill(texts['rule.opt-in'], { id })})` : '';
      return [{ text: id }, { text: texts[`level.${lintLevel(severity)}`] }, { text: aliases.join(' ') }, { text: title + request }];
    }),
  );
  io.stdout.write(`${layOut(columns, rows, io.stdout.isTTY ? io.stdout.columns : undefined).join('\n')}\n`);
  return EXIT.pass;
}
