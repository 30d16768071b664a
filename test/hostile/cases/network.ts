import type { IncomingMessage, ServerResponse } from 'node:http';
import { buildImage, json } from '../../../testing/image-builder/index.ts';
import { Content, startRegistry } from '../../../testing/registry/index.ts';
import type { HostileCase } from '../case.ts';

const IMAGE = buildImage({
  platform: { os: 'linux', architecture: 'amd64' },
  created: '2026-01-01T00:00:00Z',
  steps: [{ createdBy: 'ADD / # buildkit', files: [{ path: 'etc/os-release', content: 'ID=alpine\nVERSION_ID=3.20.3\n' }] }],
});

/** A registry that serves the image, but for what `intercept` answers. */
async function registry(intercept: (request: IncomingMessage, response: ServerResponse) => boolean) {
  const content = new Content();
  content.putImage('app', '1', IMAGE);
  const server = await startRegistry({ content, intercept });
  return { scan: [`${server.host}/app:1`], after: () => server.close() };
}

const isLayer = (request: IncomingMessage) => request.method === 'GET' && request.url?.endsWith(IMAGE.layers[0]!.digest) === true;
const isManifest = (request: IncomingMessage) => request.method === 'GET' && request.url?.includes('/manifests/') === true;
const answer = (response: ServerResponse, body: Buffer, type = 'application/octet-stream') => {
  response.writeHead(200, { 'content-type': type, 'content-length': body.length }).end(body);
  return true;
};

/** Registries that send something else than they should. */
export const NETWORK: readonly HostileCase[] = [
  {
    id: 'registry-other-layer',
    input: 'a registry that sends another layer',
    answer: { error: 'digest-mismatch' },
    make: () => registry((request, response) => isLayer(request) && answer(response, Buffer.alloc(IMAGE.layers[0]!.size))),
  },
  {
    id: 'registry-endless-layer',
    input: 'a registry that sends a layer without end',
    answer: { error: 'size-mismatch' },
    make: () =>
      registry((request, response) => {
        if (!isLayer(request)) return false;
        response.writeHead(200);
        const more = (): void => {
          while (!response.destroyed && response.write(Buffer.alloc(65_536)));
          if (!response.destroyed) response.once('drain', more);
        };
        more();
        return true;
      }),
  },
  {
    id: 'registry-endless-manifest',
    input: 'a registry that sends a manifest of 100 MB',
    answer: { error: 'manifest-too-large' },
    make: () =>
      registry(
        (request, response) =>
          isManifest(request) && answer(response, Buffer.alloc(100 << 20, ' '), 'application/vnd.oci.image.manifest.v1+json'),
      ),
  },
  {
    id: 'registry-redirects',
    input: 'a registry that redirects to itself without end',
    answer: { error: 'too-many-redirects' },
    make: () =>
      registry((request, response) => {
        if (!isLayer(request)) return false;
        response.writeHead(307, { location: request.url }).end();
        return true;
      }),
  },
  {
    id: 'registry-redirect-to-file',
    input: 'a registry that redirects a layer to `file:///etc/passwd`',
    answer: { error: 'redirect-invalid' },
    make: () =>
      registry((request, response) => {
        if (!isLayer(request)) return false;
        response.writeHead(307, { location: 'file:///etc/passwd' }).end();
        return true;
      }),
  },
  {
    id: 'registry-foreign-manifest',
    input: 'a registry that answers with an artifact of another kind',
    answer: { error: 'not-an-image' },
    make: () => {
      const manifest = {
        schemaVersion: 2,
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        artifactType: 'application/vnd.cncf.helm.config.v1+json',
        config: { mediaType: 'application/vnd.cncf.helm.config.v1+json', digest: IMAGE.config.digest, size: IMAGE.config.size },
        layers: [
          { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', digest: IMAGE.config.digest, size: IMAGE.config.size },
        ],
      };
      return registry((request, response) => isManifest(request) && answer(response, json(manifest), manifest.mediaType));
    },
  },
];
