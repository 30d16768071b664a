import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { ExceptionsOptions } from '../app/standing/options.ts';
import { SEVERITIES, type SeverityLevel } from '../model/index.ts';
import type { Settings } from '../settings/index.ts';

/** The files that are looked for in the working folder, in the order in which they count. */
export const EXCEPTION_FILES = [
  'plimsoll.exceptions.yaml',
  'plimsoll.exceptions.yml',
  '.trivyignore',
  '.trivyignore.yaml',
  '.grype.yaml',
  '.snyk',
];

type Wanted = Pick<Settings, 'exceptions' | 'withoutExceptions' | 'exceptionsRequire' | 'exceptionsLongest' | 'exceptionsWarn'>;

/** The files that settings name, else those of the working folder; undefined where there are none, or none are wanted. */
export function exceptionsOptions(settings: Wanted, cwd: string): ExceptionsOptions | undefined {
  if (settings.withoutExceptions) return undefined;
  const { exceptions, exceptionsRequire: require, exceptionsLongest: longestDays, exceptionsWarn: warnDays } = settings;
  const names =
    exceptions?.map((name) => shortest(resolve(cwd, name), cwd)) ?? EXCEPTION_FILES.filter((name) => existsSync(join(cwd, name)));
  if (names.length === 0) return undefined;
  return {
    files: names.map((name) => ({ name, path: resolve(cwd, name) })),
    warnDays,
    ...(require === undefined ? {} : { require }),
    ...(longestDays === undefined ? {} : { longestDays }),
  };
}

/** Relative to the working folder where it is below it: the same for everybody who has the repository. */
function shortest(path: string, cwd: string): string {
  const below = relative(cwd, path);
  return below !== '' && !below.startsWith('..') ? below.replaceAll('\\', '/') : path;
}

/** `high`, `new:high`, `fixable:high`, `new:fixable:high`; `new`, `fixable`, `new:fixable` and `any`: of any severity; `none`. */
export function gateOf(failOn: string): { readonly failOn?: SeverityLevel; readonly onlyNew?: boolean; readonly onlyFixable?: boolean } {
  if (failOn === 'none') return {};
  const words = failOn.split(':');
  const level = words.find((each): each is SeverityLevel => SEVERITIES.includes(each as SeverityLevel)) ?? 'unknown';
  return {
    failOn: level,
    ...(words.includes('new') ? { onlyNew: true } : {}),
    ...(words.includes('fixable') ? { onlyFixable: true } : {}),
  };
}
