import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredLayer } from './layers.ts';

/** What a command cost: seconds of CPU (user and system, all threads) and of wall, and its largest resident set in bytes. */
export interface Measured {
  readonly cpu: number;
  readonly wall: number;
  readonly peak: number;
}

const HERE = import.meta.dirname;
const PROGRAM = join(HERE, '..', 'dist', 'plimsoll.js');

/** The index of an image on the sources, in a process of its own. */
export function runIndex(layout: string): Promise<Measured> {
  return measure(() => nodeScript(join(HERE, 'index-one.ts'), layout));
}

/** The program, doing nothing. */
export function runStart(): Promise<Measured> {
  return measure(() => nodeScript(PROGRAM, '--version'));
}

/** The whole command on the bundle, the findings' database included; every layer is read. */
export function runScan(layout: string): Promise<Measured> {
  return scan(layout, '--no-cache');
}

/** The same with the layer cache of the user: all but its first run on an image reads no layer. */
export function runWarmScan(layout: string): Promise<Measured> {
  return scan(layout);
}

/** Files that are left out where secrets are looked for: by default, as Trivy does, none but binary ones, none at all. */
export type SecretScope = 'default' | 'trivy' | 'binary' | 'none';

/** Vulnerabilities, secrets and configuration, every layer read. The key of the hashes is given, so that nothing is written. */
export function runSecrets(layout: string, scope: SecretScope, ...flags: readonly string[]): Promise<Measured> {
  process.env.PLIMSOLL_SECRETS_SKIP = scope;
  process.env.PLIMSOLL_SECRETS_KEY ??= 'the key of the benchmark';
  return scan(layout, '--scanners', 'vuln,secret,config', ...flags);
}

function scan(layout: string, ...flags: readonly string[]): Promise<Measured> {
  const database = process.env.BENCH_DB === undefined ? [] : ['--db', process.env.BENCH_DB];
  return measure(() => nodeScript(PROGRAM, 'scan', `oci:${layout}`, '--format', 'json', '--offline', ...database, ...flags));
}

/** Every layer through `gzip -dc` or `zstd -dc`, one after the other. */
export function decompressLayers(layers: readonly StoredLayer[]): Promise<Measured> {
  return measure(async () => {
    let peak = 0;
    for (const layer of layers) peak = Math.max(peak, (await command(layer.zstd ? 'zstd' : 'gzip', ['-dcq', layer.file])).peak);
    return peak;
  });
}

/** Any command; its peak memory is looked at every 20 ms. */
export function runCommand(name: string, args: readonly string[]): Promise<Measured> {
  return measure(async () => (await command(name, args)).peak);
}

async function measure(work: () => Promise<number>): Promise<Measured> {
  const cpu = childrenCpu();
  const start = performance.now();
  const peak = await work();
  return { wall: (performance.now() - start) / 1000, cpu: childrenCpu() - cpu, peak };
}

/**
 * Seconds that ended children of this process have used: fields 16 and 17 of /proc/self/stat, in ticks of 10 ms. The same
 * for Node and for gzip, and no tool is needed for it. Source: proc(5).
 */
function childrenCpu(): number {
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

/** Runs a script under this Node; its peak memory, which it tells on descriptor 3. */
async function nodeScript(...args: string[]): Promise<number> {
  const { told } = await command(process.execPath, ['--import', join(HERE, 'tell-peak.mjs'), ...args]);
  return Number(told) * 1024;
}

/** Runs a command, its output thrown away; what it writes to descriptor 3. A gate's exit codes 1 and 5 are no failure. */
function command(name: string, args: readonly string[]): Promise<{ readonly told: string; readonly peak: number }> {
  return new Promise((resolve, reject) => {
    const child = spawn(name, args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
    let told = '';
    let errors = '';
    let peak = 0;
    const watch = setInterval(() => {
      peak = Math.max(peak, highWater(child.pid));
    }, 20);
    child.stderr?.on('data', (text) => {
      errors += String(text);
    });
    child.stdio[3]?.on('data', (text) => {
      told += String(text);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(watch);
      if (code === 0 || code === 1 || code === 5) resolve({ told, peak });
      else reject(new Error(`${name} ${args.join(' ')} ended with ${code}: ${errors}`));
    });
  });
}

/** VmHWM of a running process, in bytes; 0 when it has ended. Source: proc(5). */
function highWater(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
