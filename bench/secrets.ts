import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createScanner, SKIP_PRESETS } from '../src/secrets/index.ts';
import { SECRET_RULES } from '../src/secrets/rules/index.ts';
import type { SecretStream } from '../src/secrets/types.ts';

/**
 * The rules for secrets alone, without image or archive. `node bench/secrets.ts <folder> [default|trivy|binary|none]`: megabytes a second of CPU on
 * the files of a folder. `node bench/secrets.ts line|lines|crowded`: one line of 1 GiB, ten million lines, 1 GiB of keywords. Run it under
 * `/usr/bin/time -v` for the peak of memory.
 */
const [what, preset = 'default'] = process.argv.slice(2);
if (what === undefined) throw new Error('usage: node bench/secrets.ts <folder> [default|trivy|binary|none] | line | lines | crowded');

const UNITS: Readonly<Record<string, string>> = {
  line: 'lorem ipsum dolor sit amet, ',
  lines: '{"time":"2026-01-01T00:00:00Z","level":"info","user":"a","msg":"the request was served in 12 ms"}\n',
  crowded: 'password = "aws_secret key token ',
};
const scanner = createScanner({ rules: SECRET_RULES, hashKey: Buffer.alloc(32), skip: SKIP_PRESETS[preset as keyof typeof SKIP_PRESETS] });
const unit = UNITS[what];
if (unit === undefined) folder(what);
else stream(unit, what === 'lines' ? 10_000_000 * unit.length : 2 ** 30);

function stream(text: string, total: number): void {
  const chunk = Buffer.from(text.repeat(Math.ceil(65_536 / text.length)));
  const before = process.cpuUsage();
  const file = scanner.open('srv/app.log', total);
  let sent = 0;
  for (; sent < total; sent += chunk.length) file.chunk(chunk);
  tell(sent, 1, before, file.end().length, file.limited);
}

function folder(root: string): void {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const used = { user: 0, system: 0 };
  let [bytes, count, found, limited] = [0, 0, 0, false];
  for (const file of files) {
    const path = join(file.parentPath, file.name);
    const content = readFileSync(path);
    const before = process.cpuUsage();
    if (scanner.skips(path.slice(root.length + 1), content.length) === undefined) {
      const one = scanner.open(path.slice(root.length + 1), content.length);
      if (feed(one, content)) [bytes, count] = [bytes + content.length, count + 1];
      found += one.end().length;
      limited ||= one.limited;
    }
    const { user, system } = process.cpuUsage(before);
    used.user += user;
    used.system += system;
  }
  const now = process.cpuUsage();
  tell(bytes, count, { user: now.user - used.user, system: now.system - used.system }, found, limited);
}

function feed(file: SecretStream, content: Buffer): boolean {
  for (let at = 0; at < content.length; at += 65_536) if (!file.chunk(content.subarray(at, at + 65_536))) return false;
  return true;
}

function tell(bytes: number, files: number, before: NodeJS.CpuUsage, found: number, limited: boolean): void {
  const { user, system } = process.cpuUsage(before);
  const seconds = (user + system) / 1e6;
  console.log(
    `${scanner.rules} rules: ${files} files, ${(bytes / 1e6).toFixed(0)} MB, ${seconds.toFixed(1)} s CPU, ${(bytes / 1e6 / seconds).toFixed(0)} MB/s`,
  );
  console.log(`found ${found}${limited ? ', some rule gave up' : ''}; peak ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB`);
}
