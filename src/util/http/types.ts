import type { ByteStream, Bytes } from '../bytes.ts';

export interface HttpRequest {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Bytes | string;
  /** Stop waiting for the response headers, and between two chunks of the body, after this many milliseconds. */
  readonly timeoutMs?: number;
  /** `answer`: a redirect is an answer like any other, and nothing is sent to where it leads. `follow` by default. */
  readonly redirects?: 'follow' | 'answer';
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** After redirects. */
  readonly url: string;
  /** Must be read to the end or cancelled with `discard`. */
  readonly body: ByteStream;
  /** The whole body, refused beyond `limit` bytes. */
  bytes(limit: number): Promise<Bytes>;
  discard(): void;
}

/**
 * The only way to the network. Follows redirects (dropping credentials when the host changes), retries idempotent requests
 * with back-off and Retry-After. With `--offline` the implementation injected refuses every call with the code `offline`.
 */
export interface Http {
  request(request: HttpRequest): Promise<HttpResponse>;
}
