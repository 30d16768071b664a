import { isEveryPlatform } from '../../oci/platform.ts';
import { EXIT, PlimsollError } from '../../util/errors.ts';
import { present } from '../../util/present.ts';
import type { Standing } from '../standing/index.ts';
import type { ScanOptions } from './options.ts';

/**
 * Exceptions and baseline, where there are any: read before anything is scanned. What is named as the baseline and is no report is scanned as
 * the target itself is.
 */
export async function standingOf(options: ScanOptions, now: Date): Promise<Standing | undefined> {
  const {
    exceptions,
    baseline,
    cwd = process.cwd(),
    onlyNew,
    failOn: _gate,
    imports: _now,
    dockerfile: _own,
    onProgress: _progress,
    ...others
  } = options;
  if (onlyNew && baseline === undefined) throw new PlimsollError('new-without-baseline', {}, { exitCode: EXIT.usage });
  if (!exceptions?.files.length && baseline === undefined) return undefined;
  const { openStanding } = await import('../standing/index.ts');
  return openStanding({
    now,
    cwd,
    ...present({ exceptions, baseline }),
    async scanBaseline(spec) {
      // No service is asked a second time whether a secret is alive.
      const { verify: _once, ...secrets } = options.secrets ?? {};
      const likewise = { ...others, ...(options.secrets ? { secrets } : {}), now };
      if (isEveryPlatform(options.platform)) return (await (await import('./platforms.ts')).scanPlatforms(spec, likewise)).reports;
      return [await (await import('./index.ts')).scan(spec, likewise)];
    },
  });
}
