import type { Descriptor } from '../../../model/index.ts';
import { isDigest } from '../../../oci/digest.ts';
import type { ByteStream, Bytes } from '../../../util/bytes.ts';
import { type Grpc, GrpcFailure, NOT_FOUND, openGrpc } from '../../../util/http/grpc.ts';
import { bytesOf, decodeMessage, encodeMessage, MalformedMessage, numberOf } from '../../../util/protobuf.ts';
import { daemonFailure } from './failures.ts';

/** containerd's own limit for a message. Source: its package `defaults`. */
const MAX_MESSAGE = 16 << 20;
const TIMEOUT_MS = 60_000;

/**
 * Of containerd's API what reading an image takes. Source: the .proto files below `api/` of github.com/containerd/containerd: services
 * images/v1 and content/v1, types/descriptor. All methods throw coded errors.
 */
export interface ContainerdClient {
  /** What the image of exactly this name is; undefined where the namespace has none. */
  image(name: string, namespace: string): Promise<Descriptor | undefined>;
  /** False where the namespace's content store has no such blob. */
  has(digest: string, namespace: string): Promise<boolean>;
  /** The blob, unchecked; undefined where it is not there. */
  read(digest: string, namespace: string): Promise<ByteStream | undefined>;
  close(): void;
}

export function containerdClient(path: string): ContainerdClient {
  const grpc = openGrpc(path, { maxMessage: MAX_MESSAGE, timeoutMs: TIMEOUT_MS });
  const coded = (error: unknown) => daemonFailure(error, 'containerd', path);

  /** The one message of an answer; undefined where what was asked for is not there. */
  async function ask(method: string, request: Bytes, namespace: string): Promise<Bytes | undefined> {
    try {
      let answer: Bytes | undefined;
      for await (const message of grpc.call(method, request, metadata(namespace))) answer ??= Buffer.from(message);
      return answer ?? Buffer.alloc(0);
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw coded(error);
    }
  }

  return {
    async image(name, namespace) {
      const request = encodeMessage([{ number: 1, value: name }]);
      const answer = await ask('/containerd.services.images.v1.Images/Get', request, namespace);
      try {
        return answer === undefined ? undefined : imageTarget(answer);
      } catch (error) {
        throw coded(error);
      }
    },
    async has(digest, namespace) {
      const request = encodeMessage([{ number: 1, value: digest }]);
      return (await ask('/containerd.services.content.v1.Content/Info', request, namespace)) !== undefined;
    },
    async read(digest, namespace) {
      const chunks = contentChunks(grpc, digest, namespace)[Symbol.asyncIterator]();
      try {
        const first = await chunks.next();
        return mapped(prepended(first, chunks), coded);
      } catch (error) {
        if (isNotFound(error)) return undefined;
        throw coded(error);
      }
    },
    close: () => grpc.close(),
  };
}

function metadata(namespace: string): Record<string, string> {
  return { 'containerd-namespace': namespace };
}

function isNotFound(error: unknown): boolean {
  return error instanceof GrpcFailure && error.status === NOT_FOUND;
}

/** GetImageResponse.image (1) . target (3): media_type 1, digest 2, size 3. */
function imageTarget(answer: Bytes): Descriptor {
  const target = decodeMessage(bytesOf(decodeMessage(bytesOf(decodeMessage(answer), 1)), 3));
  const mediaType = bytesOf(target, 1).toString();
  const digest = bytesOf(target, 2).toString();
  if (!isDigest(digest)) throw new MalformedMessage('the image has no digest');
  return { mediaType, digest, size: numberOf(target, 3) };
}

/** ReadContentRequest: digest 1. ReadContentResponse: offset 1, data 2. */
async function* contentChunks(grpc: Grpc, digest: string, namespace: string): ByteStream {
  const request = encodeMessage([{ number: 1, value: digest }]);
  let at = 0;
  for await (const message of grpc.call('/containerd.services.content.v1.Content/Read', request, metadata(namespace))) {
    const fields = decodeMessage(message);
    const data = bytesOf(fields, 2);
    if (numberOf(fields, 1) !== at) throw new MalformedMessage(`content at ${numberOf(fields, 1)} where ${at} comes next`);
    at += data.length;
    if (data.length > 0) yield data;
  }
}

async function* prepended(first: IteratorResult<Bytes>, rest: AsyncIterator<Bytes>): ByteStream {
  try {
    for (let step = first; !step.done; step = await rest.next()) yield step.value;
  } finally {
    await rest.return?.();
  }
}

async function* mapped(stream: ByteStream, coded: (error: unknown) => unknown): ByteStream {
  try {
    yield* stream;
  } catch (error) {
    throw coded(error);
  }
}
