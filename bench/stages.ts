import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { runScan, runStart } from './measure.ts';

type Costs = Readonly<Record<string, { readonly cpu: number; readonly wall: number }>>;

/**
 * Milliseconds of CPU of each stage of a cold scan, the least of some runs: each run goes as far as a stage, in a process of its own so
 * that none profits from code that an earlier one compiled, and differences tell the rest. What remains of the whole is loading
 * the database's shards, the report, and the collector's share of all that.
 */
export async function stageTable(layout: string, runs: number): Promise<string> {
  const least = async (work: () => number | Promise<number>): Promise<number> => {
    let best = Number.POSITIVE_INFINITY;
    for (let i = 0; i < runs; i++) best = Math.min(best, await work());
    return best;
  };
  const stage = (name: string, cost: string) => least(() => stageCosts(layout, name)[cost]?.cpu ?? Number.NaN);
  const start = await least(async () => (await runStart()).cpu * 1000);
  const open = await stage('inflate', 'open');
  const inflate = await stage('inflate', 'inflate');
  const walk = await stage('walk', 'walk');
  const index = await stage('index', 'index');
  const match = await stage('match', 'match');
  const findings = await stage('match', 'findings');
  const whole = await least(async () => (await runScan(layout)).cpu * 1000);
  const rows: readonly (readonly [string, number])[] = [
    ['start', start],
    ['open', open],
    ['inflate, digest', inflate],
    ['walk', walk - inflate],
    ['extract, merge', index - walk],
    ['match', match],
    ['findings', findings],
    ['report and rest', whole - start - open - index - match - findings],
    ['whole', whole],
  ];
  return rows.map(([name, ms]) => `  ${name.padEnd(18)}${ms.toFixed(0).padStart(7)} ms`).join('\n');
}

function stageCosts(layout: string, stage: string): Costs {
  const args = [join(import.meta.dirname, 'stage.ts'), layout, stage, process.env.BENCH_DB ?? 'starter'];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Costs;
}
