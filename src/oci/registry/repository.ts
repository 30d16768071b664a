import type { Descriptor, Digest } from '../../model/index.ts';
import type { ByteStream, Bytes } from '../../util/bytes.ts';
import { PlimsollError } from '../../util/errors.ts';
import type { HttpResponse } from '../../util/http/types.ts';
import { isDigest, sha256 } from '../digest.ts';
import { ACCEPTED_MANIFESTS, isIndexType, isManifestType, MEDIA } from '../media-types.ts';
import { formatReference, type ImageReference, repositoryName } from '../reference.ts';
import { resumable } from '../resume.ts';
import { parseDocument } from '../schema.ts';
import { type BlobSource, MANIFEST_LIMIT } from '../source.ts';
import { readVerified, verified } from '../verify.ts';
import { type Errand, refusal } from './failures.ts';
import { rangeReader } from './range.ts';
import { Session } from './session.ts';
import type { RegistryOptions } from './types.ts';

/** One repository, for reading. */
export interface Repository extends BlobSource {
  /**
   * What the reference's digest, or else its tag, stands for now. One request; the bytes are kept for `manifest`. Where the tag
   * still stands for `known`, the registry is asked for the digest alone.
   */
  resolve(reference: ImageReference, known?: Digest): Promise<Descriptor>;
}

/** Nothing is sent until something is asked for. Source: OCI distribution specification 1.1, "Pulling manifests", "Pulling blobs". */
export function openAt(where: Pick<ImageReference, 'registry' | 'repository'>, options: RegistryOptions): Repository {
  const session = new Session(options, { ...where, actions: 'pull' });
  const name = repositoryName(where);
  const kept = new Map<Digest, Bytes>();
  const attachments = new Map<Digest, Promise<readonly Descriptor[]>>();

  async function getManifest(reference: string): Promise<HttpResponse> {
    const response = await session.send(`/v2/${where.repository}/manifests/${reference}`, {
      headers: { accept: ACCEPTED_MANIFESTS.join(', ') },
    });
    if (response.status !== 200) throw await refusal(session.errand, response, { kind: 'manifest', reference });
    return response;
  }

  const repository: Repository = {
    name,
    async resolve(reference, known) {
      if (known !== undefined && reference.digest === undefined && (await standsFor(session, where.repository, reference.tag, known)))
        return { digest: known, size: 0, mediaType: MEDIA.ociManifest };
      const response = await getManifest(reference.digest ?? reference.tag ?? 'latest');
      const { descriptor, bytes } = await describe(response, reference, session.errand);
      kept.set(descriptor.digest, bytes);
      return descriptor;
    },
    async manifest(descriptor) {
      const bytes = kept.get(descriptor.digest);
      if (bytes !== undefined) return bytes;
      return readVerified(
        async () => (await getManifest(descriptor.digest)).body,
        descriptor,
        MANIFEST_LIMIT,
        `${name}@${descriptor.digest}`,
      );
    },
    async blob(descriptor) {
      const what = `${name}: ${descriptor.digest}`;
      const get = (start: number) => getBlob(session, where.repository, descriptor, start);
      return verified(resumable(await get(0), get), descriptor, what);
    },
    blobRange: rangeReader(session, where.repository),
    attached: (digest) => {
      const asked =
        attachments.get(digest) ?? import('./referrers.ts').then((all) => all.attached({ ...repository, session, where }, digest));
      attachments.set(digest, asked);
      return asked;
    },
    has: async () => true,
  };
  return repository;
}

/** Source: OCI distribution specification 1.1, "Checking if content exists in the registry"; the header is optional. */
async function standsFor(session: Session, repository: string, tag: string | undefined, known: Digest): Promise<boolean> {
  const response = await session.send(`/v2/${repository}/manifests/${tag ?? 'latest'}`, {
    method: 'HEAD',
    headers: { accept: ACCEPTED_MANIFESTS.join(', ') },
  });
  response.discard();
  return response.status === 200 && response.headers['docker-content-digest'] === known;
}

async function getBlob(session: Session, repository: string, descriptor: Descriptor, start: number): Promise<HttpResponse> {
  const headers = start === 0 ? {} : { range: `bytes=${start}-` };
  const response = await session.send(`/v2/${repository}/blobs/${descriptor.digest}`, { headers });
  if (response.status === 200 || (start > 0 && response.status === 206)) return response;
  throw await refusal(session.errand, response, { kind: 'blob', digest: descriptor.digest });
}

/** Digest and type of a manifest that was asked for by name. What the registry says of both is checked, not believed. */
async function describe(
  response: HttpResponse,
  reference: ImageReference,
  errand: Errand,
): Promise<{ descriptor: Descriptor; bytes: Bytes }> {
  const what = formatReference(reference);
  const bytes = await wholeManifest(response, what);
  const digest = sha256(bytes);
  const stated = response.headers['docker-content-digest'];
  const expected = reference.digest ?? (stated?.startsWith('sha256:') && isDigest(stated) ? stated : digest);
  const announced = (response.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (announced === 'text/html')
    throw new PlimsollError('registry-protocol', { registry: errand.registry, detail: 'it answers with a web page' });
  const descriptor = { digest: expected, size: bytes.length };
  await readVerified(async () => once(bytes), descriptor, MANIFEST_LIMIT, what);
  return { descriptor: { ...descriptor, mediaType: mediaTypeOf(announced, bytes, what) }, bytes };
}

/** Some registries say `application/json` or `text/plain`; then the content tells. */
function mediaTypeOf(announced: string, bytes: Bytes, what: string): string {
  if (isIndexType(announced) || isManifestType(announced)) return announced;
  const known = announced.startsWith('application/vnd.') ? announced : undefined;
  const document = parseDocument(bytes, what, known);
  return document.mediaType ?? (document.kind === 'index' ? MEDIA.ociIndex : MEDIA.ociManifest);
}

async function wholeManifest(response: HttpResponse, what: string): Promise<Bytes> {
  try {
    return await response.bytes(MANIFEST_LIMIT);
  } catch (error) {
    if (error instanceof PlimsollError && error.code === 'response-too-large') {
      throw new PlimsollError('manifest-too-large', { what, limit: MANIFEST_LIMIT }, { cause: error });
    }
    throw error;
  }
}

async function* once(bytes: Bytes): ByteStream {
  yield bytes;
}
