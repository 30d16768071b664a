import { truncate } from '../util/terminal/text.ts';
import type { TextOutput } from './io.ts';

export interface Progress {
  /** `text` is asked for where the line is written only. */
  update(text: () => string): void;
  /** Removes the line; nothing is shown afterwards. */
  stop(): void;
}

const INTERVAL_MS = 100;

/** One line that is written over itself on a terminal, at most ten times a second; silent elsewhere. */
export function progressLine(output: TextOutput, enabled: boolean, now: () => number = Date.now): Progress {
  if (!enabled || !output.isTTY) return { update: () => undefined, stop: () => undefined };
  let last = Number.NEGATIVE_INFINITY;
  let shown = false;
  let stopped = false;
  return {
    update(text) {
      const time = now();
      if (stopped || time - last < INTERVAL_MS) return;
      last = time;
      shown = true;
      output.write(`\r\x1b[2K${truncate(text(), (output.columns ?? 80) - 1)}`);
    },
    stop() {
      if (shown && !stopped) output.write('\r\x1b[2K');
      stopped = true;
    },
  };
}
