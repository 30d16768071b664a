import type { Descriptor } from '../../../model/index.ts';
import { digestParts } from '../../../oci/digest.ts';
import { MEDIA } from '../../../oci/media-types.ts';
import type { ByteStream, Bytes } from '../../../util/bytes.ts';
import { artifactForm } from './form.ts';
import { type LocalDatabase, shardStream } from './local.ts';

const REF_NAME = 'org.opencontainers.image.ref.name';

/** A file of an image layout. */
export interface Member {
  readonly name: string;
  readonly size: number;
  content(): ByteStream;
}

/** The files of an image layout that holds the database, the one artifact in it. Source: OCI image specification, image-layout.md. */
export function layoutMembers(database: LocalDatabase): { readonly members: readonly Member[]; readonly descriptor: Descriptor } {
  const { config, layers, bytes, descriptor } = artifactForm(database.manifest, database.text);
  const named = { ...descriptor, annotations: { [REF_NAME]: 'latest' } };
  const index = JSON.stringify({ schemaVersion: 2, mediaType: MEDIA.ociIndex, manifests: [named] });
  const shards = new Map(layers.map(({ shard, descriptor: layer }) => [layer.digest, shard]));
  const members = [
    inMemory('oci-layout', '{"imageLayoutVersion":"1.0.0"}'),
    inMemory('index.json', index),
    inMemory(blobName(descriptor), bytes),
    inMemory(blobName(config), database.text),
    ...[...shards].map(([digest, shard]) => ({
      name: blobName({ digest }),
      size: shard.size,
      content: () => shardStream(database, shard),
    })),
  ];
  return { members, descriptor };
}

function inMemory(name: string, content: Bytes | string): Member {
  const bytes = Buffer.from(content);
  return {
    name,
    size: bytes.length,
    content: async function* () {
      yield bytes;
    },
  };
}

export function blobName({ digest }: Pick<Descriptor, 'digest'>): string {
  const { algorithm, hex } = digestParts(digest);
  return `blobs/${algorithm}/${hex}`;
}
