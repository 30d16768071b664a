import type { Descriptor, Digest } from '../../model/index.ts';
import type { Bytes } from '../../util/bytes.ts';
import { PlimsollError } from '../../util/errors.ts';
import { digestParts } from '../digest.ts';
import { MEDIA } from '../media-types.ts';
import type { ImageReference } from '../reference.ts';
import { parseDocument } from '../schema.ts';
import { MANIFEST_LIMIT } from '../source.ts';
import { refusal } from './failures.ts';
import type { Repository } from './repository.ts';
import type { Session } from './session.ts';

/** What is needed of a repository to look for what is attached in it. */
export interface Attachments extends Pick<Repository, 'resolve' | 'manifest'> {
  readonly session: Session;
  readonly where: Pick<ImageReference, 'registry' | 'repository'>;
}

/**
 * Manifests that say that they are about the one with this digest: of the referrers API, of its fallback tag where the registry has no such
 * API, and what cosign's tag for attestations stands for. Each place is asked once; of a list of several pages the first is read. A place
 * that refuses keeps nobody from what another one gave; throws where none gave anything and one refused. Source: OCI distribution
 * specification 1.1, "Listing Referrers", "Unavailable Referrers API"; sigstore/cosign, specs/SIGNATURE_SPEC.md ("Tag-based discovery").
 */
export async function attached(at: Attachments, digest: Digest): Promise<readonly Descriptor[]> {
  const places = await Promise.allSettled([referrers(at, digest), byTag(at, `${tagOf(digest)}.att`)]);
  const found = places.flatMap((place) => (place.status === 'fulfilled' ? place.value : []));
  const refused = places.find((place) => place.status === 'rejected');
  if (found.length === 0 && refused) throw refused.reason;
  return found;
}

/** Milliseconds: nothing but a better answer hangs on it. */
const PATIENCE = 10_000;

/** Answers by which registries without the API say so; 404 is the specification's. */
const NO_SUCH_API: ReadonlySet<number> = new Set([400, 404, 405, 501]);

async function referrers(at: Attachments, digest: Digest): Promise<readonly Descriptor[]> {
  const { session, where } = at;
  const response = await session.send(`/v2/${where.repository}/referrers/${digest}`, {
    headers: { accept: MEDIA.ociIndex },
    timeoutMs: PATIENCE,
  });
  const isIndex = response.headers['content-type']?.split(';')[0]?.trim() === MEDIA.ociIndex;
  if (response.status === 200 && isIndex) return children(await response.bytes(MANIFEST_LIMIT), `The referrers of ${digest}`);
  if (response.status !== 200 && !NO_SUCH_API.has(response.status))
    throw await refusal(session.errand, response, { kind: 'manifest', reference: digest });
  response.discard();
  const [list] = await byTag(at, tagOf(digest));
  return list?.mediaType === MEDIA.ociIndex ? children(await at.manifest(list), `The list ${tagOf(digest)} of referrers`) : [];
}

function children(bytes: Bytes, what: string): readonly Descriptor[] {
  const index = parseDocument(bytes, what, MEDIA.ociIndex);
  return index.kind === 'index' ? index.manifests : [];
}

async function byTag({ resolve, where }: Attachments, tag: string): Promise<readonly Descriptor[]> {
  try {
    return [await resolve({ ...where, tag })];
  } catch (error) {
    if (error instanceof PlimsollError && error.code === 'registry-manifest-unknown') return [];
    throw error;
  }
}

/** `sha256-<hex>`: a colon may not be in a tag, and the hex is cut at 64 characters. Source: the same, "Referrers Tag Schema". */
function tagOf(digest: Digest): string {
  const { algorithm, hex } = digestParts(digest);
  return `${algorithm.slice(0, 32)}-${hex.slice(0, 64)}`;
}
