import type { SettingName, Settings } from '../settings/index.ts';

/** What of a scan's settings says how one report is shown or judged, and nothing of documents that are none. */
export const OF_ONE_REPORT: readonly SettingName[] = [
  'severity',
  'type',
  'ignoreUnfixed',
  'origin',
  'base',
  'imports',
  'baseline',
  'showSuppressed',
  'sarifSuppressed',
];

/** What says which advisories packages are held against. */
export const OF_DATABASE: readonly SettingName[] = ['db', 'dbSource', 'update', 'maxDbAge', 'staleDb'];

/** What formats need to be told that plans are not written in. */
export const OF_FORMATS: readonly SettingName[] = ['template', 'asffAccount', 'asffRegion', 'asffProduct'];

/** The settings without those of one report, which a file or a variable may name for scans. */
export function ofSheets(settings: Settings): Settings {
  return {
    ...settings,
    severity: undefined,
    type: undefined,
    ignoreUnfixed: false,
    origin: undefined,
    baseline: undefined,
    imports: undefined,
    showSuppressed: false,
    sarifSuppressed: false,
  };
}
