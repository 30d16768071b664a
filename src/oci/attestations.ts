import type { Descriptor, Digest } from '../model/index.ts';
import type { Bytes } from '../util/bytes.ts';
import { PlimsollError } from '../util/errors.ts';
import { isManifestType } from './media-types.ts';
import { PROVENANCE } from './provenance.ts';
import { parseDocument } from './schema.ts';
import type { BlobSource } from './source.ts';
import { readVerified } from './verify.ts';

/** Provenance with every step of a large build is some megabytes. */
const MAX_STATEMENT = 16 << 20;
const MAX_STATEMENTS = 8;
/** Manifests that are opened to see whether there is provenance in them. */
const MAX_ATTACHED = 8;
const IN_TOTO = 'application/vnd.in-toto+json';

/** Statements as they are, in envelopes (DSSE), and in bundles of Sigstore. Source: in-toto attestation framework, "Media types"; BUNDLE_SPEC.md of sigstore/cosign. */
const ATTESTATION =
  /^application\/vnd\.(?:in-toto(?:\.provenance)?\+(?:json|dsse)|dsse\.envelope\.v1\+json|dev\.sigstore\.bundle(?:\.v\d+\.\d+)?\+json)(?:;.*)?$/;

/** Where writers say what a statement is of: in-toto, cosign's `.att` tag, cosign's bundles. */
const PREDICATES = ['in-toto.io/predicate-type', 'predicateType', 'dev.sigstore.bundle.predicateType'];

/** Copies of one platform leave out what stands beside it. */
const ABSENT: ReadonlySet<string> = new Set([
  'blob-missing',
  'registry-blob-unknown',
  'registry-manifest-unknown',
  'containerd-blob-missing',
]);

/**
 * The statements on provenance in the attestation manifests of an index, as stored; none where they were not copied. Source: BuildKit,
 * docs/attestations/attestation-storage.md.
 */
export function statements(source: BlobSource, attestations: readonly Descriptor[]): Promise<readonly Bytes[]> {
  return read(source, attestations, ({ mediaType, annotations }) => mediaType === IN_TOTO && saysProvenance(annotations) === true);
}

/**
 * What is attached to these digests and may be provenance, as stored: statements, envelopes and bundles, whose signatures nobody has looked
 * at. What says that it is something else is not read.
 */
export async function attachedStatements(source: BlobSource, digests: readonly Digest[]): Promise<readonly Bytes[]> {
  const manifests: Descriptor[] = [];
  for (const digest of digests) manifests.push(...((await source.attached?.(digest)) ?? []));
  const likely = manifests.filter(
    ({ artifactType, annotations, mediaType }) =>
      isManifestType(mediaType) && (artifactType === undefined || ATTESTATION.test(artifactType)) && saysProvenance(annotations) !== false,
  );
  const surest = likely.sort((a, b) => Number(saysProvenance(b.annotations) === true) - Number(saysProvenance(a.annotations) === true));
  return read(
    source,
    surest.slice(0, MAX_ATTACHED),
    ({ mediaType, annotations }) => ATTESTATION.test(mediaType) && saysProvenance(annotations) !== false,
  );
}

/** Undefined where it does not say. */
function saysProvenance(annotations: Descriptor['annotations'] = {}): boolean | undefined {
  const predicate = PREDICATES.map((name) => annotations[name]).find((one) => one !== undefined);
  return predicate?.startsWith(PROVENANCE);
}

async function read(
  source: BlobSource,
  manifests: readonly Descriptor[],
  wanted: (layer: Descriptor) => boolean,
): Promise<readonly Bytes[]> {
  const found: Bytes[] = [];
  for (const descriptor of manifests) {
    const manifest = await here(async () =>
      parseDocument(await source.manifest(descriptor), `The attestation ${descriptor.digest} of ${source.name}`, descriptor.mediaType),
    );
    if (manifest?.kind !== 'manifest') continue;
    for (const layer of manifest.layers) {
      if (!wanted(layer) || found.length >= MAX_STATEMENTS) continue;
      const what = `The provenance ${layer.digest} of ${source.name}`;
      const bytes = await here(() => readVerified(() => source.blob(layer), layer, MAX_STATEMENT, what));
      if (bytes) found.push(bytes);
    }
  }
  return found;
}

async function here<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof PlimsollError && ABSENT.has(error.code)) return undefined;
    throw error;
  }
}
