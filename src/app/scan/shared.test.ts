import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildImage } from '../../../testing/image-builder/index.ts';
import { Content, type FakeRegistry, type FakeServer, startRegistry, startServer } from '../../../testing/registry/index.ts';
import type { Report } from '../../model/index.ts';
import { type ScanOptions, scan } from './index.ts';
import type { SharedCacheAccess } from './shared-cache.ts';

const work = mkdtempSync(join(tmpdir(), 'plimsoll-shared-'));
const packageFile = (name: string) => ({
  path: `srv/node_modules/${name}/package.json`,
  content: JSON.stringify({ name, version: '1.0.0' }),
});
const layers = (...names: readonly string[]) =>
  buildImage({
    platform: { os: 'linux', architecture: 'amd64' },
    created: '2025-01-01T00:00:00Z',
    steps: names.map((name) => ({ createdBy: `COPY ${name}`, files: [packageFile(name)] })),
  });
const image = layers('base', 'app');
const clean = layers('clean');

/** A pair of keys as files, made by Node as openssl makes them. */
function keyPair(name: string, kind: 'ed25519' | 'ec' | 'rsa' = 'ed25519'): { readonly sign: string; readonly trust: string } {
  const options = { ed25519: {}, ec: { namedCurve: 'P-256' }, rsa: { modulusLength: 2048 } }[kind];
  const { privateKey, publicKey } = generateKeyPairSync(kind as 'rsa', options as { modulusLength: number });
  const paths = { sign: join(work, `${name}.key`), trust: join(work, `${name}.pub`) };
  writeFileSync(paths.sign, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  writeFileSync(paths.trust, publicKey.export({ type: 'spki', format: 'pem' }));
  return paths;
}
const ci = keyPair('ci');
const mallory = keyPair('mallory');

/** A web server that keeps what is put. */
class Shelf {
  readonly documents = new Map<string, Buffer>();
  status = 0;
  server!: FakeServer;

  async open(): Promise<void> {
    this.server = await startServer((request, response, body) => {
      const name = request.url ?? '';
      const known = this.documents.get(name);
      if (this.status > 0) response.writeHead(this.status).end();
      else if (request.method === 'PUT') {
        this.documents.set(name, body);
        response.writeHead(201).end();
      } else if (known) response.writeHead(200).end(known);
      else response.writeHead(404).end();
    });
  }
}

const shelf = new Shelf();
let registry: FakeRegistry;
let machines = 0;

beforeAll(() => shelf.open());
afterAll(async () => {
  await shelf.server.close();
  rmSync(work, { recursive: true, force: true });
});
beforeEach(async () => {
  shelf.documents.clear();
  shelf.status = 0;
  const content = new Content();
  content.putImage('shop/web', '1', image);
  content.putImage('shop/clean', '1', clean);
  registry = await startRegistry({ content });
});
afterEach(() => registry.close());

interface Scanned {
  readonly packages: readonly string[];
  /** Layers of images that were read. */
  readonly read: number;
  readonly warnings: readonly Report['warnings'][number]['code'][];
}

/** A scan on a machine that has seen nothing before. */
async function scanned(sharedCache: SharedCacheAccess | undefined, options: ScanOptions = {}, name = 'shop/web:1'): Promise<Scanned> {
  const before = registry.requests.length;
  const report = await scan(`${registry.host}/${name}`, {
    platform: 'linux/amd64',
    database: 'starter',
    cacheDir: join(work, `machine-${machines++}`),
    cacheSize: 1e8,
    env: {},
    ...(sharedCache === undefined ? {} : { sharedCache }),
    ...options,
  });
  const digests = [...image.layers, ...clean.layers].map(({ digest }) => digest);
  return {
    packages: report.inventory.packages.map((one) => one.name),
    read: registry.requests.slice(before).filter(({ method, url }) => method === 'GET' && digests.some((digest) => url.endsWith(digest)))
      .length,
    warnings: report.warnings.map(({ code }) => code).filter((code) => code.startsWith('shared-cache')),
  };
}

const READ = { packages: ['app', 'base'], read: 2, warnings: [] };
const KNOWN = { packages: ['app', 'base'], read: 0, warnings: [] };

describe.each([
  ['a repository', () => `${registry.host}/team/cache`],
  ['a web address', () => `${shelf.server.url}/cache`],
])('a cache in %s', (_, address) => {
  it('spares a colleague the reading of a layer that a trusted writer has read', async () => {
    const writer = { address: address(), sign: ci.sign };
    const reader = { address: address(), trust: [ci.trust] };
    expect(await scanned(reader)).toEqual(READ);
    expect(await scanned(writer)).toEqual(READ);
    expect(await scanned(reader)).toEqual(KNOWN);
    expect(await scanned(writer)).toEqual(KNOWN);
    expect(await scanned(reader, { cacheSize: 0 })).toEqual(KNOWN);
  });

  it('gives what came from it to the cache of the machine', async () => {
    await scanned({ address: address(), sign: ci.sign });
    const cacheDir = join(work, `machine-${machines++}`);
    await scanned({ address: address(), trust: [ci.trust] }, { cacheDir });
    expect(await scanned(undefined, { cacheDir })).toEqual(KNOWN);
  });

  it('is not believed where nobody trusted signed', async () => {
    await scanned({ address: address(), sign: mallory.sign });
    const refused = { ...READ, warnings: ['shared-cache-refused'] };
    expect(await scanned({ address: address(), trust: [ci.trust] })).toEqual(refused);
    expect(await scanned({ address: address(), trust: [ci.trust, mallory.trust] })).toEqual(KNOWN);
  });

  it('is never told nor asked what a database said of an image, nor what layers came to', async () => {
    const cacheDir = join(work, `machine-${machines++}`);
    for (let run = 0; run < 3; run++) await scanned({ address: address(), sign: ci.sign }, { cacheDir });
    const families = (names: readonly string[]) =>
      [...new Set(names.flatMap((name) => name.match(/packages|inventory|findings/) ?? []))].sort();
    expect(families(readdirSync(join(cacheDir, 'layers')))).toEqual(['findings', 'inventory', 'packages']);
    expect(families([...registry.requests, ...shelf.server.requests].map(({ url }) => url ?? ''))).toEqual(['packages']);
  });

  it('is left alone offline', async () => {
    const local = join(work, `machine-${machines++}`);
    await scanned(undefined, { cacheDir: local });
    const before = [registry.requests.length, shelf.server.requests.length];
    await expect(scanned({ address: address(), trust: [ci.trust] }, { cacheDir: local, offline: true })).rejects.toMatchObject({
      code: 'offline',
    });
    expect([registry.requests.length, shelf.server.requests.length]).toEqual(before);
  });
});

describe('a colleague who may write and is not trusted', () => {
  const address = () => `${shelf.server.url}/cache/`;
  const reader = () => ({ address: address(), trust: [ci.trust] });
  const refused = { ...READ, warnings: ['shared-cache-refused'] };

  it('cannot put the signed entry of a harmless layer in the place of another', async () => {
    await scanned({ address: address(), sign: ci.sign });
    await scanned({ address: address(), sign: ci.sign }, {}, 'shop/clean:1');
    const nameOf = (digest: string) => [...shelf.documents.keys()].find((name) => name.includes(digest.replace(':', '-')))!;
    const harmless = shelf.documents.get(nameOf(clean.layers[0]!.digest))!;
    for (const { digest } of image.layers) shelf.documents.set(nameOf(digest), harmless);
    expect(await scanned(reader())).toEqual(refused);
  });

  it('cannot use what was signed for another version of the program', async () => {
    await scanned({ address: address(), sign: ci.sign });
    for (const [name, bytes] of shelf.documents) {
      const [envelope, ...rest] = bytes.toString('latin1').split('\n');
      const { payload, ...others } = JSON.parse(envelope!) as { payload: string };
      const said = JSON.parse(Buffer.from(payload, 'base64').toString()) as { key: { version: string } };
      const other = { ...said, key: { ...said.key, version: '00' } };
      const forged = JSON.stringify({ ...others, payload: Buffer.from(JSON.stringify(other)).toString('base64') });
      shelf.documents.set(name, Buffer.from([forged, ...rest].join('\n'), 'latin1'));
    }
    expect(await scanned(reader())).toEqual(refused);
  });

  it('cannot change a byte, take the signature away, or send something else', async () => {
    await scanned({ address: address(), sign: ci.sign });
    const good = new Map(shelf.documents);
    const forgeries: readonly ((bytes: Buffer) => Buffer)[] = [
      (bytes) => Buffer.concat([bytes.subarray(0, -1), Buffer.from([bytes.at(-1)! ^ 1])]),
      (bytes) => Buffer.from(bytes.toString('latin1').replace(/"sig":"[^"]*"/, '"sig":""'), 'latin1'),
      (bytes) => Buffer.from(bytes.toString('latin1').replace(/"signatures":\[.*?\]/, '"signatures":[]'), 'latin1'),
      (bytes) => Buffer.from(bytes.toString('latin1').replace('layer-results.v1', 'layer-results.v2'), 'latin1'),
      (bytes) => bytes.subarray(0, bytes.length / 2),
      () => Buffer.alloc(0),
      () => Buffer.from(`${'['.repeat(10_000)}\n`),
      () => Buffer.from('{"payloadType":1,"payload":{},"signatures":{}}\nx'),
      () => Buffer.from('null\nx'),
    ];
    for (const forge of forgeries) {
      for (const [name, bytes] of good) shelf.documents.set(name, forge(bytes));
      expect(await scanned(reader())).toEqual(refused);
    }
  });
});

describe('trouble', () => {
  it.each(['ec', 'rsa'] as const)('%s keys serve too', async (kind) => {
    const { sign, trust } = keyPair(kind, kind);
    await scanned({ address: `${shelf.server.url}/cache`, sign });
    expect(await scanned({ address: `${shelf.server.url}/cache`, trust: [trust] })).toEqual(KNOWN);
  });

  it('a store that fails is asked once, named, and the layers are read', async () => {
    shelf.status = 403;
    const before = shelf.server.requests.length;
    const seen = await scanned({ address: `${shelf.server.url}/cache`, sign: ci.sign }, {}, 'shop/clean:1');
    expect(seen).toEqual({ packages: ['clean'], read: 1, warnings: ['shared-cache-failed'] });
    expect(shelf.server.requests.length - before).toBe(1);
  });

  it.each<[string, SharedCacheAccess, string]>([
    ['nobody is trusted', { address: 'localhost/cache' }, 'shared-cache-untrusting'],
    ['a key that is not there', { address: 'localhost/cache', trust: [join(work, 'absent')] }, 'key-unusable'],
    ['a public key that is none', { address: 'localhost/cache', trust: [import.meta.filename] }, 'key-unusable'],
    ['a public key to sign with', { address: 'localhost/cache', sign: ci.trust }, 'key-unusable'],
    ['plain http', { address: 'http://cache.example/x', trust: [ci.trust] }, 'shared-cache-address'],
    ['a tag', { address: 'localhost/cache:1', trust: [ci.trust] }, 'reference-invalid'],
  ])('%s is an error before anything is read', async (_, sharedCache, code) => {
    await expect(scanned(sharedCache)).rejects.toMatchObject({ code });
  });
});
