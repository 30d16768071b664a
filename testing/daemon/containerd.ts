import { createServer, type IncomingHttpHeaders, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import type { Descriptor } from '../../src/model/index.ts';

export interface ContainerdContent {
  /** By namespace and name. */
  readonly images: Readonly<Record<string, Readonly<Record<string, Pick<Descriptor, 'mediaType' | 'digest' | 'size'>>>>>;
  /** Of every namespace. */
  readonly blobs: ReadonlyMap<string, Buffer>;
}

/** How it misbehaves: everything that a call of this method gets, in place of the right answer. */
export type Misbehaviour = (stream: ServerHttp2Stream) => void;

export interface FakeContainerd {
  /** `namespace method argument`, in order. */
  readonly calls: readonly string[];
  close(): Promise<void>;
}

/**
 * containerd's images and content services on a unix socket. What a client sends is read as the specification of gRPC over HTTP2 says, by
 * a reader of its own; a request that is not so gets INTERNAL with the reason. Content goes out in pieces of `chunk` bytes, and frames
 * are cut where they fall.
 */
export async function startContainerd(
  socket: string,
  content: ContainerdContent,
  instead: Readonly<Record<string, Misbehaviour>> = {},
  chunk = 1000,
): Promise<FakeContainerd> {
  const calls: string[] = [];
  const sessions = new Set<ServerHttp2Session>();
  const server = createServer();
  server.on('session', (session) => {
    sessions.add(session);
    session.on('error', () => undefined);
    session.once('close', () => sessions.delete(session));
  });
  server.on('stream', async (stream, headers) => {
    stream.on('error', () => undefined);
    const method = String(headers[':path']).split('/').at(-1)!;
    if (instead[method] !== undefined) return instead[method](stream);
    try {
      const argument = stringRequest(headers, await readAll(stream));
      const namespace = String(headers['containerd-namespace']);
      calls.push(`${namespace} ${method} ${argument}`);
      serve(stream, String(headers[':path']), argument, content.images[namespace] ?? {}, content.blobs, chunk);
    } catch (error) {
      finish(stream, 13, error instanceof Error ? error.message : String(error));
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socket, resolve);
  });
  return {
    calls,
    close: () =>
      new Promise((resolve) => {
        for (const session of sessions) session.destroy();
        server.close(() => resolve());
      }),
  };
}

function serve(
  stream: ServerHttp2Stream,
  path: string,
  argument: string,
  images: NonNullable<ContainerdContent['images'][string]>,
  blobs: ContainerdContent['blobs'],
  chunk: number,
): void {
  const answer = answerTo(path, argument, images, blobs, chunk);
  if (Array.isArray(answer)) replyBytes(stream, Buffer.concat(answer.map(frame)));
  else finish(stream, answer.status, answer.message);
}

function answerTo(
  path: string,
  argument: string,
  images: NonNullable<ContainerdContent['images'][string]>,
  blobs: ContainerdContent['blobs'],
  chunk: number,
): Buffer[] | { readonly status: number; readonly message: string } {
  if (path === '/containerd.services.images.v1.Images/Get') {
    const image = images[argument];
    if (image === undefined) return { status: 5, message: `image "${argument}": not found` };
    const target = [field(1, image.mediaType), field(2, image.digest), number(3, image.size)];
    // created_at (7) and a label (2) stand between what we need, as they do in the real answer.
    const record = [field(1, argument), field(2, Buffer.concat([field(1, 'a'), field(2, 'b')])), field(3, Buffer.concat(target))];
    return [field(1, Buffer.concat([...record, field(7, number(1, 1_700_000_000))]))];
  }
  const blob = blobs.get(argument);
  if (blob === undefined) return { status: 5, message: `content ${argument}: not found` };
  if (path === '/containerd.services.content.v1.Content/Info') {
    return [field(1, Buffer.concat([field(1, argument), number(2, blob.length)]))];
  }
  if (path !== '/containerd.services.content.v1.Content/Read') return { status: 12, message: `unknown method ${path}` };
  const pieces: Buffer[] = [];
  for (let at = 0; at < blob.length; at += chunk) pieces.push(Buffer.concat([number(1, at), field(2, blob.subarray(at, at + chunk))]));
  return pieces;
}

/** The one string, field 1, of a request; throws where anything else was sent. Byte for byte as in protobuf.dev, "Encoding". */
function stringRequest(headers: IncomingHttpHeaders, body: Buffer): string {
  const demand = (holds: boolean, what: string) => {
    if (!holds) throw new Error(`the client sent ${what}`);
  };
  demand(headers[':method'] === 'POST', `the method ${headers[':method']}`);
  demand(headers['content-type'] === 'application/grpc', `the content type ${headers['content-type']}`);
  demand(headers.te === 'trailers', `te: ${headers.te}`);
  demand(/^[A-Za-z0-9_.-]+$/.test(String(headers['containerd-namespace'])), 'no namespace');
  demand(body[0] === 0 && body.readUInt32BE(1) === body.length - 5, `a frame of ${body.length} bytes that announces another length`);
  demand(body[5] === 0x0a, `the tag ${body[5]}`);
  const long = body[6]! >= 0x80;
  const length = long ? (body[6]! & 0x7f) | (body[7]! << 7) : body[6]!;
  const text = body.subarray(long ? 8 : 7);
  demand(text.length === length, `a string of ${text.length} bytes that announces ${length}`);
  return text.toString('utf8');
}

async function readAll(stream: ServerHttp2Stream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** A message as it goes over the wire. */
export function frame(message: Buffer): Buffer {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}

/** Headers, these bytes as they are, and a status behind them. */
export function replyBytes(stream: ServerHttp2Stream, bytes: Buffer, trailers: Record<string, string> = { 'grpc-status': '0' }): void {
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
  stream.once('wantTrailers', () => stream.sendTrailers(trailers));
  for (let at = 0; at < bytes.length; at += 777) stream.write(bytes.subarray(at, at + 777));
  stream.end();
}

/** A status without messages: "Trailers-Only". */
export function finish(stream: ServerHttp2Stream, status: number, message: string): void {
  stream.respond(
    { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': String(status), 'grpc-message': encodeURIComponent(message) },
    { endStream: true },
  );
}

/** A field of bytes or text. */
export function field(id: number, value: Buffer | string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([base128(BigInt(id * 8 + 2)), base128(BigInt(bytes.length)), bytes]);
}

/** A field with a whole number. */
export function number(id: number, value: number): Buffer {
  return value === 0 ? Buffer.alloc(0) : Buffer.concat([base128(BigInt(id * 8)), base128(BigInt(value))]);
}

function base128(value: bigint): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    const low = Number(rest & 127n);
    if (rest < 128n) return Buffer.from([...bytes, low]);
    bytes.push(low | 128);
  }
}
