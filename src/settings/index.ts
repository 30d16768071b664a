export { closest } from '../util/closest.ts';
export { defaultCacheDir, type Machine, userConfigDir } from './folders.ts';
export { placeOf, type Resolved, resolveAlone, resolveSettings, type SettingsInput } from './resolve.ts';
export { SETTING_NAMES, SETTINGS, type SettingName, type Settings } from './schema.ts';
export { type CommandName, longFlag, type Setting } from './setting.ts';
