import type { FileReceiver } from '../walk/types.ts';

/** Answers what `receiver` would want, and lets it know of nothing. */
export function planningReceiver(receiver: FileReceiver): FileReceiver {
  const targets = receiver.missed();
  return {
    wants: (path, mode, size) => receiver.wants(path, mode, size),
    begin: () => undefined,
    data: () => true,
    end: () => undefined,
    link: () => undefined,
    entry: () => undefined,
    missed: () => targets,
    beginMissed: ({ path }) => targets.has(path),
    settled: () => undefined,
  };
}
