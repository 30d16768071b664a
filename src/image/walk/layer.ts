import { createHash, type Hash } from 'node:crypto';
import type { ByteStream } from '../../util/bytes.ts';
import { decompress } from '../../util/compression/index.ts';
import { PlimsollError } from '../../util/errors.ts';
import { type TarVisitor, TarWalker } from '../../util/tar/index.ts';
import type { LayerShadow } from '../merge/index.ts';
import type { LayerSource } from '../types.ts';
import { LayerVisitor } from './layer-visitor.ts';
import { MissedVisitor } from './missed-visitor.ts';
import type { FileReceiver, WalkOptions } from './types.ts';

/**
 * Reads one layer from end to end: bytes as stored (verified by the source) are decompressed, held against the diff id
 * where that is all that vouches for them, and walked as tar; wanted files go to `receiver`. One wait a chunk, none a file. Hard
 * links to files that went by unwanted take a second reading, for those files alone.
 *
 * @throws PlimsollError digest-mismatch; tar-malformed, tar-truncated, tar-limit, decompression-failed and their like, since
 * a layer that nothing can unpack makes no image; aborted
 */
export async function walkLayer(layer: LayerSource, receiver: FileReceiver, options: WalkOptions): Promise<LayerShadow> {
  const { info, diffId } = layer;
  const visitor = new LayerVisitor(receiver, info.digest, options.keepPaths || info.index > 0, options.onGap);
  const hash = diffId === undefined ? undefined : createHash(diffId.slice(0, diffId.indexOf(':')));
  await pass(layer, visitor, receiver, options, hash);
  if (hash) {
    const actual = `${diffId?.slice(0, diffId.indexOf(':'))}:${hash.digest('hex')}`;
    if (actual !== diffId) {
      const what = `layer ${info.index + 1} (${info.digest}), uncompressed,`;
      throw new PlimsollError('digest-mismatch', { what, expected: String(diffId), actual });
    }
  }
  if (receiver.missed().size > 0) await pass(layer, new MissedVisitor(receiver), receiver, { ...options, onBytes: undefined });
  return visitor.shadow();
}

async function pass(layer: LayerSource, visitor: TarVisitor, receiver: FileReceiver, options: WalkOptions, hash?: Hash): Promise<void> {
  const what = `layer ${layer.info.index + 1} (${layer.info.digest})`;
  const walker = new TarWalker(what, visitor, options.tar);
  const stored = counted(await layer.open(), options.onBytes);
  const expansion = options.expansion ? { limits: options.expansion } : {};
  for await (const chunk of decompress(stored, { what, vouched: layer.vouched, ...expansion })) {
    if (options.signal?.aborted) throw new PlimsollError('aborted', {}, { cause: options.signal.reason });
    hash?.update(chunk);
    walker.push(chunk);
    const work = receiver.settled();
    if (work) await work;
  }
  walker.finish();
}

async function* counted(source: ByteStream, onBytes: WalkOptions['onBytes']): ByteStream {
  let done = 0;
  for await (const chunk of source) {
    done += chunk.length;
    onBytes?.(done);
    yield chunk;
  }
}
