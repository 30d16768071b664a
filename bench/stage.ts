import { openScanDatabase } from '../src/app/db/open-scan-database.ts';
import { indexTarget } from '../src/app/inventory/index-target.ts';
import { openTarget } from '../src/image/targets/index.ts';
import type { LayerSource } from '../src/image/types.ts';
import { type FileReceiver, walkLayer } from '../src/image/walk/index.ts';
import { findings, match } from '../src/match/index.ts';
import { rate } from '../src/risk/index.ts';
import { decompress } from '../src/util/compression/index.ts';

/**
 * `stage.ts LAYOUT inflate|walk|index|match DATABASE`: goes as far as that and prints JSON: milliseconds of CPU and of wall for what it
 * did after the sources were loaded; for `match` of matching and of findings alone, with the inventory made before.
 */
const [layout, stage, database = 'starter'] = process.argv.slice(2);
const http = { request: () => Promise.reject(new Error('the benchmark has no network')) };
const started = mark();
const target = await openTarget(`oci:${layout}`, { registry: { http, credentials: { find: async () => undefined } } });
if (target.kind !== 'image') throw new Error(`${layout} is no image`);
const opened = mark();
switch (stage) {
  case 'inflate':
    await Promise.all(target.layers.map(inflate));
    break;
  case 'walk':
    await Promise.all(target.layers.map((layer) => walkLayer(layer, wantsNothing(), { onGap: () => undefined })));
    break;
  case 'index':
    await indexTarget(target);
    break;
  default: {
    const inventory = await indexTarget(target);
    const db = openScanDatabase({ named: database, cacheDir: '' });
    const indexed = mark();
    const { matches } = match(inventory, db);
    const matched = mark();
    findings(inventory, matches, rate);
    tell({ match: since(indexed, matched), findings: since(matched) });
    db.close();
  }
}
if (stage === 'inflate' || stage === 'walk' || stage === 'index') tell({ open: since(started, opened), [stage]: since(opened) });
await target.close();

async function inflate(layer: LayerSource): Promise<void> {
  for await (const _ of decompress(await layer.open(), { what: 'layer' }));
}

function wantsNothing(): FileReceiver {
  const nothing = (): undefined => undefined;
  return {
    wants: () => false,
    begin: nothing,
    data: () => true,
    end: nothing,
    link: nothing,
    entry: nothing,
    missed: () => new Set(),
    beginMissed: () => false,
    settled: nothing,
  };
}

interface Mark {
  readonly cpu: number;
  readonly wall: number;
}

function mark(): Mark {
  const { user, system } = process.cpuUsage();
  return { cpu: (user + system) / 1000, wall: performance.now() };
}

function since(start: Mark, end: Mark = mark()): Mark {
  return { cpu: Math.round(end.cpu - start.cpu), wall: Math.round(end.wall - start.wall) };
}

function tell(stages: Readonly<Record<string, Mark>>): void {
  console.log(JSON.stringify(stages));
}
