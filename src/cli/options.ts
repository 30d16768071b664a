import { type Command, Option } from 'commander';
import { type CommandName, SETTING_NAMES, SETTINGS, type Setting, type SettingName, type SettingsInput } from '../settings/index.ts';
import type { Words } from './words.ts';

/** What option descriptions are filled with besides the choices of their own setting. */
export interface OptionFacts {
  readonly formats: string;
  /** Those that say what is inside. */
  readonly sbomFormats: string;
}

/** Adds the options of the settings that belong to `owner`, but for `except`. */
export function addSettings(
  command: Command,
  owner: CommandName | 'all',
  words: Words,
  facts: OptionFacts,
  except: ReadonlySet<SettingName> = new Set(),
): void {
  for (const name of SETTING_NAMES) {
    if (except.has(name)) continue;
    const setting: Setting = SETTINGS[name];
    const belongs = owner === 'all' ? setting.commands === 'all' : setting.commands !== 'all' && setting.commands.includes(owner);
    if (!setting.flags || !belongs) continue;
    command.addOption(settingOption(setting, setting.flags, words, facts));
  }
}

/** The settings that the command line of `command` gave, and no defaults. Commands may have options of one name for settings of their own. */
export function givenFlags(command: Command): SettingsInput['flags'] {
  const values = command.optsWithGlobals();
  const names = pathsOf(command);
  const flags: Partial<Record<SettingName, unknown>> = {};
  const ownFirst = [...SETTING_NAMES].sort((a, b) => rank(b) - rank(a));
  const taken = new Set<string>();
  for (const name of ownFirst) {
    const setting: Setting = SETTINGS[name];
    if (!setting.flags || rank(name) === 0) continue;
    const attribute = new Option(setting.flags).attributeName();
    if (taken.has(attribute)) continue;
    taken.add(attribute);
    if (command.getOptionValueSourceWithGlobals(attribute) === 'cli') flags[name] = values[attribute];
  }
  return flags;

  /** 2: the command's own; 1: that of those that it is a kind of (`secrets --baseline` is not that of `scan`). */
  function rank(name: SettingName): 0 | 1 | 2 {
    const { commands }: Setting = SETTINGS[name];
    if (commands === 'all') return 1;
    if (names[0] !== undefined && commands.some((each) => each === names[0])) return 2;
    return commands.some((each) => names.includes(each)) ? 1 : 0;
  }
}

/** Commands that have options of `scan`: they are scans. */
const SCANS: ReadonlySet<string> = new Set(['secrets', 'fs', 'sbom', 'compare', 'recommend']);

/** `db` and `db push` for the command `plimsoll db push`. */
function pathsOf(command: Command): readonly string[] {
  if (!command.parent) return [];
  const above = pathsOf(command.parent);
  if (SCANS.has(command.name())) return [command.name(), 'scan'];
  return [...above, [...above.slice(-1), command.name()].join(' ')];
}

/** What shell completion offers where any text is taken. */
const OFFERED: Readonly<Record<string, ((facts: OptionFacts) => string) | undefined>> = {
  'setting.format': ({ formats }) => formats,
  'setting.sbom-format': ({ sbomFormats }) => sbomFormats,
  'setting.template': () => 'list, mail, chat',
};

function settingOption(setting: Setting, flags: string, words: Words, facts: OptionFacts): Option {
  const choices = setting.kind.choices;
  const option = new Option(flags, words(setting.description, { choices: choices?.join(', ') ?? '', ...facts }));
  // For shell completion only: values are judged by the setting itself, in the reader's language and whatever their case.
  const offered = choices ?? OFFERED[setting.description]?.(facts).split(', ');
  if (offered) option.argChoices = [...offered];
  const repeatable = ['texts', 'pairs', 'paths', 'choices', 'feeds'].includes(setting.kind.id);
  if (repeatable) option.argParser((value: string, previous: string[] | undefined) => [...(previous ?? []), value]);
  return option;
}
