import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Larger, V8 copies no less: what survives here is packages and findings, and they stay. Both halves. */
const ENOUGH = 16 << 20;
const EVERY_MS = 10;

/** Holds the space for what is young at its size, or lets it grow as V8 does by itself. */
export interface NewSpace {
  hold(): void;
  /** To be called before the process ends: byte code that is kept under other flags is refused by the next run. */
  free(): void;
}

/**
 * Packages and findings come by the hundred thousand and stay: the space for what is young, which doubles whenever much of it survives,
 * would end at 96 MB beside the 60 that it holds. So it is held once it is large enough. Not in the library: it is the
 * whole process's. Source: V8, NewSpace::Grow, SerializedCodeData::SanityCheck.
 */
export function boundNewSpace(): NewSpace {
  const watch = setInterval(() => {
    if (sizeOfNewSpace() >= ENOUGH) hold();
  }, EVERY_MS).unref();
  const hold = (): void => {
    clearInterval(watch);
    setGrowth(1);
  };
  return {
    hold,
    free() {
      clearInterval(watch);
      setGrowth(2);
    },
  };
}

/** By which factor it grows; V8's own is 2. */
function setGrowth(factor: 1 | 2): void {
  setFlagsFromString(`--semi-space-growth-factor=${factor}`);
}

function sizeOfNewSpace(): number {
  return getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? 0;
}
