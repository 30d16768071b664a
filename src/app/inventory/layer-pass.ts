import type { LayerShadow } from '../../image/merge/index.ts';
import type { LayerSource } from '../../image/types.ts';
import { type FileReceiver, severalReceivers, severalTreeReceivers, type TreeReceiver, type WalkOptions } from '../../image/walk/index.ts';
import type { Gap, Inventory, LayerInfo } from '../../model/index.ts';

/**
 * Something that is looked for in what a target holds: packages, secrets. Passes share the one reading of a layer, and each keeps what
 * it came to by itself, so that none pays for another.
 */
export interface LayerPass {
  /** False: only the whole layer will do, whatever its table of contents says. */
  readonly lazily: boolean;
  /** True where an earlier scan tells what is in the layer: it need not be read for this. */
  recall(layer: LayerSource, lazy: boolean): Promise<boolean>;
  /** Before a layer, or a folder, is read. What is needed for nothing else is loaded here: most layers are known. */
  begin(layer?: LayerSource): Promise<Reading>;
}

export interface Reading {
  readonly receiver: FileReceiver & TreeReceiver;
  /** What the walk itself could not make sense of. */
  readonly onGap: (gap: Gap) => void;
  /** Everything was read. */
  done(walked: Walked): Promise<void>;
  /** Frees what a walk that failed left open. */
  close(): void;
}

/** What the walk of a layer, or of a folder, gave beside the files. */
export interface Walked {
  /** Absent for folders, where nothing hides anything. */
  readonly shadow?: LayerShadow;
  /** Of a layer that was read by its table of contents: the bytes that were fetched. */
  readonly fetched?: number;
}

/** Reads a layer, or a folder, once for all of `passes`. */
export async function readFor(
  passes: readonly LayerPass[],
  layer: LayerSource | undefined,
  walk: (receiver: FileReceiver, tree: TreeReceiver, onGap: WalkOptions['onGap']) => Promise<Walked>,
): Promise<void> {
  const readings: Reading[] = [];
  try {
    for (const pass of passes) readings.push(await pass.begin(layer));
    const receivers = readings.map(({ receiver }) => receiver);
    const walked = await walk(severalReceivers(receivers), severalTreeReceivers(receivers), (gap) => {
      for (const reading of readings) reading.onGap(gap);
    });
    for (const reading of readings) await reading.done(walked);
  } finally {
    for (const reading of readings) reading.close();
  }
}

/** Gaps of one layer that are listed; a hostile one has no right to fill the report. */
const MAX_GAPS = 1000;

/** Collects gaps up to a limit; the last one then says that there were more. */
export function gapList(layer?: LayerInfo): { readonly gaps: Gap[]; readonly onGap: (gap: Gap) => void } {
  const gaps: Gap[] = [];
  const more = { code: 'too-large', params: { what: 'list of gaps', limit: MAX_GAPS }, stage: 'app/inventory', incomplete: true } as const;
  const onGap = (gap: Gap): void => {
    if (gaps.length < MAX_GAPS) gaps.push(gap);
    else if (gaps.length === MAX_GAPS) gaps.push({ ...more, ...(layer ? { layer: layer.digest } : {}) });
  };
  return { gaps, onGap };
}

/** The inventory with what another pass could not read; what the walk noticed stands in both. */
export function withGaps(inventory: Inventory, gaps: readonly Gap[]): Inventory {
  const known = new Set(inventory.gaps.map((gap) => JSON.stringify(gap)));
  const fresh = gaps.filter((gap) => !known.has(JSON.stringify(gap)));
  return fresh.length === 0 ? inventory : { ...inventory, gaps: [...inventory.gaps, ...fresh] };
}
