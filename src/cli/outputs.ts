import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, lstat, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { FORMAT_ALIASES, REPORTERS, type Reporter } from '../app/reporters.ts';
import { EXIT, PlimsollError } from '../util/errors.ts';

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
