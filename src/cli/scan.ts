import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type PlatformReports, platformName } from '../app/reporters.ts';
import type { Scanner, ScanOptions, ScanProgress } from '../app/scan/index.ts';
import { fill } from '../messages/fill.ts';
import { catalogues } from '../messages/index.ts';
import type { Decision, Report } from '../model/index.ts';
import { defaultCacheDir, type Settings, userConfigDir } from '../settings/index.ts';
import { EXIT, type ExitCode, PlimsollError } from '../util/errors.ts';
import { safeText } from '../util/terminal/text.ts';
import type { CommandContext } from './context.ts';
import { addExamples, addExitCodes } from './help.ts';
import { type Io, useColour } from './io.ts';
import { boundNewSpace } from './new-space.ts';
import { addSettings } from './options.ts';
import type { Scanned } from './outputs.ts';
import { progressLine } from './progress.ts';
import { registryAccess, registryPassword } from './registry-options.ts';
import { exceptionsOptions, gateOf } from './standing-options.ts';
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
    { line: 'plimsoll scan app:1.0 --dockerfile Dockerfile --origin own', does: words('scan.example.origin') },
    { line: 'plimsoll scan --platform all app:1.0', does: words('scan.example.platforms') },
    {
      line: "plimsoll scan app:1.0 -f trivy | jq '.Results[].Vulnerabilities[] | {VulnerabilityID, PkgName, Severity}'",
      does: words('scan.example.jq'),
    },
  ]);
  addExitCodes(command, words);
  command.action(async (target: string, options: { registryPasswordStdin?: boolean }) => {
    const { values } = await context.settings(command);
    context.exit(
      await runScan(target, values, { passwordFromStdin: options.registryPasswordStdin === true, dockerfile: values.dockerfile }, context),
    );
  });
}

export const EXIT_OF: Record<Decision['outcome'], ExitCode> = { allow: EXIT.pass, deny: EXIT.gateFailed, unknown: EXIT.unknown };
const WORST_FIRST = ['deny', 'unknown', 'allow'] as const;

/** What a command line says that is no setting. */
export interface ScanFlags {
  readonly passwordFromStdin: boolean;
  /** Where to write the secrets that were found as known ones. */
  readonly writeBaseline?: string | undefined;
  /** The Dockerfile that the image is built from. */
  readonly dockerfile?: string | undefined;
  /** Instead of what the settings say. */
  readonly scanners?: readonly Scanner[];
}

/** What each word stands for; `misconfig` is Trivy's. */
const AVAILABLE: Readonly<Record<string, Scanner>> = { vuln: 'vuln', secret: 'secret', config: 'config', misconfig: 'config' };

export async function runScan(target: string, settings: Settings, flags: ScanFlags, context: CommandContext): Promise<ExitCode> {
  const { io, words } = context;
  const later = settings.scanners.find((each) => AVAILABLE[each] === undefined);
  if (later) throw new PlimsollError('scanner-later', { scanner: later }, { exitCode: EXIT.usage });
  const { plannedOutputs, rendering, writeReports } = await import('./outputs.ts');
  const outputs = await plannedOutputs(settings.format, settings.output, io.cwd);
  const how = await rendering(outputs, settings, context);
  const password = await registryPassword(settings, flags.passwordFromStdin, io);

  const newSpace = boundNewSpace();
  const progress = progressLine(io.stderr, settings.progress && !settings.quiet);
  let scanned: Scanned;
  try {
    scanned = await scanWith(target, {
      ...scanOptions(settings, password, io),
      cwd: io.cwd,
      ...(flags.dockerfile === undefined ? {} : { dockerfile: flags.dockerfile }),
      ...(flags.scanners ? { scanners: flags.scanners } : {}),
      onProgress: (state) => {
        if (state.stage === 'matching') newSpace.hold();
        progress.update(() => progressText(state, target, words));
      },
    });
  } finally {
    progress.stop();
    newSpace.hold();
  }
  const { reports, failed } = scanned;
  if (reports.length > 0) for (const output of outputs) await writeReports(scanned, output, how, settings, io);
  newSpace.free();
  if (flags.writeBaseline !== undefined) await writeBaseline(flags.writeBaseline, reports, settings, context);
  const tableShown = outputs.some((output) => output.reporter.id === 'table' && output.file === undefined);
  if (!tableShown && !settings.quiet) io.stderr.write(warningsText(reports, context));
  if (failed.length > 0) return reportFailed(failed, settings, context);
  return exitOf(reports);
}

/** The worst of all. */
export function exitOf(reports: readonly Report[]): ExitCode {
  return EXIT_OF[WORST_FIRST.find((outcome) => reports.some(({ decision }) => decision.outcome === outcome)) ?? 'unknown'];
}

