import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openFile } from '../../../../testing/open-file.ts';
import { programs } from './index.ts';

/** Where distributions have them, what asks the program itself, and what of the answer is the version. */
const ASKED: readonly [program: string, places: readonly string[], argument: string, answer: RegExp][] = [
  ['bash', ['/bin/bash', '/usr/bin/bash'], '--version', /version (\d+\.\d+\.\d+)/],
  ['busybox', ['/bin/busybox', '/usr/bin/busybox'], '--help', /BusyBox v(\d+\.\d+\.\d+)/],
  ['curl', ['/usr/bin/curl'], '--version', /^curl (\S+)/],
  ['git', ['/usr/bin/git'], '--version', /version (\d+\.\d+\.\d+)/],
  ['haproxy', ['/usr/sbin/haproxy'], '-v', /version (\d+\.\d+\.\d+)/],
  ['httpd', ['/usr/sbin/apache2', '/usr/sbin/httpd'], '-v', /Apache\/(\S+)/],
  ['mariadb', ['/usr/sbin/mariadbd'], '--version', /Ver (\d+\.\d+\.\d+)-MariaDB/],
  ['memcached', ['/usr/bin/memcached'], '--version', /memcached (\S+)/],
  ['nginx', ['/usr/sbin/nginx'], '-v', /nginx\/(\S+)/],
  ['node', [process.execPath, '/usr/bin/node'], '--version', /v(\S+)/],
  ['openssl', ['/usr/bin/openssl'], 'version', /^OpenSSL (\S+)/],
  ['perl', ['/usr/bin/perl'], '--version', /\(v(\d+\.\d+\.\d+)\)/],
  ['php', ['/usr/bin/php'], '--version', /^PHP (\d+\.\d+\.\d+)/],
  ['postgres', ['/usr/lib/postgresql/15/bin/postgres', '/usr/bin/postgres'], '--version', /\(PostgreSQL\) (\S+)/],
  ['python', ['/usr/bin/python3', '/usr/local/bin/python3'], '--version', /Python (\S+)/],
  ['redis', ['/usr/bin/redis-check-rdb', '/usr/bin/redis-cli'], '--version', /(\d+\.\d+\.\d+)/],
  ['sqlite', ['/usr/bin/sqlite3'], '--version', /^(3\.\d+\.\d+)/],
];

const present = ASKED.flatMap(([program, places, argument, answer]) =>
  places.filter(existsSync).map((path) => ({ program, path, argument, answer })),
);

it.skipIf(present.length === 0)('says of the programs of this machine what they say themselves (needs one of them)', async () => {
  let compared = 0;
  for (const { program, path, argument, answer } of present) {
    const told = spawnSync(path, [argument], { encoding: 'utf8', env: { PATH: '/usr/bin', LC_ALL: 'C' }, timeout: 20_000 });
    const expected = answer.exec(`${told.stdout}${told.stderr}`)?.[1];
    const file = realpathSync(path).slice(1);
    const found = await programs.extract(openFile(file, readFileSync(path), { mode: 0o755 }), { gap: () => undefined });
    // A launcher of a shared library says nothing.
    if (expected === undefined || found === undefined) continue;
    expect([path, found.program, found.version]).toEqual([path, program, expected]);
    compared++;
  }
  expect(compared).toBeGreaterThan(0);
});
