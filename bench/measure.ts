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

/** The index of an image on the sources, in a process of its own. */
export function runIndex(layout: string): Promise<Measured> {
  return measure(() => nodeScript(join(HERE, 'index-one.ts'), layout));
}

/** The whole command on the bundle, the findings' database included; every layer is read. */
export function runScan(layout: string): Promise<Measured> {
  return scan(layout, '--no-cache');
}

/** The same with the layer cache of the user: all but its first run on an image reads no layer. */
export function runWarmScan(layout: string): Promise<Measured> {
  return scan(layout);
}

function scan(layout: string, ...flags: readonly string[]): Promise<Measured> {
  const program = join(HERE, '..', 'dist', 'plimsoll.js');
  return measure(() => nodeScript(program, 'scan', `oci:${layout}`, '--format', 'json', '--offline', ...flags));
}

/** Every layer through `gzip -dc` or `zstd -dc`, one after the other. */
export function decompressLayers(layers: readonly StoredLayer[]): Promise<Measured> {
  return measure(async () => {
    for (const layer of layers) await command(layer.zstd ? 'zstd' : 'gzip', ['-dcq', layer.file]);
    return 0;
  });
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
  return Number(await command(process.execPath, ['--import', join(HERE, 'tell-peak.ts'), ...args])) * 1024;
}

/** Runs a command, its output thrown away; what it writes to descriptor 3. A gate's exit codes 1 and 5 are no failure. */
function command(name: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(name, args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
    let told = '';
    let errors = '';
    child.stderr?.on('data', (text) => {
      errors += String(text);
    });
    child.stdio[3]?.on('data', (text) => {
      told += String(text);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0 || code === 1 || code === 5) resolve(told);
      else reject(new Error(`${name} ${args.join(' ')} ended with ${code}: ${errors}`));
    });
  });
}
