import type { Descriptor, Digest } from '../../model/index.ts';
import type { Bytes } from '../../util/bytes.ts';
import { PlimsollError } from '../../util/errors.ts';
import { sha256 } from '../digest.ts';
import type { ImageReference } from '../reference.ts';
import { refusal } from './failures.ts';
import { Session } from './session.ts';
import type { RegistryOptions } from './types.ts';

/** Writes into one repository. */
export interface Pusher {
  /** Uploads the blob where it is not there yet. */
  blob(bytes: Bytes, mediaType: string): Promise<Descriptor>;
  /** Under `reference` (a tag or the digest); what it names must be there. */
  manifest(bytes: Bytes, mediaType: string, reference?: string): Promise<Descriptor>;
}

/** Source: OCI distribution specification 1.1, "Pushing a blob monolithically" (POST then PUT), "Pushing Manifests". */
export function openPusher(where: Pick<ImageReference, 'registry' | 'repository'>, options: RegistryOptions): Pusher {
  const session = new Session(options, { ...where, actions: 'pull,push' });
  const root = `/v2/${where.repository}`;
  return {
    async blob(bytes, mediaType) {
      const digest = sha256(bytes);
      if (!(await exists(session, root, digest))) await upload(session, root, bytes, digest);
      return { mediaType, digest, size: bytes.length };
    },
    async manifest(bytes, mediaType, reference) {
      const digest = sha256(bytes);
      const response = await session.send(`${root}/manifests/${reference ?? digest}`, {
        method: 'PUT',
        headers: { 'content-type': mediaType },
        body: bytes,
      });
      if (response.status !== 201) throw await refusal(session.errand, response, { kind: 'upload' });
      response.discard();
      return { mediaType, digest, size: bytes.length };
    },
  };
}

async function exists(session: Session, root: string, digest: Digest): Promise<boolean> {
  const response = await session.send(`${root}/blobs/${digest}`, { method: 'HEAD' });
  response.discard();
  return response.status === 200;
}

async function upload(session: Session, root: string, bytes: Bytes, digest: Digest): Promise<void> {
  const started = await session.send(`${root}/blobs/uploads/`, { method: 'POST' });
  const location = started.headers.location;
  if (started.status !== 202) throw await refusal(session.errand, started, { kind: 'upload' });
  started.discard();
  if (location === undefined)
    throw new PlimsollError('registry-protocol', { registry: session.errand.registry, detail: 'it started an upload without a location' });
  const url = new URL(location, new URL(started.url));
  url.searchParams.set('digest', digest);
  const finished = await session.send(url.href, { method: 'PUT', headers: { 'content-type': 'application/octet-stream' }, body: bytes });
  if (finished.status !== 201) throw await refusal(session.errand, finished, { kind: 'upload' });
  finished.discard();
}
