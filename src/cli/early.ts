import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { longFlag, placeOf, type Resolved, SETTINGS, type Setting, type SettingName } from '../settings/index.ts';
import { EXIT, PlimsollError } from '../util/errors.ts';

/** Files that only some runs read: that one is not there is said by every run. */
const READ_LATE = ['caFile', 'clientCert', 'clientKey', 'sharedCacheTrust', 'sharedCacheSign'] as const satisfies readonly SettingName[];

/**
 * What can be told of a command line before any work, at the cost of a look at a few names.
 *
 * @throws PlimsollError setting-file-missing, output-unused, template-unused
 */
export function checkEarly(resolved: Resolved, command: Command, cwd: string): void {
  for (const name of READ_LATE) {
    const setting: Setting = SETTINGS[name];
    const value = resolved.values[name];
    if (value === undefined || !command.options.some(({ long }) => long === longFlag(setting))) continue;
    for (const path of typeof value === 'string' ? [value] : value) {
      if (isFile(resolve(cwd, path))) continue;
      throw new PlimsollError('setting-file-missing', { where: placeOf(resolved.sources[name]) ?? '', path }, { exitCode: EXIT.usage });
    }
  }
  refuseUnusedOutput(resolved, command);
  refuseUnusedTemplate(resolved);
}

/** The report would be a table. */
function refuseUnusedTemplate({ values: { format, template }, sources }: Resolved): void {
  if (sources.template.kind !== 'flag' || format.some((each) => /^\s*template\s*(?:=|$)/i.test(each))) return;
  throw new PlimsollError('template-unused', { template: (template ?? '').slice(0, 60) }, { exitCode: EXIT.usage });
}

/** `-f json=report.json -o other.json`: nothing would be written into the latter. */
function refuseUnusedOutput({ values, sources }: Resolved, command: Command): void {
  const output = command.name() === 'lint' ? 'lintOutput' : 'output';
  const format = command.name() === 'lint' ? 'lintFormat' : command.name() === 'sbom' ? 'sbomFormat' : 'format';
  if (sources[output].kind !== 'flag' || !command.options.some(({ flags }) => flags === SETTINGS[format].flags)) return;
  const formats = values[format];
  if (!formats.every((each) => each.includes('='))) return;
  const params = { file: basename(values[output] ?? ''), formats: formats.join(', ') };
  throw new PlimsollError('output-unused', params, { exitCode: EXIT.usage });
}

/** Pipes and devices are read as well. */
function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === false;
}
