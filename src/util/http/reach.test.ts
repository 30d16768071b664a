import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startConnectProxy } from '../../../testing/connect-proxy.ts';
import { makeCertificates, send, startServer, type Tls } from '../../../testing/registry/index.ts';
import { type ClientCertificate, createHttp, type HttpOptions } from './index.ts';
import { bypassesProxy } from './no-proxy.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-reach-'));
const pem = (name: string): string => readFileSync(join(folder, name), 'utf8');
beforeAll(() => makeCertificates(folder));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function tlsServer(more: Partial<Tls> = {}) {
  const server = await startServer((_, response) => void send(response, 200, Buffer.from('hello')), {
    key: pem('server.key'),
    cert: pem('server.pem'),
    ...more,
  });
  closers.push(server.close);
  return server;
}

async function get(url: string, options: HttpOptions): Promise<string> {
  const http = createHttp({ ca: [pem('ca.pem')], sleep: async () => undefined, retries: 0, ...options });
  return String(await (await http.request({ url })).bytes(1000));
}

describe('a client certificate', () => {
  const client = (host?: string): { clientCertificate: ClientCertificate } => ({
    clientCertificate: { cert: pem('client.pem'), key: pem('client.key'), host },
  });

  it('is shown to a server that wants one', async () => {
    const server = await tlsServer({ clientCa: pem('ca.pem') });
    expect(await get(server.url, client())).toBe('hello');
    expect(await get(server.url, client(server.host))).toBe('hello');
  });

  it('is for its host alone', async () => {
    const server = await tlsServer({ clientCa: pem('ca.pem') });
    await expect(get(server.url, client('registry.example'))).rejects.toMatchObject({ code: 'tls-client-certificate' });
    await expect(get(server.url, {})).rejects.toMatchObject({ code: 'tls-client-certificate' });
  });

  it('of an authority that the server does not know is refused by it', async () => {
    const server = await tlsServer({ clientCa: pem('client.pem') });
    await expect(get(server.url, client())).rejects.toMatchObject({
      code: expect.stringMatching(/^(tls-client-certificate|network-failed)$/),
    });
  });

  it('needs its own key', () => {
    expect(() => createHttp({ clientCertificate: { cert: pem('client.pem'), key: pem('server.key') } })).toThrow(/key/i);
    expect(() => createHttp({ clientCertificate: { cert: 'none', key: 'none' } })).toThrow(Error);
  });
});

describe('a proxy', () => {
  it('leads to a host that TLS is spoken with, end to end', async () => {
    const server = await tlsServer();
    const proxy = await startConnectProxy(server.host);
    closers.push(proxy.close);
    const env = { HTTPS_PROXY: proxy.url.replace('//', '//user:word@') };
    expect(await get('https://registry.example/v2/', { env })).toBe('hello');
    expect(proxy.asked).toEqual(['registry.example:443']);
    expect(proxy.authorization()).toBe(`Basic ${Buffer.from('user:word').toString('base64')}`);
    expect(server.requests[0]?.headers['proxy-authorization']).toBeUndefined();
  });

  it('is not asked for this machine, nor for what NO_PROXY names', async () => {
    const server = await tlsServer();
    const proxy = await startConnectProxy('127.0.0.1:1');
    closers.push(proxy.close);
    expect(await get(server.url, { env: { HTTPS_PROXY: proxy.url } })).toBe('hello');
    const env = { https_proxy: proxy.url, no_proxy: 'other.example,invalid' };
    await expect(get('https://registry.invalid/', { env })).rejects.toMatchObject({ code: 'network-failed' });
    expect(proxy.asked).toEqual([]);
  });

  it.each([
    ['https://registry.example/', 'registry.example', true],
    ['https://registry.example/', 'REGISTRY.example', true],
    ['https://sub.registry.example/', 'registry.example', true],
    ['https://sub.registry.example/', '.registry.example', true],
    ['https://sub.registry.example/', '*.registry.example', true],
    ['https://registry.example/', '.registry.example', false],
    ['https://myregistry.example/', 'registry.example', false],
    ['https://registry.example:5000/', 'registry.example:5000', true],
    ['https://registry.example/', 'registry.example:5000', false],
    ['https://registry.example/', 'registry.example:443', true],
    ['http://registry.example/', 'a.example, registry.example:80', true],
    ['https://203.0.113.3/', '203.0.113.0/24', true],
    ['https://203.0.114.3/', '203.0.113.0/24', false],
    ['https://203.0.113.3:5000/', '203.0.113.3', true],
    ['https://203.0.113.3:5000/', '203.0.113.3:5000', true],
    ['https://203.0.113.3/', '203.0.113.3/99', false],
    ['https://203.0.113.3/', 'fd00::/8', false],
    ['https://[fd00::1]/', 'fd00::/8', true],
    ['https://[fd00::1]:5000/', '[fd00::1]:5000', true],
    ['https://[fd00::1]/', 'fd00::1', true],
    ['https://registry.example/', '203.0.113.0/24', false],
    ['https://anything.example/', '*', true],
    ['https://anything.example/', '', false],
    ['https://localhost:5000/', '', true],
    ['https://127.9.9.9/', '', true],
    ['https://[::1]:5000/', '', true],
    ['https://127.0.0.1.example/', '', false],
  ])('%s with NO_PROXY=%s: passed by: %s', (url, list, expected) => {
    expect(bypassesProxy(new URL(url), list)).toBe(expected);
  });
});
