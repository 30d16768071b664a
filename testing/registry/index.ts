import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { answer } from './api.ts';
import { type AuthSettings, Guard } from './auth.ts';
import { Content } from './content.ts';

export { refuse, send, sendRange } from './answers.ts';
export { makeCertificates } from './certificates.ts';
export { Content } from './content.ts';

export interface RecordedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/** Answers a request itself and returns true, or leaves it to the registry: for every kind of trouble. */
export type Intercept = (request: IncomingMessage, response: ServerResponse) => boolean;

/** Key and certificate, PEM: the server then speaks TLS. With `clientCa` it wants a certificate that this authority signed. */
export interface Tls {
  readonly key: string;
  readonly cert: string;
  readonly clientCa?: string;
}

export interface RegistrySettings {
  readonly content?: Content;
  readonly auth?: AuthSettings;
  readonly tls?: Tls;
  readonly redirectBlobsTo?: string;
  readonly intercept?: Intercept;
  /** True: it has the referrers API, and otherwise answers 404 as older registries do. */
  readonly referrers?: boolean;
}

/** A server on a loopback port of its own. */
export interface FakeServer {
  /** `127.0.0.1:1234`. */
  readonly host: string;
  readonly url: string;
  /** What came in, oldest first. */
  readonly requests: readonly RecordedRequest[];
  close(): Promise<void>;
}

export interface FakeRegistry extends FakeServer {
  readonly content: Content;
}

/** An OCI registry in memory that speaks the real protocol over real sockets. */
export async function startRegistry(settings: RegistrySettings = {}): Promise<FakeRegistry> {
  const content = settings.content ?? new Content();
  const guard = settings.auth === undefined ? undefined : new Guard(settings.auth);
  const server = await startServer((request, response, body, base) => {
    if (settings.intercept?.(request, response) === true) return;
    answer(request, response, body, {
      content,
      guard,
      base,
      redirectBlobsTo: settings.redirectBlobsTo,
      referrers: settings.referrers === true,
    });
  }, settings.tls);
  return { ...server, content };
}

type Handler = (request: IncomingMessage, response: ServerResponse, body: Buffer, base: string) => void;

/** Any server that records what it is asked. */
export async function startServer(handler: Handler, tls?: Tls): Promise<FakeServer> {
  const requests: RecordedRequest[] = [];
  const server: Server =
    tls === undefined
      ? createServer()
      : createTlsServer({ ...tls, ...(tls.clientCa === undefined ? {} : { ca: tls.clientCa, requestCert: true }) });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const url = `${tls === undefined ? 'http' : 'https'}://${host}`;
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    requests.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers });
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => handler(request, response, Buffer.concat(chunks), url));
  });
  return {
    host,
    url,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
