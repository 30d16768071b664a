import type { SettingName, Settings } from '../settings/index.ts';

/** What of a scan's settings says how one report is shown or judged, and nothing of documents that are none. */
export const OF_REPORTS: readonly SettingName[] = [
  'severity',
  'type',
  'ignoreUnfixed',
  'origin',
  'base',
  'imports',
  'baseline',
  'showSuppressed',
  'template',
  'sarifSuppressed',
  'asffAccount',
  'asffRegion',
  'asffProduct',
];

/** The settings without a baseline and other tools' findings, which a file or a variable may name for scans. */
export function ofSheets(settings: Settings): Settings {
  return { ...settings, baseline: undefined, imports: undefined };
}
