import type { Descriptor, Digest, HistoryEntry, ImageConfig, Platform } from '../model/index.ts';
import type { Bytes } from '../util/bytes.ts';
import { PlimsollError } from '../util/errors.ts';
import { isDigest } from './digest.ts';
import {
  asObject,
  asText,
  type JsonObject,
  Malformed,
  optionalList,
  optionalObject,
  optionalText,
  optionalTextMap,
  optionalTexts,
  parseJsonObject,
} from './json.ts';
import { isIndexType, isManifestType } from './media-types.ts';

/** The kernel's overlay file system stacks at most 500 layers; nobody can run an image with more than this. */
const MAX_LAYERS = 1000;
const MAX_CHILDREN = 10_000;
const MAX_ITEMS = 10_000;

export interface Manifest {
  readonly kind: 'manifest';
  readonly mediaType?: string;
  readonly artifactType?: string;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
  readonly subject?: Descriptor;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface Index {
  readonly kind: 'index';
  readonly mediaType?: string;
  readonly artifactType?: string;
  readonly manifests: readonly Descriptor[];
  readonly subject?: Descriptor;
  readonly annotations: Readonly<Record<string, string>>;
}

/**
 * A manifest or an index. `announced` is the media type that the descriptor or the registry gave: content that says or is
 * something else is refused, and so is content that is both (CVE-2021-41190).
 */
export function parseDocument(bytes: Bytes, what: string, announced?: string): Manifest | Index {
  return guarded(what, () => {
    const json = parseJsonObject(bytes);
    const mediaType = optionalText(json.mediaType, 'mediaType');
    if (json.schemaVersion === 1) {
      throw new PlimsollError('manifest-unsupported', {
        what,
        mediaType: mediaType ?? 'application/vnd.docker.distribution.manifest.v1+json',
      });
    }
    if (json.schemaVersion !== 2) throw new Malformed('schemaVersion is not 2');
    const isIndex = json.manifests !== undefined;
    if (isIndex && (json.layers !== undefined || json.config !== undefined)) {
      throw new Malformed('it is an index and a manifest at once');
    }
    for (const type of [mediaType, announced]) refuseOtherType(type, isIndex, what);
    return isIndex ? indexFrom(json, mediaType) : manifestFrom(json, mediaType);
  });
}

/** The configuration of an image. Source: OCI image specification, config.md. */
export function parseConfig(bytes: Bytes, what: string): ImageConfig {
  return guarded(what, () => configFrom(parseJsonObject(bytes)));
}

/** `index.json` of an image layout. Source: image-layout.md. */
export function parseLayoutIndex(bytes: Bytes, what: string): Index {
  const document = parseDocument(bytes, what);
  if (document.kind === 'manifest') throw new PlimsollError('manifest-invalid', { what, reason: 'it is not an image index' });
  return document;
}

function guarded<T>(what: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof Malformed) throw new PlimsollError('manifest-invalid', { what, reason: error.message }, { cause: error });
    throw error;
  }
}

function refuseOtherType(mediaType: string | undefined, isIndex: boolean, what: string): void {
  if (mediaType === undefined) return;
  if (isIndexType(mediaType) ? isIndex : isManifestType(mediaType) ? !isIndex : false) return;
  if (isIndexType(mediaType) || isManifestType(mediaType)) throw new Malformed(`its content is not what the media type ${mediaType} says`);
  throw new PlimsollError('manifest-unsupported', { what, mediaType: mediaType.slice(0, 200) });
}

function indexFrom(json: JsonObject, mediaType: string | undefined): Index {
  return {
    kind: 'index',
    ...(mediaType === undefined ? {} : { mediaType }),
    ...artifactFields(json),
    manifests: optionalList(json.manifests, 'manifests', MAX_CHILDREN).map((one, i) => descriptorFrom(one, `manifests[${i}]`)),
  };
}

function manifestFrom(json: JsonObject, mediaType: string | undefined): Manifest {
  return {
    kind: 'manifest',
    ...(mediaType === undefined ? {} : { mediaType }),
    ...artifactFields(json),
    config: descriptorFrom(json.config, 'config'),
    layers: optionalList(json.layers, 'layers', MAX_LAYERS).map((one, i) => descriptorFrom(one, `layers[${i}]`)),
  };
}

function artifactFields(json: JsonObject) {
  const artifactType = optionalText(json.artifactType, 'artifactType');
  const subject = json.subject === undefined || json.subject === null ? undefined : descriptorFrom(json.subject, 'subject');
  return {
    ...(artifactType === undefined ? {} : { artifactType }),
    ...(subject === undefined ? {} : { subject }),
    annotations: optionalTextMap(json.annotations, 'annotations') ?? {},
  };
}

