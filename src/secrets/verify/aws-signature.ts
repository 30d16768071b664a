import { createHash, createHmac } from 'node:crypto';

export interface SignedRequest {
  readonly method: 'GET' | 'POST';
  /** Path and query as they are sent; a query must be in order already. */
  readonly url: string;
  /** Names in lower case; all of them are signed. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Signer {
  readonly keyId: string;
  readonly secretKey: string;
  readonly region: string;
  readonly service: string;
  readonly now: Date;
}

/**
 * The headers of the request with its Signature Version 4; `host` is signed and not among them, since the client sets it. Source: AWS, "Create a
 * signed AWS API request".
 */
export function signed(request: SignedRequest, { keyId, secretKey, region, service, now }: Signer): Record<string, string> {
  const { host, pathname, search } = new URL(request.url);
  const time = `${now.toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`;
  const headers: Record<string, string> = { ...request.headers, 'x-amz-date': time };
  const all = Object.entries({ ...headers, host }).sort(([a], [b]) => (a < b ? -1 : 1));
  const names = all.map(([name]) => name).join(';');
  const lines = all.map(([name, value]) => `${name}:${value.trim().replace(/ +/g, ' ')}\n`).join('');
  const canonical = [request.method, pathname, search.slice(1), lines, names, sha256(request.body)].join('\n');
  const scope = [time.slice(0, 8), region, service, 'aws4_request'];
  const text = ['AWS4-HMAC-SHA256', time, scope.join('/'), sha256(canonical)].join('\n');
  const key = scope.reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${secretKey}`);
  const credential = `Credential=${keyId}/${scope.join('/')}`;
  const authorization = `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=${names}, Signature=${hmac(key, text).toString('hex')}`;
  return { ...headers, authorization };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
