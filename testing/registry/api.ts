import type { IncomingMessage, ServerResponse } from 'node:http';
import { refuse, send, sendRange } from './answers.ts';
import type { Guard } from './auth.ts';
import { type Content, digestOf } from './content.ts';

export interface ApiSettings {
  readonly content: Content;
  readonly guard: Guard | undefined;
  /** Own address, `http://127.0.0.1:1234`. */
  readonly base: string;
  /** Blobs are answered with a redirect to this address plus `/<digest>`. */
  readonly redirectBlobsTo: string | undefined;
  /** Whether it has the referrers API. */
  readonly referrers: boolean;
}

const ROUTE = /^\/v2\/(?<repository>[a-z0-9._/-]+)\/(?<kind>manifests|blobs\/uploads|blobs|tags|referrers)\/(?<rest>.*)$/;

/** Routes one request. Source: OCI distribution specification 1.1, "Endpoints". */
export function answer(request: IncomingMessage, response: ServerResponse, body: Buffer, settings: ApiSettings): ServerResponse {
  const url = new URL(request.url ?? '/', settings.base);
  if (url.pathname === '/token' && settings.guard) return settings.guard.issue(request, response, url.searchParams, body);
  const route = ROUTE.exec(url.pathname)?.groups;
  const writes = request.method !== 'GET' && request.method !== 'HEAD';
  if (settings.guard?.admit(request, response, settings.base, route?.repository, writes ? 'push' : 'pull') === false) return response;
  if (url.pathname === '/v2/') return send(response, 200, Buffer.from('{}'), { 'content-type': 'application/json' });
  if (route === undefined) return refuse(response, 404, 'UNSUPPORTED', 'no such endpoint');
  const { repository = '', kind, rest = '' } = route;
  if (kind === 'manifests')
    return writes ? putManifest(response, body, request, settings, repository, rest) : getManifest(response, settings, repository, rest);
  if (kind === 'tags') return tags(response, settings, repository);
  if (kind === 'referrers')
    return settings.referrers ? referrers(response, settings, repository, rest) : refuse(response, 404, 'UNSUPPORTED', 'no such endpoint');
  if (kind === 'blobs') return getBlob(response, settings, repository, rest);
  return upload(response, body, settings, repository, url, request.method === 'POST');
}

function getManifest(response: ServerResponse, { content }: ApiSettings, repository: string, reference: string): ServerResponse {
  if (!content.has(repository)) return refuse(response, 404, 'NAME_UNKNOWN', 'repository name not known to registry');
  const manifest = content.manifest(repository, reference);
  if (manifest === undefined) return refuse(response, 404, 'MANIFEST_UNKNOWN', 'manifest unknown');
  return send(response, 200, manifest.bytes, { 'content-type': manifest.mediaType, 'docker-content-digest': manifest.digest });
}

function getBlob(response: ServerResponse, { content, redirectBlobsTo }: ApiSettings, repository: string, digest: string): ServerResponse {
  const bytes = content.blob(repository, digest);
  if (bytes === undefined) return refuse(response, 404, 'BLOB_UNKNOWN', 'blob unknown to registry');
  if (redirectBlobsTo !== undefined)
    return send(response, 307, Buffer.alloc(0), { location: `${redirectBlobsTo}/${repository}/${digest}` });
  return sendRange(response, bytes, { 'content-type': 'application/octet-stream', 'docker-content-digest': digest });
}

function putManifest(
  response: ServerResponse,
  body: Buffer,
  request: IncomingMessage,
  { content }: ApiSettings,
  repository: string,
  reference: string,
): ServerResponse {
  const digest = content.putManifest(repository, reference, body, request.headers['content-type'] ?? '');
  return send(response, 201, Buffer.alloc(0), { location: `/v2/${repository}/manifests/${digest}`, 'docker-content-digest': digest });
}

/** Source: OCI distribution specification 1.1, "Listing Referrers": an index of what has the digest as its subject, empty where nothing has. */
function referrers(response: ServerResponse, { content }: ApiSettings, repository: string, digest: string): ServerResponse {
  if (response.req.method !== 'GET') return refuse(response, 405, 'UNSUPPORTED', 'a list is only for GET');
  if (!/^sha256:[a-f0-9]{64}$/.test(digest)) return refuse(response, 400, 'DIGEST_INVALID', 'not a digest');
  const mediaType = 'application/vnd.oci.image.index.v1+json';
  const index = { schemaVersion: 2, mediaType, manifests: content.referrers(repository, digest) };
  return send(response, 200, Buffer.from(JSON.stringify(index)), { 'content-type': mediaType });
}

function tags(response: ServerResponse, { content }: ApiSettings, repository: string): ServerResponse {
  if (!content.has(repository)) return refuse(response, 404, 'NAME_UNKNOWN', 'repository name not known to registry');
  return send(response, 200, Buffer.from(JSON.stringify({ name: repository, tags: content.tags(repository) })), {
    'content-type': 'application/json',
  });
}

/** POST opens an upload, PUT with the digest ends it; the parts between are not needed by anybody here. */
function upload(
  response: ServerResponse,
  body: Buffer,
  { content }: ApiSettings,
  repository: string,
  url: URL,
  opens: boolean,
): ServerResponse {
  if (opens) return send(response, 202, Buffer.alloc(0), { location: `/v2/${repository}/blobs/uploads/1?state=x` });
  const digest = url.searchParams.get('digest') ?? '';
  if (digest !== digestOf(body)) return refuse(response, 400, 'DIGEST_INVALID', 'provided digest did not match uploaded content');
  content.putBlob(repository, body);
  return send(response, 201, Buffer.alloc(0), { location: `/v2/${repository}/blobs/${digest}`, 'docker-content-digest': digest });
}
