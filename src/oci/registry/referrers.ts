import type { Descriptor, Digest } from '../../model/index.ts';
import type { Bytes } from '../../util/bytes.ts';
import { PlimsollError } from '../../util/errors.ts';
import { referrersTag } from '../digest.ts';
import { MEDIA } from '../media-types.ts';
import type { ImageReference } from '../reference.ts';
import { parseDocument } from '../schema.ts';
import { MANIFEST_LIMIT } from '../source.ts';
import { refusal } from './failures.ts';
import { nextPage } from './next-page.ts';
import type { Repository } from './repository.ts';
import type { Session } from './session.ts';

/** What is needed of a repository to look for what is attached in it. */
export interface Attachments extends Pick<Repository, 'resolve' | 'manifest'> {
  readonly session: Session;
  readonly where: Pick<ImageReference, 'registry' | 'repository'>;
}

/**
 * Manifests that say that they are about the one with this digest: of the referrers API, of its fallback tag where the registry has no such
 * API, and what cosign's tag for attestations stands for. Each place is asked once; of a list at most {@link MAX_PAGES} pages are read. A place
 * that refuses keeps nobody from what another one gave; throws where none gave anything and one refused. Source: OCI distribution
 * specification 1.1, "Listing Referrers", "Unavailable Referrers API"; sigstore/cosign, specs/SIGNATURE_SPEC.md ("Tag-based discovery").
 */
export async function attached(at: Attachments, digest: Digest): Promise<readonly Descriptor[]> {
  const places = await Promise.allSettled([referrers(at, digest), byTag(at, `${referrersTag(digest)}.att`)]);
  const found = places.flatMap((place) => (place.status === 'fulfilled' ? place.value : []));
  const refused = places.find((place) => place.status === 'rejected');
  if (found.length === 0 && refused) throw refused.reason;
  return found;
}

/** Milliseconds: nothing but a better answer hangs on it. */
const PATIENCE = 10_000;

/** Answers by which registries without the API say so; 404 is the specification's. */
const NO_SUCH_API: ReadonlySet<number> = new Set([400, 404, 405, 501]);

/** Pages of a list of referrers: some hundreds of entries each. */
const MAX_PAGES = 10;

async function referrers(at: Attachments, digest: Digest): Promise<readonly Descriptor[]> {
  const { session, where } = at;
  const path = `/v2/${where.repository}/referrers/${digest}`;
  const found: Descriptor[] = [];
  let next: string | undefined = path;
  for (let page = 0; next !== undefined && page < MAX_PAGES; page++) {
    const response = await session.send(next, { headers: { accept: MEDIA.ociIndex }, timeoutMs: PATIENCE });
    const isIndex = response.headers['content-type']?.split(';')[0]?.trim() === MEDIA.ociIndex;
    if (response.status !== 200 || !isIndex) {
      if (response.status !== 200 && !NO_SUCH_API.has(response.status))
        throw await refusal(session.errand, response, { kind: 'manifest', reference: digest });
      response.discard();
      // What the pages before said stands, whatever a later one is.
      return page === 0 ? ofFallbackTag(at, digest) : found;
    }
    found.push(...children(await response.bytes(MANIFEST_LIMIT), `The referrers of ${digest}`));
    next = nextPage(response.headers.link, path);
  }
  return found;
}

async function ofFallbackTag(at: Attachments, digest: Digest): Promise<readonly Descriptor[]> {
  const [list] = await byTag(at, referrersTag(digest));
  return list?.mediaType === MEDIA.ociIndex ? children(await at.manifest(list), `The list ${referrersTag(digest)} of referrers`) : [];
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
