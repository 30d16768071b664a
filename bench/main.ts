import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { layersOf } from './layers.ts';
import { decompressLayers, type Measured, runIndex, runScan, runWarmScan } from './measure.ts';

/**
 * `main.ts FOLDER [--bundle | --warm]`: for each OCI layout in FOLDER, CPU and wall of the whole process against `gzip -dc`
 * (`zstd -dc`) of its layers, minimum and median, and the peak memory. The commands take turns, so that a busy machine is unfair to both.
 */
const [folder, ...flags] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: bench/run.sh [--bundle | --warm]');
const runs = Number(process.env.BENCH_RUNS ?? 5);
const warm = flags.includes('--warm');
const ours = warm ? runWarmScan : flags.includes('--bundle') ? runScan : runIndex;
const what = warm ? 'bundle, scan, layers known' : ours === runScan ? 'bundle, scan' : 'sources, index';

console.log(`node ${process.version}, ${availableParallelism()} processors, ${runs} runs, ${what}`);
console.log('image        layers   stored     CPU s min/median   wall s min/median   gzip -dc CPU / wall   ratio CPU / wall   peak memory');
for (const name of readdirSync(folder).sort()) {
  const layout = resolve(join(folder, name));
  const layers = layersOf(layout);
  const stored = layers.reduce((sum, layer) => sum + layer.size, 0);
  const own: Measured[] = [];
  const plain: Measured[] = [];
  // The first reads the layers, the second keeps what they came to, and each what it has compiled.
  if (warm) for (let run = 0; run < 3; run++) await ours(layout);
  for (let run = 0; run < runs; run++) {
    own.push(await ours(layout));
    plain.push(await decompressLayers(layers));
  }
  const [cpu, wall, gzipCpu, gzipWall] = [spread(own, 'cpu'), spread(own, 'wall'), spread(plain, 'cpu'), spread(plain, 'wall')];
  console.log(
    [
      name.padEnd(12),
      String(layers.length).padStart(6),
      `${(stored / 1e6).toFixed(0)} MB`.padStart(8),
      pair(cpu).padStart(21),
      pair(wall).padStart(19),
      `${gzipCpu.min.toFixed(2)} / ${gzipWall.min.toFixed(2)}`.padStart(21),
      `${(cpu.min / gzipCpu.min).toFixed(2)} / ${(wall.min / gzipWall.min).toFixed(2)}`.padStart(18),
      `${(Math.max(...own.map((one) => one.peak)) / 1e6).toFixed(0)} MB`.padStart(13),
    ].join(' '),
  );
}

interface Spread {
  readonly min: number;
  readonly median: number;
}

function spread(measured: readonly Measured[], key: 'cpu' | 'wall'): Spread {
  const sorted = measured.map((one) => one[key]).sort((a, b) => a - b);
  return { min: sorted[0] ?? Number.NaN, median: sorted[sorted.length >> 1] ?? Number.NaN };
}

function pair({ min, median }: Spread): string {
  return `${min.toFixed(2)} / ${median.toFixed(2)}`;
}