function descriptorFrom(value: unknown, name: string): Descriptor {
  const json = asObject(value, name);
  const size = json.size;
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) throw new Malformed(`${name}.size is not a size`);
  const platform = optionalObject(json.platform, `${name}.platform`);
  const annotations = optionalTextMap(json.annotations, `${name}.annotations`);
  const artifactType = optionalText(json.artifactType, `${name}.artifactType`);
  const urls = optionalTexts(json.urls, `${name}.urls`, MAX_ITEMS);
  return {
    mediaType: asText(json.mediaType, `${name}.mediaType`),
    digest: digestFrom(json.digest, `${name}.digest`),
    size,
    ...(platform === undefined ? {} : { platform: platformFrom(platform, `${name}.platform`) }),
    ...(annotations === undefined ? {} : { annotations }),
    ...(artifactType === undefined ? {} : { artifactType }),
    ...(urls.length === 0 ? {} : { urls }),
  };
}

function digestFrom(value: unknown, name: string): Digest {
  const text = asText(value, name);
  if (!isDigest(text)) throw new Malformed(`${name} is not a sha256, sha384 or sha512 digest`);
  return text;
}

function platformFrom(json: JsonObject, name: string): Platform {
  const variant = optionalText(json.variant, `${name}.variant`);
  const version = optionalText(json['os.version'], `${name}.os.version`);
  return {
    os: optionalText(json.os, `${name}.os`) ?? '',
    architecture: optionalText(json.architecture, `${name}.architecture`) ?? '',
    ...(variant ? { variant } : {}),
    ...(version ? { 'os.version': version } : {}),
  };
}

function configFrom(json: JsonObject): ImageConfig {
  const rootfs = asObject(json.rootfs, 'rootfs');
  const created = optionalText(json.created, 'created');
  const author = optionalText(json.author, 'author');
  return {
    ...platformFrom(json, 'the configuration'),
    ...(created === undefined ? {} : { created }),
    ...(author === undefined ? {} : { author }),
    diffIds: optionalList(rootfs.diff_ids, 'rootfs.diff_ids', MAX_LAYERS).map((one, i) => digestFrom(one, `rootfs.diff_ids[${i}]`)),
    history: optionalList(json.history, 'history', MAX_ITEMS).map((one, i) => historyFrom(one, `history[${i}]`)),
    config: runFrom(optionalObject(json.config, 'config') ?? {}),
  };
}

function historyFrom(value: unknown, name: string): HistoryEntry {
  const json = asObject(value, name);
  const created = optionalText(json.created, `${name}.created`);
  const createdBy = optionalText(json.created_by, `${name}.created_by`);
  const comment = optionalText(json.comment, `${name}.comment`);
  return {
    ...(created === undefined ? {} : { created }),
    ...(createdBy === undefined ? {} : { createdBy }),
    ...(comment === undefined ? {} : { comment }),
    emptyLayer: json.empty_layer === true,
  };
}

function runFrom(json: JsonObject): ImageConfig['config'] {
  const user = optionalText(json.User, 'config.User');
  const workingDir = optionalText(json.WorkingDir, 'config.WorkingDir');
  const entrypoint = command(json.Entrypoint, 'config.Entrypoint');
  const cmd = command(json.Cmd, 'config.Cmd');
  const healthcheck = optionalObject(json.Healthcheck, 'config.Healthcheck');
  return {
    ...(user ? { user } : {}),
    env: optionalTexts(json.Env, 'config.Env', MAX_ITEMS),
    ...(entrypoint === undefined ? {} : { entrypoint }),
    ...(cmd === undefined ? {} : { cmd }),
    ...(workingDir ? { workingDir } : {}),
    labels: optionalTextMap(json.Labels, 'config.Labels') ?? {},
    exposedPorts: Object.keys(optionalObject(json.ExposedPorts, 'config.ExposedPorts') ?? {}),
    volumes: Object.keys(optionalObject(json.Volumes, 'config.Volumes') ?? {}),
    ...(healthcheck === undefined ? {} : { healthcheck: { test: optionalTexts(healthcheck.Test, 'config.Healthcheck.Test', MAX_ITEMS) } }),
  };
}

/** Old builders wrote a command of one word as a string. */
function command(value: unknown, name: string): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? [value] : optionalTexts(value, name, MAX_ITEMS);
}
