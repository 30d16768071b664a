import type { ImageConfig } from '../../model/index.ts';

/**
 * How many of the lowest layers the history suggests to be the base image's; 0 where it suggests none. Base images end with the command
 * that they start, and what is built on them follows it: the last CMD or ENTRYPOINT that layers follow is taken for the base's end. A
 * guess, since nothing keeps a Dockerfile from setting its command first.
 */
export function layersByHistory({ history, diffIds }: Pick<ImageConfig, 'history' | 'diffIds'>): number {
  const made = history.flatMap(({ emptyLayer }, i) => (emptyLayer ? [] : [i]));
  const last = made.at(-1);
  if (last === undefined || made.length !== diffIds.length) return 0;
  const end = history.findLastIndex(({ createdBy = '', emptyLayer }, i) => emptyLayer && i < last && COMMAND.test(createdBy));
  return made.filter((i) => i < end).length;
}

/** As BuildKit writes it, and as the older builder does. */
const COMMAND = /^(?:\/bin\/sh -c #\(nop\)\s+)?(?:CMD|ENTRYPOINT)\s/;
