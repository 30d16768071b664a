import type { Descriptor, Digest, FeedInfo } from '../../../model/index.ts';
import { sha256 } from '../../../oci/digest.ts';
import { MEDIA } from '../../../oci/media-types.ts';
import type { Bytes } from '../../../util/bytes.ts';
import type { Manifest, ShardInfo } from '../manifest.ts';

/** Types of a database as an OCI artifact. Source: OCI image specification 1.1, manifest.md, "Guidelines for Artifact Usage". */
export const ARTIFACT_TYPE = 'application/vnd.plimsoll.db.v1';
/** The database's own manifest.json, byte for byte. */
export const CONFIG_TYPE = 'application/vnd.plimsoll.db.manifest.v1+json';
/** A shard's table as it is on disk; its blocks are compressed, so the layer is not. */
export const SHARD_TYPE = 'application/vnd.plimsoll.db.shard.v1';

export const SHARD_ANNOTATION = 'vnd.plimsoll.db.shard';
const DIGEST_ANNOTATION = 'vnd.plimsoll.db.digest';
const ATTRIBUTION_ANNOTATION = 'vnd.plimsoll.db.attribution';
/** The file that a general client (oras) unpacks a layer to. */
export const TITLE_ANNOTATION = 'org.opencontainers.image.title';
const CREATED_ANNOTATION = 'org.opencontainers.image.created';
const TITLE = 'plimsoll advisory database';

/** What is sent before the shards and after them. */
export interface ArtifactForm {
  readonly config: Descriptor;
  readonly layers: readonly ShardLayer[];
  /** The OCI manifest, and its bytes. */
  readonly descriptor: Descriptor;
  readonly bytes: Bytes;
}

export interface ShardLayer {
  readonly shard: ShardInfo;
  readonly descriptor: Descriptor;
}

/** The artifact of a database whose manifest.json is `text`. The same database always gives the same bytes. */
export function artifactForm(manifest: Manifest, text: Bytes): ArtifactForm {
  const config = { mediaType: CONFIG_TYPE, digest: sha256(text), size: text.length };
  const layers = manifest.shards.map((shard) => ({ shard, descriptor: layerOf(shard) }));
  const bytes = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: MEDIA.ociManifest,
      artifactType: ARTIFACT_TYPE,
      config,
      layers: layers.map(({ descriptor }) => descriptor),
      annotations: {
        [TITLE_ANNOTATION]: TITLE,
        [CREATED_ANNOTATION]: manifest.builtAt,
        [DIGEST_ANNOTATION]: manifest.digest,
        [ATTRIBUTION_ANNOTATION]: attribution(manifest.feeds),
      },
    }),
  );
  const descriptor = { mediaType: MEDIA.ociManifest, digest: sha256(bytes), size: bytes.length, artifactType: ARTIFACT_TYPE };
  return { config, layers, descriptor, bytes };
}

function layerOf({ id, file, sha256: hex, size }: ShardInfo): Descriptor {
  const digest: Digest = `sha256:${hex}`;
  return { mediaType: SHARD_TYPE, digest, size, annotations: { [TITLE_ANNOTATION]: file, [SHARD_ANNOTATION]: id } };
}

/** A line a feed: its title, its licence, where it comes from. Whoever copies the artifact copies the credit. */
function attribution(feeds: readonly FeedInfo[]): string {
  return feeds.map(({ title, licence, source }) => `${title}: ${licence}, ${source}`).join('\n');
}
