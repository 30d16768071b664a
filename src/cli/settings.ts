import type { Command } from 'commander';
import { defaultCacheDir, placeOf, type Resolved, SETTING_NAMES, SETTINGS, type Setting, type SettingName } from '../settings/index.ts';
import { withoutPasswords } from '../util/addresses.ts';
import { layOut } from '../util/terminal/columns.ts';
import { safeText } from '../util/terminal/text.ts';
import type { CommandContext } from './context.ts';
import { addMigrate } from './migrate.ts';

/** `plimsoll settings show|migrate` */
export function addSettingsCommand(program: Command, context: CommandContext): void {
  const settings = program.command('settings').description(context.words('settings.description'));
  addMigrate(settings, context);
  const show = settings.command('show').description(context.words('settings.show.description'));
  show.action(async () => {
    const resolved = await context.settings(show);
    context.io.stdout.write(`${settingsText(resolved, context).join('\n')}\n`);
  });
}

function settingsText(resolved: Resolved, { words, io }: CommandContext): string[] {
  const columns = [{ title: words('show.setting') }, { title: words('show.value'), least: 12 }, { title: words('show.from'), least: 12 }];
  const rows = SETTING_NAMES.map((name) => {
    const place = placeOf(resolved.sources[name]) ?? words('show.default');
    return [
      { text: SETTINGS[name].key },
      { text: safeText(shownValue(name, resolved) ?? defaultOf(name, io) ?? words('show.unset')) },
      { text: safeText(place) },
    ];
  });
  return layOut(columns, rows, io.stdout.columns);
}

function shownValue(name: SettingName, resolved: Resolved): string | undefined {
  const value: unknown = resolved.values[name];
  if (value === undefined) return undefined;
  const setting: Setting = SETTINGS[name];
  if (setting.kind.id === 'secret') return '***';
  if (typeof value === 'object' && !Array.isArray(value)) return withoutPasswords(JSON.stringify(value));
  return withoutPasswords(Array.isArray(value) ? value.join(',') : String(value));
}

/** Defaults that depend on the machine. */
function defaultOf(name: SettingName, io: CommandContext['io']): string | undefined {
  return name === 'cacheDir' ? defaultCacheDir(io) : undefined;
}
