import type { Descriptor, Digest } from '../model/index.ts';
import { PlimsollError } from '../util/errors.ts';
import { referrersTag } from './digest.ts';
import { isConfigType, isIndexType, isManifestType } from './media-types.ts';
import { isAttestation } from './platform.ts';
import { type Index, parseDocument } from './schema.ts';
import type { BlobSource } from './source.ts';

const REF_NAME = 'org.opencontainers.image.ref.name';
/** What an entry is of `cosign save`, under the image's own name. Source: sigstore/cosign, pkg/oci/layout. */
const COSIGN_KIND = 'kind';
const COSIGN_ATTESTATIONS = 'dev.cosignproject.cosign/atts';
const COSIGN_BESIDE: ReadonlySet<unknown> = new Set([COSIGN_ATTESTATIONS, 'dev.cosignproject.cosign/sigs']);
/** Tags that stand for what is about an image: the list of its referrers, and what cosign attaches. See {@link referrersTag}. */
const BESIDE_TAG = /^sha(?:256|384|512)-[a-f0-9]{64}(?:\.(?:att|sig|sbom))?$/;

/** Manifests that are opened to see what they are about. */
const MAX_OPENED = 64;

/** True for what says of itself in `index.json` that it is no image, but stands beside one. */
export function isBeside({ artifactType, annotations = {} }: Descriptor): boolean {
  if (artifactType !== undefined && !isConfigType(artifactType)) return true;
  return BESIDE_TAG.test(annotations[REF_NAME] ?? '') || COSIGN_BESIDE.has(annotations[COSIGN_KIND]);
}

/**
 * What of a layout may be attached to something in it: manifests with a `subject`, which `index.json` names beside the images, what has the tags
 * that stand for referrers in registries without their API, and what cosign writes. Empty where there is nothing but images. Source: OCI image
 * specification 1.1, image-layout.md ("index.json") and manifest.md (`subject`); distribution specification 1.1, "Referrers Tag Schema".
 */
export function layoutAttachments({ manifests }: Index, source: BlobSource): Pick<BlobSource, 'attached' | 'local'> {
  const beside = manifests.filter((one) => !isAttestation(one) && (isBeside(one) || one.platform === undefined));
  if (manifests.length < 2 || beside.length === 0) return {};
  return { local: true, attached: (digest) => attached(beside, source, digest) };
}

/** What cannot be read keeps nobody from the rest; throws where there is no rest. */
async function attached(beside: readonly Descriptor[], source: BlobSource, digest: Digest): Promise<readonly Descriptor[]> {
  const tag = referrersTag(digest);
  const found: Descriptor[] = [];
  let failure: unknown;
  let opened = 0;
  for (const one of beside) {
    const name = one.annotations?.[REF_NAME];
    if (name === `${tag}.att` || one.annotations?.[COSIGN_KIND] === COSIGN_ATTESTATIONS) found.push(one);
    else if (one.digest !== digest && (name === tag || isManifestType(one.mediaType)) && ++opened <= MAX_OPENED) {
      try {
        found.push(...(await about(one, digest, source)));
      } catch (error) {
        if (!(error instanceof PlimsollError) || error.code === 'aborted') throw error;
        if (error.code !== 'blob-missing') failure ??= error;
      }
    }
  }
  if (found.length === 0 && failure !== undefined) throw failure;
  return found;
}

/** The entries of a list; the manifest itself where its subject is this one, described as a registry would. */
async function about(one: Descriptor, digest: Digest, source: BlobSource): Promise<readonly Descriptor[]> {
  const document = parseDocument(await source.manifest(one), `The manifest ${one.digest} of ${source.name}`, one.mediaType);
  if (document.kind === 'index') return isIndexType(one.mediaType) ? document.manifests : [];
  if (document.subject?.digest !== digest) return [];
  const { artifactType = document.config.mediaType, annotations } = document;
  return [{ ...one, artifactType, annotations: { ...one.annotations, ...annotations } }];
}
