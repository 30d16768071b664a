import { existsSync, readFileSync } from 'node:fs';
import { scan } from '../src/app/scan/index.ts';
import type { ByteStream } from '../src/util/bytes.ts';

/**
 * `huge-text.ts MEGABYTES line|lines`: looks for secrets in so much text on standard input, in one line or in lines of 100 bytes, with a key
 * at its end, and prints what was found and the largest resident set in bytes.
 */
const [size, shape] = process.argv.slice(2);
const KEY = ['AKIA', 'Q3EGRWZ5TYUI7MNB'].join('');
const words = 'lorem ipsum dolor sit amet, consetetur sadipscing elitr, sed diam nonumy eirmod tempor invidunt ut labo'.slice(0, 99);
const chunk = Buffer.from((words + (shape === 'lines' ? '\n' : ' ')).repeat(10_000));

async function* text(): ByteStream {
  for (let done = 0; done < Number(size) * 1e6; done += chunk.length) yield chunk;
  yield Buffer.from(` id = ${KEY}\n`);
}

const report = await scan('-', {
  scanners: ['secret'],
  secrets: { key: 'the key of a huge text' },
  stdin: text(),
  env: {},
});
const found = report.secrets?.findings.map(({ id, location: { line, column } }) => ({ id, line, column }));
// Not the system's own maximum, which begins with that of the process that started this one. Source: proc(5), getrusage(2).
const STATUS = '/proc/self/status';
const own = existsSync(STATUS) ? /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(STATUS, 'utf8'))?.[1] : undefined;
const peak = Number(own ?? process.resourceUsage().maxRSS) * 1024;
console.log(JSON.stringify({ found, gaps: report.inventory.gaps.length, peak }));
