import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { closest } from '../util/closest.ts';
import { EXIT, PlimsollError } from '../util/errors.ts';
import { type Machine, userConfigDir } from './folders.ts';
import { SETTING_NAMES, SETTINGS, type SettingName, type Settings } from './schema.ts';
import { longFlag, type Setting } from './setting.ts';

/** Where a value came from. */
export type Source =
  | { readonly kind: 'flag'; readonly name: string }
  | { readonly kind: 'env'; readonly name: string }
  | { readonly kind: 'file'; readonly path: string; readonly line: number }
  | { readonly kind: 'default' };

export interface Resolved {
  readonly values: Settings;
  readonly sources: Readonly<Record<SettingName, Source>>;
}

export interface SettingsInput extends Machine {
  /** What the command line gave, by setting. */
  readonly flags: Readonly<Partial<Record<SettingName, unknown>>>;
  readonly cwd: string;
  /** Instead of looking for plimsoll.yaml. */
  readonly configPath?: string;
}

/**
 * Each setting from the first of: command line, environment, plimsoll.yaml of the working directory, plimsoll.yaml of the
 * user's configuration folder, default. A value that is none is a usage error that names the place.
 */
export async function resolveSettings(input: SettingsInput): Promise<Resolved> {
  refuseMisspelt(input.env);
  const files = await settingsFiles(input);
  const values: Record<string, unknown> = {};
  const sources: Partial<Record<SettingName, Source>> = {};
  for (const name of SETTING_NAMES) {
    const { value, source } = resolveOne(name, input, files);
    values[name] = value;
    sources[name] = source;
  }
  return { values: values as Settings, sources: sources as Record<SettingName, Source> };
}

/**
 * One setting, for what has to be said before all of them are known to be right: what is wrong with others does not count. Throws like
 * `resolveSettings` where its own value is none or a file cannot be read.
 */
export async function resolveAlone<N extends SettingName>(name: N, input: SettingsInput): Promise<Settings[N]> {
  const files = await settingsFiles(input, name);
  return resolveOne(name, input, files).value as Settings[N];
}

/** A place as people and editors write it: `--fail-on`, `PLIMSOLL_FAIL_ON`, `plimsoll.yaml:3`; undefined for defaults. */
export function placeOf(source: Source): string | undefined {
  if (source.kind === 'default') return undefined;
  return source.kind === 'file' ? `${source.path}:${source.line}` : source.name;
}

type Files = Awaited<ReturnType<typeof settingsFiles>>;

function resolveOne(name: SettingName, { flags, env }: SettingsInput, files: Files): { value: unknown; source: Source } {
  const setting: Setting = SETTINGS[name];
  if (flags[name] !== undefined) return accepted(setting, flags[name], { kind: 'flag', name: longFlag(setting) ?? setting.key });
  const variable = env[setting.env];
  if (variable) return accepted(setting, variable, { kind: 'env', name: setting.env });
  for (const { path, entries } of files) {
    const entry = entries.find((each) => each.name === name);
    if (entry) return accepted(setting, entry.raw, { kind: 'file', path, line: entry.line });
  }
  return { value: setting.fallback, source: { kind: 'default' } };
}

function accepted(setting: Setting, raw: unknown, source: Source): { value: unknown; source: Source } {
  const value = setting.kind.accept(raw);
  if (value !== undefined) return { value, source };
  const shown = setting.kind.id === 'secret' ? '***' : refused(setting.kind, raw);
  const choices = setting.kind.choices?.join(', ') ?? '';
  throw new PlimsollError(setting.kind.refusal, { where: placeOf(source) ?? '', value: shown, choices }, { exitCode: EXIT.usage });
}

/** What of `raw` is to blame: of a list the words that are not among the choices, else all of it. */
function refused(kind: Setting['kind'], raw: unknown): string {
  const items: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
  if (!items.every((each) => typeof each === 'string')) return JSON.stringify(raw);
  const words = kind.id === 'choices' ? items.flatMap((each) => each.split(',')).map((each) => each.trim()) : items;
  const wrong = words.filter((each) => each !== '' && kind.accept(each) === undefined);
  return (wrong.length > 0 ? wrong : items).join(', ');
}

const PREFIX = 'PLIMSOLL_';

/** A gate in a misspelt variable must not look like none. Variables that look like no setting are somebody else's. */
function refuseMisspelt(env: SettingsInput['env']): void {
  const known = [...SETTING_NAMES.map((name) => SETTINGS[name].env), `${PREFIX}CONFIG`].map((name) => name.slice(PREFIX.length));
  for (const variable of Object.keys(env)) {
    const name = variable.slice(PREFIX.length);
    if (!variable.startsWith(PREFIX) || !env[variable] || known.includes(name)) continue;
    const like = closest(name, known, (length) => Math.floor(length / 4));
    if (like) throw new PlimsollError('variable-misspelt', { variable, like: PREFIX + like }, { exitCode: EXIT.usage });
  }
}

async function settingsFiles({ configPath, cwd, ...machine }: SettingsInput, alone?: SettingName) {
  const given = configPath ?? machine.env.PLIMSOLL_CONFIG;
  const paths = given ? [resolve(cwd, given)] : [join(cwd, 'plimsoll.yaml'), join(userConfigDir(machine), 'plimsoll.yaml')];
  const texts = paths.flatMap((path) => {
    const text = read(path, given !== undefined && given !== '');
    return text === undefined ? [] : [{ path, text }];
  });
  if (texts.length === 0) return [];
  const { readSetting, readSettingsFile } = await import('./file.ts');
  return texts.map(({ path, text }) => ({ path, entries: alone ? readSetting(alone, text) : readSettingsFile(path, text) }));
}

function read(path: string, wanted: boolean): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (!wanted && (code === 'ENOENT' || code === 'ENOTDIR')) return undefined;
    throw new PlimsollError('settings-file-unreadable', { path, detail: code ?? String(cause) }, { cause, exitCode: EXIT.usage });
  }
}
