import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, lstat, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { FORMAT_ALIASES, type PlatformReports, REPORTERS, type Rendering, type Reporter, type Writer } from '../app/reporters.ts';
import type { Settings } from '../settings/index.ts';
import { EXIT, PlimsollError } from '../util/errors.ts';
import type { CommandContext } from './context.ts';
import { type Io, useColour } from './io.ts';

/** One report to write. */
export interface Output {
  readonly reporter: Reporter;
  /** One of the reporter's versions, where the user named one. */
  readonly version?: string;
  /** Absolute; undefined for standard output. */
  readonly file?: string;
}

/**
 * What `--format` and `--output` ask for: `json`, `json=report.json`, `table=-`, `cyclonedx@1.5`. Unknown formats and versions and two
 * reports for one place are usage errors, and so is a folder that cannot be written: found before the scan, not after it.
 */
export async function plannedOutputs(formats: readonly string[], output: string | undefined, cwd: string): Promise<Output[]> {
  const planned = await plannedFiles(formats, output, cwd);
  return planned.map(({ id, spec, file }) => ({ ...reporterOf(id, spec), ...(file === undefined ? {} : { file }) }));
}

function reporterOf(id: string, spec: string): Pick<Output, 'reporter' | 'version'> {
  const [name = '', version] = id.split('@', 2);
  const reporter = REPORTERS.find((each) => each.id === (FORMAT_ALIASES[name] ?? name));
  if (!reporter) {
    const choices = REPORTERS.map((each) => each.id).join(', ');
    throw new PlimsollError('format-unknown', { format: spec, choices }, { exitCode: EXIT.usage });
  }
  if (version === undefined) return { reporter };
  const { versions = [] } = reporter;
  if (versions.includes(version)) return { reporter, version };
  const choices = versions.length === 0 ? reporter.id : versions.map((each) => `${reporter.id}@${each}`).join(', ');
  throw new PlimsollError('format-version-unknown', { format: spec, choices }, { exitCode: EXIT.usage });
}

/** One image, or every platform of one. */
export interface Scanned extends PlatformReports {
  readonly every: boolean;
}

/** How all outputs are to be written, but for colours and width. What a format needs and nobody said is an error before the scan. */
export async function rendering(
  outputs: readonly Output[],
  settings: Pick<
    Settings,
    | 'ignoreUnfixed'
    | 'showSuppressed'
    | 'severity'
    | 'type'
    | 'origin'
    | 'template'
    | 'sarifSuppressed'
    | 'asffAccount'
    | 'asffRegion'
    | 'asffProduct'
  >,
  { io, language }: Pick<CommandContext, 'io' | 'language'>,
): Promise<Omit<Rendering, 'colour'>> {
  const { severity, type, asffAccount: accountId, asffRegion: region, asffProduct: productArn } = settings;
  const template =
    settings.template !== undefined && outputs.some(({ reporter }) => reporter.id === 'template')
      ? { template: await (await import('../app/template-file.ts')).readTemplate(settings.template, io.cwd) }
      : {};
  const how = {
    language,
    filter: {
      ignoreUnfixed: settings.ignoreUnfixed,
      ...(settings.showSuppressed ? { showSuppressed: true } : {}),
      ...(severity === undefined ? {} : { severities: severity }),
      ...(type === undefined ? {} : { classes: type }),
      ...(settings.origin === undefined ? {} : { origin: settings.origin }),
    },
    env: io.env,
    suppressedInSarif: settings.sarifSuppressed,
    securityHub: {
      ...(accountId === undefined ? {} : { accountId }),
      ...(region === undefined ? {} : { region }),
      ...(productArn === undefined ? {} : { productArn }),
    },
    ...template,
  };
  for (const { reporter } of outputs) reporter.ready?.(how);
  return how;
}

/** Writes the reports as one output. */
export async function writeReports(
  scanned: Scanned,
  output: Output,
  common: Omit<Rendering, 'colour'>,
  settings: Pick<Settings, 'color'>,
  io: Io,
): Promise<void> {
  const [only] = scanned.reports;
  const { reporter } = output;
  await writeTo(output, common, settings, io, (out, how) =>
    scanned.every || only === undefined ? reporter.writePlatforms(scanned, out, how) : reporter.write(only, out, how),
  );
}

/** Writes one output, to standard output or whole into its file. `common` is what `write` is told besides colours, width and version. */
export async function writeTo<H>(
  { version, file }: Pick<Output, 'version' | 'file'>,
  common: H,
  { color }: Pick<Settings, 'color'>,
  io: Io,
  write: (out: Writer, how: H & Pick<Rendering, 'colour' | 'width' | 'version'>) => Promise<void>,
): Promise<void> {
  const toTerminal = file === undefined && io.stdout.isTTY;
  const colour = file === undefined ? useColour(color, io.stdout, io.env) : color === 'always';
  const pieces: string[] = [];
  const out = file === undefined ? io.stdout : { write: (text: string) => void pieces.push(text) };
  const how = {
    ...common,
    colour,
    ...(toTerminal && io.stdout.columns !== undefined ? { width: io.stdout.columns } : {}),
    ...(version === undefined ? {} : { version }),
  };
  await write(out, how);
  if (file !== undefined) await writeOutput(file, pieces);
}

/** A format by name, and where it goes. */
export interface PlannedFile {
  /** In small letters. */
  readonly id: string;
  /** As the user wrote it. */
  readonly spec: string;
  /** Absolute; undefined for standard output. */
  readonly file?: string;
}

/** The same for formats that are no reporters. */
export async function plannedFiles(formats: readonly string[], output: string | undefined, cwd: string): Promise<PlannedFile[]> {
  const planned = formats.map((spec) => plan(spec, output, cwd));
  const places = planned.map((each) => each.file ?? '');
  const repeated = places.find((place, i) => places.indexOf(place) !== i);
  if (repeated !== undefined) {
    throw new PlimsollError('format-several-to-one', { where: repeated || 'stdout' }, { exitCode: EXIT.usage });
  }
  for (const { file } of planned) {
    if (file === undefined) continue;
    await access(dirname(file), constants.W_OK).catch((cause) => {
      if (!isSpecial(file)) throw unwritable(file, cause);
    });
  }
  return planned;
}

/** Writes the whole file or leaves the old one: through a temporary file beside it, except for devices and pipes. */
export async function writeOutput(file: string, pieces: readonly string[]): Promise<void> {
  try {
    const existing = await lstat(file).catch(() => undefined);
    if (existing && !existing.isFile()) return await writeFile(file, pieces);
    const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
    try {
      await writeFile(temporary, pieces, { flag: 'wx' });
      await rename(temporary, file);
    } finally {
      await rm(temporary, { force: true });
    }
  } catch (cause) {
    throw unwritable(file, cause);
  }
}

function plan(spec: string, output: string | undefined, cwd: string): PlannedFile {
  const equals = spec.indexOf('=');
  const id = equals < 0 ? spec : spec.slice(0, equals);
  const file = equals < 0 ? output : spec.slice(equals + 1);
  return { id: id.trim().toLowerCase(), spec: id, ...(file && file !== '-' ? { file: resolve(cwd, file) } : {}) };
}

function isSpecial(file: string): boolean {
  return file.startsWith('/dev/') || file.startsWith('/proc/');
}

function unwritable(path: string, cause: unknown): PlimsollError {
  const detail = (cause as NodeJS.ErrnoException).code ?? String(cause);
  return new PlimsollError('output-unwritable', { path, detail }, { cause });
}
