import { existsSync, readFileSync, writeSync } from 'node:fs';

const STATUS = '/proc/self/status';

/**
 * Loaded before a measured script: tells its largest resident set, in KiB, on descriptor 3. No TypeScript, which would cost 40 ms. On
 * Linux from the process itself: what getrusage says begins with the memory of whoever started it.
 */
process.on('exit', () => {
  const own = existsSync(STATUS) ? /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(STATUS, 'utf8'))?.[1] : undefined;
  writeSync(3, own ?? String(process.resourceUsage().maxRSS));
});
