import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** What the daemon has under one name, id or short name. */
export interface EngineImage {
  readonly id: string;
  /** What `save` writes. */
  readonly archive: Buffer;
}

export interface FakeEngine {
  readonly requests: readonly string[];
  close(): Promise<void>;
}

type Answer = (response: ServerResponse) => void;

/**
 * The part of the Docker Engine API that gives images away, on a unix socket. A request that the API does not know gets the daemon's own
 * `page not found`. `instead` answers a request, given as `METHOD /path`, in its own way. Source: Docker Engine API 1.47, ImageInspect and ImageGet.
 */
export async function startEngine(
  socket: string | { readonly port: number },
  images: ReadonlyMap<string, EngineImage>,
  instead: Readonly<Record<string, Answer>> = {},
): Promise<FakeEngine & { readonly port: number }> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const line = `${request.method} ${request.url}`;
    requests.push(line);
    (instead[line] ?? ((to: ServerResponse) => answer(request, to, images)))(response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    if (typeof socket === 'string') server.listen(socket, resolve);
    else server.listen(socket.port, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    requests,
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const body = JSON.stringify(value);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body);
}

function answer(request: IncomingMessage, response: ServerResponse, images: ReadonlyMap<string, EngineImage>): void {
  const match = /^\/images\/(?<name>[^?#%]+)\/(?<what>json|get)$/.exec(request.url ?? '');
  const { name = '', what } = match?.groups ?? {};
  const hasBody = request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined;
  if (request.method !== 'GET' || match === null || hasBody || !request.headers.host) {
    sendJson(response, 404, { message: 'page not found' });
    return;
  }
  const image = images.get(name) ?? images.get(name.includes(':') ? name : `${name}:latest`);
  if (image === undefined) {
    sendJson(response, 404, { message: `No such image: ${name}` });
  } else if (what === 'json') {
    sendJson(response, 200, { Id: image.id, RepoTags: [name], Os: 'linux', Architecture: 'amd64' });
  } else {
    // As Docker does: no length, in pieces.
    response.writeHead(200, { 'content-type': 'application/x-tar' });
    for (let at = 0; at < image.archive.length; at += 10_007) response.write(image.archive.subarray(at, at + 10_007));
    response.end();
  }
}
