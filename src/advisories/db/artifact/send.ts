import type { Descriptor, FeedInfo } from '../../../model/index.ts';
import type { Pusher } from '../../../oci/registry/index.ts';
import type { Bytes } from '../../../util/bytes.ts';
import { PlimsollError } from '../../../util/errors.ts';
import { inParallel } from '../../../util/in-parallel.ts';
import type { AdvisorySource } from '../../types.ts';
import { artifactForm } from './form.ts';
import { type LocalDatabase, shardStream } from './local.ts';
import type { TransferProgress } from './receive.ts';

/** Shards sent at once; each is in memory while it is. */
const LANES = 3;

export interface SendOptions {
  readonly tag: string;
  /** The feeds that this program knows, with what may be done with them. */
  readonly sources: readonly Pick<AdvisorySource, 'id' | 'redistributable'>[];
  readonly onProgress?: (progress: TransferProgress) => void;
}

/**
 * Uploads the shards that are not there yet, then the manifest under the tag: nobody meets a tag whose shards are missing.
 * Throws `database-not-redistributable` before anything is sent.
 */
export async function sendDatabase(database: LocalDatabase, pusher: Pusher, options: SendOptions): Promise<Descriptor> {
  refuseUnpublishable(database.manifest.feeds, options.sources);
  const { config, layers, bytes, descriptor } = artifactForm(database.manifest, database.text);
  const total = layers.reduce((sum, { shard }) => sum + shard.size, 0);
  let done = 0;
  await pusher.blob(database.text, config.mediaType);
  await inParallel(layers, LANES, async ({ shard, descriptor: layer }) => {
    const chunks: Bytes[] = [];
    for await (const chunk of shardStream(database, shard)) chunks.push(chunk);
    await pusher.blob(Buffer.concat(chunks), layer.mediaType);
    done += shard.size;
    options.onProgress?.({ done, total });
  });
  await pusher.manifest(bytes, descriptor.mediaType, options.tag);
  return descriptor;
}

/** What its publisher allows nobody to pass on stays on the machine of the one who fetched it. */
function refuseUnpublishable(feeds: readonly FeedInfo[], sources: SendOptions['sources']): void {
  const closed = feeds.filter(({ id }) => sources.some((source) => source.id === id && source.redistributable === false));
  if (closed.length > 0)
    throw new PlimsollError('database-not-redistributable', { feeds: closed.map(({ id, licence }) => `${id} (${licence})`).join(', ') });
}
