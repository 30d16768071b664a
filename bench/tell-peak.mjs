import { writeSync } from 'node:fs';

/** Loaded before a measured script: tells its largest resident set, in KiB, on descriptor 3. No TypeScript, which would cost 40 ms. */
process.on('exit', () => {
  writeSync(3, String(process.resourceUsage().maxRSS));
});
