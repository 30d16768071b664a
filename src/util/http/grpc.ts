import type { ClientHttp2Session, ClientHttp2Stream, IncomingHttpHeaders } from 'node:http2';
import type { ByteStream, Bytes } from '../bytes.ts';
import { nodeHttp2, nodeNet } from './node.ts';

/** Bytes that may be under way to us, so that a layer does not wait for a window update every 64 KB. */
const WINDOW = 4 << 20;
/** Length-Prefixed-Message: one byte of flags and four of length. Source: "gRPC over HTTP2", github.com/grpc/grpc, doc/PROTOCOL-HTTP2.md. */
const PREFIX = 5;

export interface GrpcOptions {
  /** A message that announces more bytes than this is refused. */
  readonly maxMessage: number;
  /** Silence after which a call is given up. */
  readonly timeoutMs: number;
  readonly userAgent?: string;
}

/** A gRPC connection over a unix socket of this machine. */
export interface Grpc {
  /**
   * The messages that `method` (`/package.Service/Method`) answers to the one message. Throws `GrpcFailure` where the server says that
   * the call failed, `GrpcProtocolError` where the answer is no gRPC, and Node's own error where the socket fails.
   */
  call(method: string, message: Bytes, metadata: Readonly<Record<string, string>>): ByteStream;
  close(): void;
}

/** The status of a call that is not OK. Codes: doc/statuscodes.md of gRPC; 5 is NOT_FOUND, 7 PERMISSION_DENIED. */
export class GrpcFailure extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** What came is not the protocol. */
export class GrpcProtocolError extends Error {}

export const NOT_FOUND = 5;

export function openGrpc(path: string, options: GrpcOptions): Grpc {
  const session = nodeHttp2().connect('http://localhost', {
    createConnection: () => nodeNet().connect(path),
    settings: { enablePush: false, initialWindowSize: WINDOW },
  });
  let failed: Error | undefined;
  // The streams of a session that failed only know that they were cancelled.
  session.on('error', (error) => {
    failed ??= error;
  });
  session.once('connect', () => session.setLocalWindowSize(WINDOW));
  return {
    call: (method, message, metadata) => answers(session, () => failed, method, message, metadata, options),
    close: () => session.destroy(),
  };
}

async function* answers(
  session: ClientHttp2Session,
  failed: () => Error | undefined,
  method: string,
  message: Bytes,
  metadata: Readonly<Record<string, string>>,
  options: GrpcOptions,
): ByteStream {
  let stream: ClientHttp2Stream | undefined;
  try {
    stream = session.request({
      ...metadata,
      ':method': 'POST',
      ':path': method,
      'content-type': 'application/grpc',
      'te': 'trailers',
      'user-agent': options.userAgent ?? 'plimsoll',
    });
    const status = statusOf(stream);
    stream.end(framed(message));
    yield* messages(patient(stream, options.timeoutMs), options.maxMessage);
    checkStatus(status());
  } catch (error) {
    throw failed() ?? error;
  } finally {
    stream?.destroy();
  }
}

function framed(message: Bytes): Bytes {
  const frame = Buffer.alloc(PREFIX + message.length);
  frame.writeUInt32BE(message.length, 1);
  message.copy(frame, PREFIX);
  return frame;
}

/** Headers and trailers as they come; a call that fails at once has its status among the headers. */
function statusOf(stream: ClientHttp2Stream): () => IncomingHttpHeaders {
  let all: IncomingHttpHeaders = {};
  stream.on('response', (headers) => {
    all = { ...all, ...headers };
  });
  stream.on('trailers', (headers) => {
    all = { ...all, ...headers };
  });
  return () => all;
}

function checkStatus(headers: IncomingHttpHeaders): void {
  const http = headers[':status'];
  if (http === undefined) throw new GrpcProtocolError('it answered nothing');
  if (Number(http) !== 200) throw new GrpcProtocolError(`HTTP status ${Number(http)}`);
  const type = String(headers['content-type']);
  if (!/^application\/grpc([+;]|$)/.test(type)) throw new GrpcProtocolError(`content type ${type.slice(0, 80)}`);
  const status = String(headers['grpc-status']);
  if (!/^\d{1,3}$/.test(status)) throw new GrpcProtocolError('the answer ended without a status');
  if (status !== '0') throw new GrpcFailure(Number(status), decoded(String(headers['grpc-message'] ?? '')).slice(0, 500));
}

/** Percent-Encoded, as in the protocol's "Responses"; what does not decode is shown as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The time-out runs only while we wait. */
async function* patient(stream: ClientHttp2Stream, timeoutMs: number): ByteStream {
  let waiting = true;
  const timer = setTimeout(() => {
    if (waiting) stream.destroy(new GrpcProtocolError(`it sent nothing for ${Math.ceil(timeoutMs / 1000)} seconds`));
    else timer.refresh();
  }, timeoutMs);
  try {
    for await (const chunk of stream) {
      waiting = false;
      yield chunk as Bytes;
      waiting = true;
      timer.refresh();
    }
  } finally {
    clearTimeout(timer);
  }
}

/** Splits what comes into messages; at most one of them is kept. */
async function* messages(stream: ByteStream, limit: number): ByteStream {
  let parts: Bytes[] = [];
  let held = 0;
  let wanted: number | undefined;
  for await (const chunk of stream) {
    parts.push(chunk);
    held += chunk.length;
    while (held >= (wanted === undefined ? PREFIX : wanted)) {
      const all: Bytes = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
      const taken: number = wanted ?? PREFIX;
      parts = [all.subarray(taken)];
      held -= taken;
      if (wanted === undefined) {
        wanted = announced(all, limit);
      } else {
        wanted = undefined;
        yield all.subarray(0, taken);
      }
    }
  }
  if (held > 0 || wanted !== undefined) throw new GrpcProtocolError('the answer ended within a message');
}

function announced(prefix: Bytes, limit: number): number {
  if (prefix[0] !== 0) throw new GrpcProtocolError('a message is compressed, which was not asked for');
  const length = prefix.readUInt32BE(1);
  if (length > limit) throw new GrpcProtocolError(`a message announces ${length} bytes`);
  return length;
}
