import type { CacheEntry, CacheKey, Facts, LayerCache } from '../../cache/types.ts';
import type { Extracted } from '../../extract/collector.ts';
import { tablePlace } from '../../image/lazy/index.ts';
import { type LayerShadow, PathLog } from '../../image/merge/index.ts';
import type { LayerSource } from '../../image/types.ts';
import type { Gap } from '../../model/index.ts';

/** What of a layer only the packages' pass knows. */
interface PackagesOfLayer {
  readonly extracted: readonly Extracted[];
}

/** What the walk of one layer gave. */
export type WalkedLayer = KeptLayer<PackagesOfLayer>;

/** `T`, which survives JSON, and what every pass keeps of a layer. */
export type KeptLayer<T> = T & LayerFacts;

interface LayerFacts {
  readonly gaps: readonly Gap[];
  readonly shadow: LayerShadow;
  /** Of a layer that was read by its table of contents: the bytes that were fetched. */
  readonly fetched?: number;
}

type Mode = CacheKey['mode'];

const FAMILY = 'packages';
/** Bytes of a layer's log of paths: some three million files. */
const MAX_PATHS = 2 ** 26;

/**
 * What is known of a layer. Its stored digest stands in the image's manifest, and whoever runs the image holds the bytes against
 * it; a digest that is merely claimed is checked here first. What else is claimed of the layer must be what was found when it
 * was read, else it is read again, which tells what is wrong.
 *
 * @throws PlimsollError where the bytes of a layer whose digest is merely claimed have another one
 */
export async function knownLayer<T = PackagesOfLayer>(
  cache: LayerCache,
  version: string,
  layer: LayerSource,
  mode: Mode = 'whole',
  family = FAMILY,
): Promise<KeptLayer<T> | undefined> {
  const upper = layer.info.index > 0;
  const expected = factsOf(layer, mode);
  const confirm = (facts: Facts): boolean => Object.entries(expected).every(([name, value]) => facts[name] === value);
  const key: CacheKey = { digest: layer.descriptor.digest, family, version, mode };
  const entry = await cache.read(key, upper ? ['results', 'paths'] : ['results'], confirm);
  if (!entry) return undefined;
  if (layer.digestIsClaimed) await readToTheEnd(layer);
  return decode<T>(entry);
}

/** Keeps what was read, but for what another machine might have been able to read, and for what is so much that keeping it would hurt. */
export async function rememberLayer<T = PackagesOfLayer>(
  cache: LayerCache,
  version: string,
  layer: LayerSource,
  walked: KeptLayer<T>,
  family = FAMILY,
): Promise<void> {
  if (walked.gaps.some((gap) => gap.code === 'unreadable') || walked.shadow.entries.byteLength > MAX_PATHS) return;
  const mode = walked.fetched === undefined ? 'whole' : 'lazy';
  const entry = encode(layer, mode, walked);
  if (entry) await cache.write({ digest: layer.descriptor.digest, family, version, mode }, entry);
}

/**
 * What must agree between an image that names the layer and the entry. What a table of contents told was held against the
 * digest that the image's manifest names for the table, and not against the layer's own: another image may name another table.
 */
function factsOf({ descriptor, diffId }: LayerSource, mode: Mode): Facts {
  const { size } = descriptor;
  if (mode === 'lazy') return { size, table: JSON.stringify(tablePlace(descriptor) ?? null) };
  return { size, ...(diffId === undefined ? {} : { diffId }) };
}

/** The first block is JSON; the second one is the log of the layer's paths, which only layers above the bottom need. */
function encode<T>(layer: LayerSource, mode: Mode, { shadow, fetched, ...found }: KeptLayer<T>): CacheEntry | undefined {
  const { entries, whiteouts, opaque } = shadow;
  const results = textOf({ ...found, whiteouts, opaque });
  return results === undefined
    ? undefined
    : {
        facts: { ...factsOf(layer, mode), ...(fetched === undefined ? {} : { fetched }) },
        blocks: { results: Buffer.from(results), paths: entries.toBytes() },
      };
}

/** Undefined for half a gigabyte, the longest text there is. */
function textOf(results: object): string | undefined {
  try {
    return JSON.stringify(results);
  } catch {
    return undefined;
  }
}

function decode<T>({ blocks, facts }: CacheEntry): KeptLayer<T> {
  const kept: Readonly<Record<'whiteouts' | 'opaque', readonly string[]>> = JSON.parse(String(blocks.results));
  const { whiteouts, opaque, ...found } = kept;
  const shadow = { entries: PathLog.of(blocks.paths ?? Buffer.alloc(0)), whiteouts, opaque };
  return {
    ...(found as Omit<KeptLayer<T>, 'shadow' | 'fetched'> as T & Pick<LayerFacts, 'gaps'>),
    shadow,
    ...(typeof facts.fetched === 'number' ? { fetched: facts.fetched } : {}),
  };
}

/** The stream itself checks the digest. */
async function readToTheEnd(layer: LayerSource): Promise<void> {
  for await (const _ of await layer.open());
}
