import type { Dockerfile, Stage } from '../../checks/dockerfile/document.ts';
import type { ImageTarget } from '../../image/types.ts';
import type { BaseImage, Digest, Gap, ImageConfig } from '../../model/index.ts';
import { isDigest } from '../../oci/digest.ts';
import { Malformed } from '../../oci/json.ts';
import { type BuildImage, buildImages } from '../../oci/provenance.ts';
import { formatReference, type ImageReference, repositoryName, tryReference } from '../../oci/reference.ts';
import type { Bytes } from '../../util/bytes.ts';
import { historyLines } from '../checks/dockerfile-lines.ts';

/** What somebody says that an image is built on; its layers have not been looked at. */
export interface Claim {
  readonly evidence: Exclude<BaseImage['evidence'], 'index' | 'history' | 'given'>;
  readonly reference: ImageReference;
  /** For people: as it was written. */
  readonly name: string;
  /** How many layers it says are the base's. */
  readonly layers?: number;
  /** One of several images that nothing tells apart: only layers make it the base. */
  readonly maybe?: true;
}

const NAME = 'org.opencontainers.image.base.name';
const DIGEST = 'org.opencontainers.image.base.digest';

/** Of the manifest's annotations, else of the image's labels; `scratch`, as a Dockerfile calls nothing, is none. Source: OCI image specification, annotations.md. */
export function annotationClaim({ annotations = {}, config }: ImageTarget): Claim | 'scratch' | undefined {
  const said = annotations[NAME] === undefined && annotations[DIGEST] === undefined ? config.config.labels : annotations;
  const name = said[NAME];
  // A label may come from the base image, an annotation does not.
  if (name === 'scratch') return said === annotations ? 'scratch' : undefined;
  const reference = name === undefined || name.length > 1000 ? undefined : tryReference(name);
  if (!reference || name === undefined) return undefined;
  const digest = said[DIGEST];
  return { evidence: 'annotation', name, reference: digest && isDigest(digest) ? { ...reference, digest } : reference };
}

/** Images of a build that are opened to see which of them the base is. */
const MAX_MAYBE = 4;

/**
 * The image among those of a build that the layers are of, where the build tells layers; the only image that it used, where it tells
 * none; of several that nothing tells apart each, perhaps. `about`: digests that the statements must be about. A statement that cannot be read is a gap.
 */
export function provenanceClaims(
  target: Pick<ImageTarget, 'layers'>,
  statements: readonly Bytes[],
  about?: readonly Digest[],
): { readonly claims: readonly Claim[]; readonly gaps: readonly Gap[] } {
  const images: BuildImage[] = [];
  const gaps: Gap[] = [];
  for (const statement of statements) {
    try {
      images.push(...buildImages(statement, about));
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      gaps.push({ code: 'malformed', params: { what: `provenance: ${error.message}` }, stage: 'app/base', incomplete: false });
    }
  }
  const stored = target.layers.map(({ descriptor }) => descriptor.digest);
  const [below] = images
    .filter(({ layers = [] }) => layers.length > 0 && layers.every((digest, i) => stored[i] === digest))
    .sort((a, b) => (b.layers?.length ?? 0) - (a.layers?.length ?? 0));
  const untold = [...new Map(images.flatMap((each) => (each.layers ? [] : [[formatReference(each.reference), each]]))).values()];
  const chosen = below ? [below] : untold.slice(0, MAX_MAYBE);
  const claims = chosen.map(({ reference, layers }): Claim => {
    const about = { evidence: 'provenance' as const, reference, name: shortName(reference) };
    return { ...about, ...(layers ? { layers: layers.length } : {}), ...(chosen.length > 1 ? { maybe: true } : {}) };
  });
  return { claims, gaps };
}

/** What the last stage of a Dockerfile begins with; `scratch` is nothing, `other` a file that the image is not built from. Undefined where the file does not tell. */
export function dockerfileClaim(file: Dockerfile, config: ImageConfig): Claim | 'scratch' | 'other' | undefined {
  const { image, written } = firstImage(file.stages.at(-1));
  if (written !== undefined && config.history.length > 0 && historyLines(config.history, file).every((line) => line === undefined))
    return 'other';
  if (image === 'scratch') return 'scratch';
  const reference = image === undefined || image.includes('$') ? undefined : tryReference(image);
  if (!reference || image === undefined) return undefined;
  const layers = layersBelow(file, config, written);
  return { evidence: 'dockerfile', reference, name: image, ...(layers === undefined ? {} : { layers }) };
}

/** The image outside of the file, and the first instruction of the file that leaves an entry in the history. */
function firstImage(stage: Stage | undefined): { readonly image: string | undefined; readonly written: number | undefined } {
  const above = stage?.base ? firstImage(stage.base) : { image: stage?.resolved?.text, written: undefined };
  const own = stage?.instructions.find(({ keyword }) => !SILENT.has(keyword))?.line;
  return { image: above.image, written: above.written ?? (own === undefined ? undefined : own + 1) };
}

/** Builders need not write these into the history. */
const SILENT: ReadonlySet<string> = new Set(['FROM', 'ARG', 'ONBUILD']);

/** Layers of the entries below the file's first instruction; undefined where history and file do not agree all the way. */
function layersBelow(file: Dockerfile, { history, diffIds }: ImageConfig, first: number | undefined): number | undefined {
  if (history.filter(({ emptyLayer }) => !emptyLayer).length !== diffIds.length) return undefined;
  if (first === undefined) return diffIds.length;
  const lines = historyLines(history, file);
  const begin = lines.indexOf(first);
  return begin < 0 ? undefined : history.slice(0, begin).filter(({ emptyLayer }) => !emptyLayer).length;
}

/** `debian:12` of `docker.io/library/debian:12@sha256:...`. */
export function shortName({ digest, ...reference }: ImageReference): string {
  const full = reference.tag === undefined && digest ? formatReference({ ...reference, digest }) : formatReference(reference);
  return full.replace(/^docker\.io\/(?:library\/)?/, '');
}

/** False where they name two images for sure: other repositories, or other digests. */
export function agree(a: ImageReference, b: ImageReference): boolean {
  return repositoryName(a) === repositoryName(b) && (a.digest === undefined || b.digest === undefined || a.digest === b.digest);
}

/** What a name and a digest say of the image; for reports. */
export function named({ reference, name }: Pick<Claim, 'reference' | 'name'>): { readonly name: string; readonly digest?: Digest } {
  const at = name.indexOf('@');
  return { name: at < 0 ? name : name.slice(0, at), ...(reference.digest === undefined ? {} : { digest: reference.digest }) };
}
