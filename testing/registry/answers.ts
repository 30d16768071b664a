import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

export function send(response: ServerResponse, status: number, body: Buffer, headers: OutgoingHttpHeaders = {}): ServerResponse {
  response.writeHead(status, { 'content-length': body.length, ...headers });
  return response.end(response.req.method === 'HEAD' ? undefined : body);
}

/** An error as the distribution specification wants it ("Error Codes"). */
export function refuse(
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
  headers: OutgoingHttpHeaders = {},
): ServerResponse {
  const body = Buffer.from(JSON.stringify({ errors: [{ code, message }] }));
  return send(response, status, body, { 'content-type': 'application/json', ...headers });
}

/** The whole content, or the part that a `Range: bytes=N-[M]` header names. Source: RFC 9110, 14.2. */
export function sendRange(response: ServerResponse, content: Buffer, headers: OutgoingHttpHeaders): ServerResponse {
  const match = /^bytes=(\d+)-(\d*)$/.exec(response.req.headers.range ?? '');
  if (match === null) return send(response, 200, content, headers);
  const start = Number(match[1]);
  const end = match[2] ? Math.min(Number(match[2]) + 1, content.length) : content.length;
  if (start >= end) return send(response, 416, Buffer.alloc(0), { 'content-range': `bytes */${content.length}` });
  return send(response, 206, content.subarray(start, end), { ...headers, 'content-range': `bytes ${start}-${end - 1}/${content.length}` });
}
