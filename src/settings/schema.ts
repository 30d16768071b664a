import { assessSettings } from './schema/assess.ts';
import { cacheSettings } from './schema/cache.ts';
import { databaseSettings } from './schema/database.ts';
import { generalSettings } from './schema/general.ts';
import { lintSettings } from './schema/lint.ts';
import { registrySettings } from './schema/registry.ts';
import { reportSettings } from './schema/report.ts';
import { scanSettings } from './schema/scan.ts';
import { secretsSettings } from './schema/secrets.ts';
import { standingSettings } from './schema/standing.ts';
import type { Setting } from './setting.ts';

/** Every setting. Command-line options, variables, file keys, `settings show` and docs/settings.md are made from this list. */
export const SETTINGS = {
  ...scanSettings,
  ...reportSettings,
  ...standingSettings,
  ...secretsSettings,
  ...assessSettings,
  ...lintSettings,
  ...databaseSettings,
  ...registrySettings,
  ...cacheSettings,
  ...generalSettings,
} as const;

export type SettingName = keyof typeof SETTINGS;
type ValueOf<S> = S extends Setting<infer T, infer D> ? T | D : never;
export type Settings = { readonly [K in SettingName]: ValueOf<(typeof SETTINGS)[K]> };

export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];
