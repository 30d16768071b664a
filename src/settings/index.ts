export { closest } from './closest.ts';
export { defaultCacheDir, type Machine, userConfigDir } from './folders.ts';
export { placeOf, type Resolved, resolveSettings, type SettingsInput, type Source } from './resolve.ts';
export { type CommandName, longFlag, SETTING_NAMES, SETTINGS, type Setting, type SettingName, type Settings } from './schema.ts';
