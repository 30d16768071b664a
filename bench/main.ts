import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { layersOf, type StoredLayer } from './layers.ts';
import { decompressLayers, type Measured, runIndex, runScan, runSecrets, runWarmScan } from './measure.ts';
import { stageTable } from './stages.ts';
import { type Peer, trivyPeer } from './trivy.ts';

/**
 * `main.ts FOLDER [--bundle | --warm | --stages | --scanners secret]`: for each OCI layout in FOLDER what commands cost as whole processes: CPU and wall
 * (minimum and median), peak memory, and the ratios of the minima to `gzip -dc` (`zstd -dc`) of its layers and to Trivy, where
 * BENCH_TRIVY names a binary. The commands take turns, so that a busy machine is unfair to all of them.
 */
const [folder, ...flags] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: bench/run.sh [--bundle | --warm | --stages | --scanners secret]');
const secrets = flags.includes('secret');
const runs = Number(process.env.BENCH_RUNS ?? 5);
const peers = process.env.BENCH_PEERS ?? join(import.meta.dirname, '../../shared/data/peers');
const trivy =
  process.env.BENCH_TRIVY === undefined ? undefined : trivyPeer(process.env.BENCH_TRIVY, peers, secrets ? 'vuln,secret' : 'vuln');

/** A row of an image's table; `against` names the row that it is held against. */
interface Subject {
  readonly name: string;
  readonly run: () => Promise<Measured>;
  readonly against?: string;
}

console.log(`node ${process.version}, ${availableParallelism()} processors, ${runs} runs`);
try {
  for (const name of readdirSync(folder).sort()) await image(name, resolve(join(folder, name)));
} finally {
  trivy?.close();
}

async function image(name: string, layout: string): Promise<void> {
  const layers = layersOf(layout);
  const stored = layers.reduce((sum, layer) => sum + layer.size, 0);
  console.log(`\n${name}: ${layers.length} layers, ${(stored / 1e6).toFixed(0)} MB`);
  if (flags.includes('--stages')) {
    console.log(await stageTable(layout, runs));
    return;
  }
  const rows = subjects(layout, layers, trivy);
  // Not counted: the first reads the layers, the second keeps what they came to, and each what it has compiled.
  const warm = rows.find((row) => row.name.endsWith('warm') && !row.name.startsWith('Trivy'));
  if (warm) for (let run = 0; run < 3; run++) await warm.run();
  const measured = new Map<string, Measured[]>(rows.map((row) => [row.name, []]));
  for (let run = 0; run < runs; run++) for (const row of rows) measured.get(row.name)?.push(await row.run());
  console.log('                     CPU s min/median   wall s min/median      peak   CPU / wall of floor   CPU / wall / peak of Trivy');
  for (const { name: row, against } of rows) console.log(line(row, measured, against));
}

function subjects(layout: string, layers: readonly StoredLayer[], peer: Peer | undefined): readonly Subject[] {
  const floor: Subject = { name: 'gzip -dc', run: () => decompressLayers(layers) };
  const cold: Subject = { name: 'cold', run: () => runScan(layout), against: 'Trivy, cold' };
  const warm: Subject = { name: 'warm', run: () => runWarmScan(layout), against: 'Trivy, warm' };
  const peersCold: Subject[] = peer ? [{ name: 'Trivy, cold', run: () => peer.cold(layout) }] : [];
  const peersWarm: Subject[] = peer ? [{ name: 'Trivy, warm', run: () => peer.warm(layout) }] : [];
  if (secrets) {
    const against = 'Trivy, cold';
    return [
      floor,
      cold,
      { name: "Trivy's scope", run: () => runSecrets(layout, 'trivy', '--no-cache'), against },
      { name: 'default scope', run: () => runSecrets(layout, 'default', '--no-cache'), against },
      { name: 'all text', run: () => runSecrets(layout, 'binary', '--no-cache'), against },
      { name: 'every byte', run: () => runSecrets(layout, 'none', '--no-cache'), against },
      ...peersCold,
      { name: 'default, warm', run: () => runSecrets(layout, 'default'), against: 'Trivy, warm' },
      ...peersWarm,
    ];
  }
  if (flags.includes('--bundle')) return [floor, cold, ...peersCold, warm, ...peersWarm];
  if (flags.includes('--warm')) return [floor, warm, ...peersCold, ...peersWarm];
  return [floor, { name: 'index, on sources', run: () => runIndex(layout) }];
}

function line(name: string, measured: ReadonlyMap<string, readonly Measured[]>, against: string | undefined): string {
  const own = measured.get(name) ?? [];
  const peak = Math.max(...own.map((one) => one.peak));
  const floor = name === 'gzip -dc' ? undefined : measured.get('gzip -dc');
  const peer = against === undefined ? undefined : measured.get(against);
  return [
    name.padEnd(19),
    pair(own, 'cpu').padStart(18),
    pair(own, 'wall').padStart(19),
    `${(peak / 1e6).toFixed(0)} MB`.padStart(9),
    (floor ? `${ratio(own, floor, 'cpu')} / ${ratio(own, floor, 'wall')}` : '').padStart(21),
    (peer
      ? `${ratio(own, peer, 'cpu')} / ${ratio(own, peer, 'wall')} / ${(peak / Math.max(...peer.map((one) => one.peak))).toFixed(2)}`
      : ''
    ).padStart(28),
  ].join(' ');
}

type Figure = 'cpu' | 'wall';

function sorted(measured: readonly Measured[], figure: Figure): readonly number[] {
  return measured.map((one) => one[figure]).sort((a, b) => a - b);
}

function pair(measured: readonly Measured[], figure: Figure): string {
  const all = sorted(measured, figure);
  return `${(all[0] ?? Number.NaN).toFixed(2)} / ${(all[all.length >> 1] ?? Number.NaN).toFixed(2)}`;
}

function ratio(one: readonly Measured[], other: readonly Measured[], figure: Figure): string {
  return ((sorted(one, figure)[0] ?? Number.NaN) / (sorted(other, figure)[0] ?? Number.NaN)).toFixed(2);
}
