import type { Bytes } from '../../util/bytes.ts';
import { PlimsollError } from '../../util/errors.ts';
import { asObject, asText, Malformed, optionalTexts, parseJson } from '../json.ts';

const MAX_IMAGES = 1000;
const MAX_LAYERS = 1000;
const MAX_TAGS = 10_000;

/** One image of a `docker save` archive; names of files in the archive. */
export interface SavedImage {
  readonly config: string;
  readonly layers: readonly string[];
  /** `alpine:3.20`, as Docker shows it. */
  readonly repoTags: readonly string[];
}

/** Reads the `manifest.json` of a `docker save` archive. Source: Moby image specification v1.2, "Combined Image JSON + Filesystem Changeset Format". */
export function parseSavedImages(bytes: Bytes, path: string): readonly SavedImage[] {
  try {
    const list = parseJson(bytes);
    if (!Array.isArray(list)) throw new Malformed('its manifest.json is not a list');
    if (list.length === 0 || list.length > MAX_IMAGES) throw new Malformed(`its manifest.json has ${list.length} images`);
    return list.map((one, i) => savedImage(one, `manifest.json[${i}]`));
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw new PlimsollError('archive-invalid', { path, reason: error.message }, { cause: error });
  }
}

function savedImage(value: unknown, name: string): SavedImage {
  const json = asObject(value, name);
  return {
    config: asText(json.Config, `${name}.Config`),
    layers: optionalTexts(json.Layers, `${name}.Layers`, MAX_LAYERS),
    repoTags: optionalTexts(json.RepoTags, `${name}.RepoTags`, MAX_TAGS),
  };
}