async function writeBaseline(file: string, reports: readonly Report[], settings: Settings, { io, words }: CommandContext): Promise<void> {
  const { baselineOf } = await import('../app/secrets/baseline.ts');
  const findings = reports.flatMap(({ secrets }) => secrets?.findings ?? []);
  const { text, count } = baselineOf(findings, { key: settings.secretsKey, configDir: userConfigDir(io) });
  const { writeOutput } = await import('./outputs.ts');
  await writeOutput(resolve(io.cwd, file), [text]);
  if (!settings.quiet) io.stderr.write(`${words('secrets.baseline-written', { count, file: safeText(file) })}\n`);
}

async function scanWith(target: string, options: ScanOptions): Promise<Scanned> {
  const { isEveryPlatform, scan } = await import('../app/scan/index.ts');
  if (!isEveryPlatform(options.platform)) return { reports: [await scan(target, options)], failed: [], every: false };
  const { scanPlatforms } = await import('../app/scan/platforms.ts');
  return { ...(await scanPlatforms(target, options)), every: true };
}

export async function reportFailed(
  failed: PlatformReports['failed'],
  settings: Settings,
  { io, language }: CommandContext,
): Promise<ExitCode> {
  const { errorText } = await import('./error-text.ts');
  const colour = useColour(settings.color, io.stderr, io.env);
  for (const { platform, digest, error } of failed) {
    io.stderr.write(errorText(error, { language, colour, debug: settings.debug, about: platform ?? digest }));
  }
  return EXIT.scanError;
}

export function scanOptions(settings: Settings, password: string | undefined, io: Io): ScanOptions {
  const scanners: readonly string[] = settings.scanners;
  return {
    cacheDir: settings.cacheDir ?? defaultCacheDir(io),
    cacheSize: settings.cache ? settings.cacheSize : 0,
    ownedFiles: false,
    base: settings.base,
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
    imageSources: settings.imageSource,
    ...gateOf(settings.failOn),
    ...standing(settings, io),
    registry: registryAccess(settings, password),
    ...sharedCache(settings),
    ...(settings.imports === undefined ? {} : { imports: settings.imports, cwd: io.cwd }),
    scanners: [...new Set(scanners.flatMap((each) => AVAILABLE[each] ?? []))],
    ...(scanners.includes('secret') ? { secrets: secretsOptions(settings, io) } : {}),
  };
}

/** What findings are held against beside the database. */
function standing(settings: Settings, { cwd }: Io): Pick<ScanOptions, 'exceptions' | 'baseline' | 'cwd'> {
  const exceptions = exceptionsOptions(settings, cwd);
  const { baseline } = settings;
  return { cwd, ...(exceptions ? { exceptions } : {}), ...(baseline === undefined ? {} : { baseline }) };
}

function secretsOptions(settings: Settings, io: Io): NonNullable<ScanOptions['secrets']> {
  const { secretsWhere: where, secretsSkip: skip, secretsKey: key, secretsRules: rules, secretsBaseline: baseline } = settings;
  const { secretsVerify: verify, secretsVerifyEndpoints: verifyEndpoints } = settings;
  return {
    where,
    skip,
    verify,
    ...(verifyEndpoints === undefined ? {} : { verifyEndpoints }),
    configDir: userConfigDir(io),
    ...(key === undefined ? {} : { key }),
    ...(rules === undefined ? {} : { rules: rules.map((file) => resolve(io.cwd, file)) }),
    ...(baseline === undefined ? {} : { baseline: resolve(io.cwd, baseline) }),
  };
}

function sharedCache(settings: Settings): Pick<ScanOptions, 'sharedCache'> {
  const { sharedCache: address, sharedCacheTrust: trust, sharedCacheSign: sign, sharedCacheToken: token } = settings;
  if (address === undefined || !settings.cache) return {};
  const given = { ...(trust === undefined ? {} : { trust }), ...(sign === undefined ? {} : { sign }) };
  return { sharedCache: { address, ...given, ...(token === undefined ? {} : { token }) } };
}

export function progressText(state: ScanProgress, target: string, words: Words): string {
  const text = stageText(state, target, words);
  return state.platform === undefined ? text : `${safeText(state.platform)}: ${text}`;
}

function stageText(state: ScanProgress, target: string, words: Words): string {
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
    case 'content':
      return words('progress.content', { done: megabytes(state.done) });
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

/** For those who read only JSON: what the table would have said before it is trusted. What holds for all platforms is said once. */
export function warningsText(reports: readonly Report[], { language, words }: CommandContext): string {
  const texts = catalogues(language).warning;
  const all = reports.map((report) => report.warnings.map((each) => safeText(fill(texts[each.code], each.params))));
  const common = (all[0] ?? []).filter((text) => all.every((others) => others.includes(text)));
  const own = reports.flatMap(({ inventory }, i) =>
    (all[i] ?? []).filter((text) => !common.includes(text)).map((text) => `${safeText(platformName(inventory.target))}: ${text}`),
  );
  return [...common, ...own].map((text) => `${words('warning.title')}: ${text}\n`).join('');
}
