// Preloaded with NODE_OPTIONS=--import: the largest resident set of the process, in bytes, into the file named in MEASURE_FILE.
// On Linux from the process itself, because what getrusage says begins with the memory of whoever started it.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const STATUS = '/proc/self/status';

process.on('exit', () => {
  const peak = existsSync(STATUS) ? Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(STATUS, 'utf8'))[1]) : process.resourceUsage().maxRSS;
  writeFileSync(process.env.MEASURE_FILE, String(peak * 1024));
});
