import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { type FakeServer, send, startServer } from '../../../testing/registry/index.ts';
import { createHttp, type HttpOptions, offlineHttp } from './index.ts';

const servers: FakeServer[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

type Step = (response: ServerResponse, request: IncomingMessage, body: Buffer) => unknown;

/** A server that takes one step a request and repeats the last. */
async function server(...steps: Step[]): Promise<FakeServer> {
  let count = 0;
  const started = await startServer((request, response, body) => {
    steps[Math.min(count++, steps.length - 1)]!(response, request, body);
  });
  servers.push(started);
  return started;
}

/** A client that notes its pauses instead of making them. */
function quick(options: HttpOptions = {}) {
  const pauses: number[] = [];
  const http = createHttp({ sleep: async (ms) => void pauses.push(ms), random: () => 1, now: () => Date.UTC(2026, 0, 1), ...options });
  return { http, pauses };
}

const status =
  (code: number, headers: Record<string, string> = {}): Step =>
  (response) =>
    send(response, code, Buffer.from(String(code)), headers);
const to =
  (location: string, code = 307): Step =>
  (response) =>
    send(response, code, Buffer.alloc(0), { location });

describe('retries', () => {
  it('backs off, twice as long each time, and stops after three', async () => {
    const { url, requests } = await server(status(503));
    const { http, pauses } = quick();
    expect((await http.request({ url })).status).toBe(503);
    expect(requests).toHaveLength(4);
    expect(pauses).toEqual([200, 400, 800]);
  });

  it.each([
    ['7', 7000],
    ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
    ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
    ['soon', 200],
  ])('waits as long as Retry-After: %s asks', async (header, pause) => {
    const { url } = await server(status(429, { 'retry-after': header }), status(200));
    const { http, pauses } = quick();
    expect((await http.request({ url })).status).toBe(200);
    expect(pauses).toEqual([pause]);
  });

  it('gives the answer at once where Retry-After is longer than a minute', async () => {
    const { url } = await server(status(429, { 'retry-after': '21600' }), status(200));
    const { http, pauses } = quick();
    expect((await http.request({ url })).status).toBe(429);
    expect(pauses).toEqual([]);
  });

  it('repeats after a broken connection, but not a POST', async () => {
    const { url, requests } = await server((response) => response.destroy());
    const { http } = quick();
    await expect(http.request({ url })).rejects.toMatchObject({ code: 'network-failed' });
    expect(requests).toHaveLength(4);
    await expect(http.request({ url, method: 'POST' })).rejects.toMatchObject({ code: 'network-failed' });
    expect(requests).toHaveLength(5);
  });

  it('does not repeat what was answered for good', async () => {
    const { url, requests } = await server(status(404));
    await quick().http.request({ url });
    expect(requests).toHaveLength(1);
  });
});

describe('redirects', () => {
  it('carry credentials to the same host and port only', async () => {
    const other = await server(status(200));
    const own = await server(to('/again'), (response) => to(`${other.url}/away`)(response, response.req, Buffer.alloc(0)));
    const answer = await quick().http.request({
      url: own.url,
      headers: { Authorization: 'Bearer secret', Cookie: 'a=b', apiKey: 'k', Accept: 'x/y' },
    });
    expect(answer.url).toBe(`${other.url}/away`);
    expect(own.requests.map((r) => r.headers.authorization)).toEqual(['Bearer secret', 'Bearer secret']);
    expect(other.requests[0]?.headers).toMatchObject({ accept: 'x/y' });
    expect(other.requests[0]?.headers).not.toHaveProperty('authorization');
    expect(other.requests[0]?.headers).not.toHaveProperty('apikey');
    expect(other.requests[0]?.headers).not.toHaveProperty('cookie');
  });

  it('do not give the credentials back on the way home', async () => {
    const other = await server((response) => to(`${own.url}/home`)(response, response.req, Buffer.alloc(0)));
    const own: FakeServer = await server((response) => to(other.url)(response, response.req, Buffer.alloc(0)), status(200));
    await quick().http.request({ url: own.url, headers: { authorization: 'secret' } });
    expect(own.requests.map((r) => r.headers.authorization)).toEqual(['secret', undefined]);
  });

  it('drop a password that the location carries', async () => {
    const target = await server(status(200));
    const { url } = await server(to(target.url.replace('http://', 'http://user:pass@')));
    await quick().http.request({ url });
    expect(target.requests[0]?.headers).not.toHaveProperty('authorization');
  });

  it('keep method and body on 307, become GET on 303', async () => {
    const bodies: string[] = [];
    const note: Step = (response, request, body) => {
      bodies.push(`${request.method} ${body}`);
      send(response, 200, Buffer.alloc(0));
    };
    const target = await server(note);
    for (const code of [307, 303]) await quick().http.request({ url: (await server(to(target.url, code))).url, method: 'PUT', body: 'x' });
    expect(bodies).toEqual(['PUT x', 'GET ']);
  });

  it('end', async () => {
    const { url } = await server(to('/'));
    await expect(quick().http.request({ url })).rejects.toMatchObject({ code: 'too-many-redirects' });
  });

  it.each(['file:///etc/passwd', 'http://', 'gopher://x/'])('to %s are refused', async (location) => {
    const { url } = await server(to(location));
    await expect(quick().http.request({ url })).rejects.toMatchObject({ code: 'redirect-invalid' });
  });
});

describe('bodies', () => {
  it('that stall end in a time-out', async () => {
    const { url } = await server((response) => {
      response.writeHead(200, { 'content-length': 10 });
      response.write('half');
    });
    const answer = await quick({ timeoutMs: 30 }).http.request({ url });
    await expect(answer.bytes(100)).rejects.toMatchObject({ code: 'network-timeout' });
  });

  it('are not cut off because the reader is slow', async () => {
    const { url } = await server(status(200));
    const answer = await quick({ timeoutMs: 10 }).http.request({ url });
    const chunks: string[] = [];
    for await (const chunk of answer.body) {
      await new Promise((resolve) => setTimeout(resolve, 40));
      chunks.push(chunk.toString());
    }
    expect(chunks).toEqual(['200']);
  });

  it('that end early are an error, not an end', async () => {
    const { url } = await server((response) => {
      response.writeHead(200, { 'content-length': 10 });
      response.write('half', () => response.destroy());
    });
    await expect((await quick().http.request({ url })).bytes(100)).rejects.toMatchObject({ code: 'network-failed' });
  });

  it('beyond the limit are refused', async () => {
    const { url } = await server(status(200));
    await expect((await quick().http.request({ url })).bytes(2)).rejects.toMatchObject({ code: 'response-too-large' });
  });

  it('no answer at all is a time-out', async () => {
    const { url } = await server(() => undefined);
    await expect(quick({ timeoutMs: 20, retries: 0 }).http.request({ url })).rejects.toMatchObject({ code: 'network-timeout' });
  });
});

describe('other failures', () => {
  it('say what the host did', async () => {
    const closed = await server(status(200));
    const { host, url } = closed;
    await closed.close();
    await expect(quick({ retries: 0 }).http.request({ url })).rejects.toMatchObject({
      code: 'network-failed',
      params: { host, detail: 'the connection was refused (ECONNREFUSED)' },
    });
  });

  it('tell plain http from TLS', async () => {
    const { url } = await server(status(200));
    await expect(quick().http.request({ url: url.replace('http:', 'https:') })).rejects.toMatchObject({ code: 'tls-expected-plain' });
  });

  it('keep the connection after a discarded short answer', async () => {
    const ports = new Set<number | undefined>();
    const { url } = await server((response, request) => {
      ports.add(request.socket.remotePort);
      send(response, 404, Buffer.from('no'));
    });
    const { http } = quick();
    for (let i = 0; i < 3; i++) {
      (await http.request({ url })).discard();
      await new Promise(setImmediate);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(ports.size).toBe(1);
  });

  it('offline refuses before anything is looked up', async () => {
    await expect(offlineHttp().request({ url: 'https://registry.example/v2/' })).rejects.toMatchObject({
      code: 'offline',
      params: { what: 'registry.example' },
    });
  });
});

describe('proxies', () => {
  it('are used as the environment says', async () => {
    const proxy = await server((response, request) => send(response, 200, Buffer.from(request.url ?? '')));
    const direct = await server(status(204));
    const { http } = quick({ env: { HTTP_PROXY: proxy.url, NO_PROXY: '127.0.0.1' } });
    expect(String(await (await http.request({ url: 'http://registry.example/v2/' })).bytes(100))).toBe('http://registry.example/v2/');
    expect((await http.request({ url: direct.url })).status).toBe(204);
  });
});
