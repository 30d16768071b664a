import { onlyOne } from '../../image/targets/index.ts';
import type { ContentTarget, Target } from '../../image/types.ts';
import type { Report } from '../../model/index.ts';
import { assessorOf, judge } from './judge.ts';
import type { ScanOptions } from './options.ts';
import { readTarget, withLayers } from './read.ts';
import { inRun, openAny, type Run } from './run.ts';

export { isEveryPlatform } from '../../oci/platform.ts';
export type { Scanner, ScanOptions, ScanProgress } from './options.ts';

/**
 * Reads a target and holds what is inside against the advisory database: target -> layers -> inventory -> matches ->
 * findings -> report -> decision. Writes nothing but cached layers and parts of the database where they are wanted, and never ends
 * the process.
 *
 * @param target `alpine:3.20`, `docker:app:1.0`, `oci:folder`, `docker-archive:app.tar`, `rootfs:folder`, `-`; see docs/cli.md
 * @throws PlimsollError with a code of docs/errors.md
 */
export async function scan(target: string, options: ScanOptions = {}): Promise<Report> {
  return inRun(options, async (run) => {
    return scanOpened(await onlyOne(await openAny(target, run), run.opening), run);
  });
}

/** Closes the target. */
export async function scanOpened(opened: Target | ContentTarget, run: Run): Promise<Report> {
  const { value, shared, local } = await withLayers(opened, run, (cache) => readTarget(opened, run, cache));
  return judge({ ...value, shared }, await assessorOf([value], run.fresh, local), run);
}
