import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT, run, SET_UP, Workshop } from './workshop.ts';

const shop = new Workshop();
beforeAll(() => shop.open(), SET_UP);
afterAll(() => shop.close());

const log = join(shop.folder, 'network.log');
const guard = { NODE_OPTIONS: `--import=${join(import.meta.dirname, 'no-network.mjs')}`, NO_NETWORK_LOG: log };
const seen = (): string => (existsSync(log) ? readFileSync(log, 'utf8') : '');

/** A registry that nobody runs, so that a request would be seen, with credentials that would have to be asked for. */
const IMAGE = 'registry.invalid/team/app:1.0';

describe('plimsoll scan --offline', () => {
  it('is watched by a guard that does see requests', async () => {
    rmSync(log, { force: true });
    const { code, err } = await shop.plimsoll(['scan', IMAGE], { env: guard });
    expect(code).toBe(3);
    expect(err).toContain('error:');
    expect(seen()).toContain('registry.invalid');
  }, 60_000);

  it('scans local targets without any request', async () => {
    rmSync(log, { force: true });
    const { code, out } = await shop.plimsoll(['scan', shop.layout, '--offline'], { env: guard });
    expect(code).toBe(0);
    expect(out).toContain('CVE-2022-0778');
    expect(seen()).toBe('');
  });

  it('refuses a registry at once, without asking even for its name', async () => {
    rmSync(log, { force: true });
    const { code, err } = await shop.plimsoll(['scan', IMAGE, '--offline'], { env: guard });
    expect(code).toBe(3);
    expect(err).toBe(
      'error: Offline: registry.invalid would need the network. [offline]\n  Run without --offline, or give a local target and database.\n',
    );
    expect(seen()).toBe('');
  });

  it('works with the starter, with no cache and no settings', async () => {
    rmSync(log, { force: true });
    const { code, out } = await shop.plimsoll(['scan', shop.layout, '--offline', '--db', 'starter'], { env: guard });
    expect(code).toBe(0);
    expect(out).toContain('starter database');
    expect(seen()).toBe('');
  });
});

const traced = spawnSync('strace', ['-V']).status === 0 && spawnSync('strace', ['-f', 'true']).status === 0;
describe.skipIf(!traced)('as the kernel sees it (needs the right to trace, and strace)', () => {
  const trace = join(shop.folder, 'trace.log');
  const calls = async (args: readonly string[]): Promise<{ readonly code: number | null; readonly addresses: readonly string[] }> => {
    const strace = ['-f', '-qq', '-e', 'trace=%network', '-e', 'signal=none', '-o', trace, join(ROOT, 'plimsoll')];
    const { code } = await run('strace', [...strace, ...args], { env: shop.env });
    const lines = readFileSync(trace, 'utf8').split('\n');
    return { code, addresses: lines.filter((line) => /AF_INET|AF_NETLINK|getaddrinfo/.test(line)) };
  };

  it('a scan of a registry without --offline asks for addresses', async () => {
    const { code, addresses } = await calls(['scan', '127.0.0.1:9/app:1']);
    expect(code).toBe(3);
    expect(addresses).not.toEqual([]);
  }, 60_000);

  it.each([
    ['a scan', () => ['scan', shop.layout, '--offline'], 0],
    ['a scan of a registry', () => ['scan', '127.0.0.1:9/app:1', '--offline'], 3],
    ['a search of the database', () => ['db', 'search', 'CVE-2022-0778'], 0],
  ])(
    '%s --offline makes no socket that leads anywhere',
    async (_, args, expected) => {
      expect(await calls(args())).toEqual({ code: expected, addresses: [] });
    },
    60_000,
  );
});

const unshared = spawnSync('unshare', ['-n', 'true']).status === 0;
describe.skipIf(!unshared)('in a network namespace of its own (needs the right to unshare)', () => {
  it('a local image is scanned as ever', async () => {
    const { code, out } = await run('unshare', ['-n', join(ROOT, 'plimsoll'), 'scan', shop.layout, '--offline', '--fail-on', 'high'], {
      env: shop.env,
    });
    expect(code).toBe(1);
    expect(out).toContain('CVE-2020-8203');
  });
});
