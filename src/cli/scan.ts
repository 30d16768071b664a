import { setFlagsFromString } from 'node:v8';
import type { Command } from 'commander';
import type { ScanOptions, ScanProgress } from '../app/scan.ts';
import { fill } from '../messages/fill.ts';
import { catalogues } from '../messages/index.ts';
import type { Decision, Report } from '../model/index.ts';
import { defaultCacheDir, type Settings } from '../settings/index.ts';
import { EXIT, type ExitCode, PlimsollError } from '../util/errors.ts';
import { safeText } from '../util/terminal/text.ts';
import { addExamples, addExitCodes } from './help.ts';
import { type Io, useColour } from './io.ts';
import { addSettings } from './options.ts';
import type { Output } from './outputs.ts';
import type { CommandContext } from './program.ts';
import { progressLine } from './progress.ts';
import { registryAccess, registryPassword } from './registry-options.ts';
import type { Words } from './words.ts';

/** `plimsoll scan <target>` */
export function addScan(program: Command, context: CommandContext): void {
  const { words, facts } = context;
  const command = program.command('scan').description(words('scan.description')).argument('<target>', words('scan.target'));
  addSettings(command, 'scan', words, facts);
  command.option('--registry-password-stdin', words('setting.password-stdin'));
  addExamples(command, words, [
    { line: 'plimsoll scan alpine:3.20', does: words('scan.example.image') },
    { line: 'docker save app | plimsoll scan -', does: words('scan.example.archive') },
    { line: 'plimsoll scan app:1.0 -f json=report.json -f table --fail-on critical', does: words('scan.example.gate') },
    { line: 'plimsoll scan --offline oci:image', does: words('scan.example.offline') },
    {
      line: "plimsoll scan app:1.0 -f trivy | jq '.Results[].Vulnerabilities[] | {VulnerabilityID, PkgName, Severity}'",
      does: words('scan.example.jq'),
    },
  ]);
  addExitCodes(command, words);
  command.action(async (target: string, options: { registryPasswordStdin?: boolean }) => {
    const { values } = await context.settings(command);
    context.exit(await runScan(target, values, options.registryPasswordStdin === true, context));
  });
}

const EXIT_OF: Record<Decision['outcome'], ExitCode> = { allow: EXIT.pass, deny: EXIT.gateFailed, unknown: EXIT.unknown };

async function runScan(target: string, settings: Settings, passwordFromStdin: boolean, context: CommandContext): Promise<ExitCode> {
  const { io, words } = context;
  const later = settings.scanners.find((each) => each !== 'vuln');
  if (later) throw new PlimsollError('scanner-later', { scanner: later }, { exitCode: EXIT.usage });
  const { plannedOutputs } = await import('./outputs.ts');
  const outputs = await plannedOutputs(settings.format, settings.output, io.cwd);
  const { scan } = await import('../app/scan.ts');
  const password = await registryPassword(settings, passwordFromStdin, io);

  const progress = progressLine(io.stderr, settings.progress && !settings.quiet);
  let report: Report;
  try {
    report = await scan(target, {
      ...scanOptions(settings, password, io),
      onProgress: (state) => {
        if (state.stage === 'matching') stopNewSpaceGrowing();
        progress.update(progressText(state, target, words));
      },
    });
  } finally {
    progress.stop();
  }
  for (const output of outputs) await write(report, output, settings, context);
  const tableShown = outputs.some((output) => output.reporter.id === 'table' && output.file === undefined);
  if (!tableShown && !settings.quiet) io.stderr.write(warningsText(report, context));
  return EXIT_OF[report.decision.outcome];
}

/**
 * Findings come by the hundred thousand and stay: the space for what is young, which doubles whenever much of it survives, would end at
 * 96 MB beside the 60 that it holds. Not in the library: it is the whole process's. Source: V8, NewSpace::Grow.
 */
function stopNewSpaceGrowing(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

function scanOptions(settings: Settings, password: string | undefined, io: Io): ScanOptions {
  return {
    cacheDir: settings.cacheDir ?? defaultCacheDir(io),
    cacheSize: settings.cache ? settings.cacheSize : 0,
    ownedFiles: false,
    offline: settings.offline,
    maxDatabaseAgeDays: settings.maxDbAge,
    staleDatabase: settings.staleDb,
    lazy: settings.lazy,
    allowLazy: settings.allowLazy,
    env: io.env,
    stdin: io.stdin,
    ...(io.signal === undefined ? {} : { signal: io.signal }),
    update: settings.update,
    ...(settings.dbSource === undefined ? {} : { databaseSources: settings.dbSource }),
    ...(settings.db === undefined ? {} : { database: settings.db }),
    ...(settings.platform === undefined ? {} : { platform: settings.platform }),
    ...(settings.failOn === 'none' ? {} : { failOn: settings.failOn }),
    registry: registryAccess(settings, password),
    ...sharedCache(settings),
  };
}

function sharedCache(settings: Settings): Pick<ScanOptions, 'sharedCache'> {
  const { sharedCache: address, sharedCacheTrust: trust, sharedCacheSign: sign, sharedCacheToken: token } = settings;
  if (address === undefined || !settings.cache) return {};
  const given = { ...(trust === undefined ? {} : { trust }), ...(sign === undefined ? {} : { sign }) };
  return { sharedCache: { address, ...given, ...(token === undefined ? {} : { token }) } };
}

function progressText(state: ScanProgress, target: string, words: Words): string {
  switch (state.stage) {
    case 'opening':
      return words('progress.opening', { target: safeText(target) });
    case 'layers':
      return words('progress.layers', {
        done: megabytes(state.done),
        total: megabytes(state.total),
        percent: percent(state.done, state.total),
      });
    case 'folder':
      return words('progress.folder', { done: state.done });
    case 'database':
      return words('progress.database', { shards: state.shards, of: state.of, fetched: (state.fetched / 1e6).toFixed(1) });
    case 'matching':
      return words('progress.matching', { packages: state.packages });
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);
}

function percent(done: number, total: number): number {
  return total > 0 ? Math.min(100, Math.floor((done / total) * 100)) : 100;
}

async function write(report: Report, { reporter, file }: Output, settings: Settings, { io, language }: CommandContext): Promise<void> {
  const toTerminal = file === undefined && io.stdout.isTTY;
  const colour = file === undefined ? useColour(settings.color, io.stdout, io.env) : settings.color === 'always';
  const pieces: string[] = [];
  const out = file === undefined ? io.stdout : { write: (text: string) => void pieces.push(text) };
  await reporter.write(report, out, {
    language,
    colour,
    ...(toTerminal && io.stdout.columns !== undefined ? { width: io.stdout.columns } : {}),
    filter: {
      ignoreUnfixed: settings.ignoreUnfixed,
      ...(settings.severity === undefined ? {} : { severities: settings.severity }),
      ...(settings.type === undefined ? {} : { classes: settings.type }),
    },
  });
  if (file === undefined) return;
  const { writeOutput } = await import('./outputs.ts');
  await writeOutput(file, pieces);
}

/** For those who read only JSON: what the table would have said before it is trusted. */
function warningsText(report: Report, { language, words }: CommandContext): string {
  const texts = catalogues(language).warning;
  return report.warnings.map((each) => `${words('warning.title')}: ${safeText(fill(texts[each.code], each.params))}\n`).join('');
}
