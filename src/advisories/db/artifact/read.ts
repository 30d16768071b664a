import type { Descriptor } from '../../../model/index.ts';
import { isIndexType } from '../../../oci/media-types.ts';
import { type Manifest as OciManifest, parseDocument } from '../../../oci/schema.ts';
import { type BlobSource, readConfig } from '../../../oci/source.ts';
import type { Bytes } from '../../../util/bytes.ts';
import { PlimsollError } from '../../../util/errors.ts';
import { MANIFEST_FILE, type Manifest, parseManifest, type ShardInfo } from '../manifest.ts';
import { ARTIFACT_TYPE, CONFIG_TYPE, SHARD_ANNOTATION, SHARD_TYPE, type ShardLayer, TITLE_ANNOTATION } from './form.ts';

/** Bytes of all shards together; the largest database known has 52 MB. */
const MAX_DATABASE = 4 * 1024 ** 3;
const BUILT_AT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const HEX = /^[0-9a-f]{64}$/;

/** A database that somebody offers: what it consists of, checked; its shards not read yet. */
export interface OfferedDatabase {
  readonly manifest: Manifest;
  /** The database's manifest.json. */
  readonly text: Bytes;
  readonly layers: readonly ShardLayer[];
}

/**
 * Reads an artifact down to the database's manifest. Nothing in it is believed: names of files may not lead anywhere, and the
 * artifact's layers must be the manifest's shards.
 *
 * @throws PlimsollError database-artifact-invalid, database-newer, and what the source throws
 */
export async function readArtifact(source: BlobSource, descriptor: Descriptor): Promise<OfferedDatabase> {
  const refuse = (reason: string) => new PlimsollError('database-artifact-invalid', { source: source.name, reason });
  if (isIndexType(descriptor.mediaType)) throw refuse('it is an index of images');
  const what = `The manifest ${descriptor.digest} of ${source.name}`;
  const document = parseDocument(await source.manifest(descriptor), what, descriptor.mediaType);
  if (document.kind === 'index') throw refuse('it is an index of images');
  if (document.artifactType !== ARTIFACT_TYPE || document.config.mediaType !== CONFIG_TYPE)
    throw refuse(`its type is ${(document.artifactType ?? document.config.mediaType).slice(0, 200)}, not ${ARTIFACT_TYPE}`);
  const text = await readConfig(source, document.config);
  const manifest = parseManifest(text.toString('utf8'));
  if ('problem' in manifest) {
    if (manifest.problem === 'newer') throw new PlimsollError('database-newer', { path: source.name, version: manifest.version });
    throw refuse(manifest.detail);
  }
  const problem = manifestProblem(manifest) ?? layersProblem(manifest, document);
  if (problem !== undefined) throw refuse(problem);
  return { manifest, text, layers: manifest.shards.map((shard, i) => ({ shard, descriptor: document.layers[i]! })) };
}

/** What a file system, a terminal or the name of a generation must not be given. */
function manifestProblem({ builtAt, shards, feeds }: Manifest): string | undefined {
  if (!BUILT_AT.test(builtAt)) return 'the date of building';
  const bad = shards.find((shard) => !isSound(shard));
  if (bad !== undefined) return `the shard ${bad.id.slice(0, 100)}`;
  if (new Set(shards.map(({ file }) => file)).size < shards.length) return 'two shards have one file';
  if (new Set(shards.map(({ id }) => id)).size < shards.length) return 'two shards have one name';
  if (shards.reduce((sum, { size }) => sum + size, 0) > MAX_DATABASE) return `it has more than ${MAX_DATABASE} bytes`;
  const credited = feeds.every((feed) => [feed.title, feed.licence, feed.source].every((each) => typeof each === 'string'));
  return credited ? undefined : 'a feed without title, licence or source';
}

function isSound({ file, size, sha256, root }: ShardInfo): boolean {
  return file !== MANIFEST_FILE && file.endsWith('.tbl') && Number.isSafeInteger(size) && size >= 0 && HEX.test(sha256) && HEX.test(root);
}

/** Layers are the shards, in order. The annotations are for other programs, which may follow them: they must say the same. */
function layersProblem({ shards }: Manifest, { layers }: OciManifest): string | undefined {
  if (layers.length !== shards.length) return `${layers.length} layers for ${shards.length} shards`;
  const odd = shards.find(({ id, file, size, sha256 }, i) => {
    const { mediaType, digest, size: announced, annotations = {} } = layers[i]!;
    const same = digest === `sha256:${sha256}` && announced === size && mediaType === SHARD_TYPE;
    return !same || annotations[TITLE_ANNOTATION] !== file || annotations[SHARD_ANNOTATION] !== id;
  });
  return odd === undefined ? undefined : `the layer of ${odd.id.slice(0, 100)} is not what the manifest says`;
}
