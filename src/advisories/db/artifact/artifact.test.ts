import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeAdvisories } from '../../../../testing/advisories.ts';
import type { Descriptor } from '../../../model/index.ts';
import { sha256 } from '../../../oci/digest.ts';
import type { BlobSource } from '../../../oci/source.ts';
import { readVerified } from '../../../oci/verify.ts';
import type { Bytes } from '../../../util/bytes.ts';
import { buildDatabase } from '../build.ts';
import { contentDigest, type Manifest } from '../manifest.ts';
import { type ArtifactForm, artifactForm } from './form.ts';
import { localDatabase } from './local.ts';
import { receiveDatabase } from './receive.ts';
import { sendDatabase } from './send.ts';

const NOW = new Date('2025-01-11T12:00:00Z');
let root: string;
let database: ReturnType<typeof localDatabase>;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'plimsoll-artifact-'));
  writeAdvisories(join(root, 'feeds'));
  await buildDatabase({ from: join(root, 'feeds'), out: join(root, 'db'), now: NOW, workers: 0 });
  database = localDatabase(join(root, 'db'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A manifest in the hands of somebody who means harm. */
interface LooseManifest {
  schemaVersion: unknown;
  format: unknown;
  builtAt: unknown;
  digest: unknown;
  shards: Record<string, unknown>[];
  feeds: Record<string, unknown>[];
}

interface LooseArtifact {
  artifactType: unknown;
  config: Record<string, unknown>;
  layers: { size: number; mediaType: string; annotations?: Record<string, string> }[];
}

/** Offers a database whose manifest, and then whose artifact, were changed; all digests fit. */
function offer(change: (manifest: LooseManifest) => void, changeArtifact: (artifact: LooseArtifact) => void = () => undefined) {
  const loose: LooseManifest = JSON.parse(database.text.toString());
  change(loose);
  const manifest = loose as unknown as { -readonly [K in keyof Manifest]: Manifest[K] };
  if (manifest.digest === database.manifest.digest && Array.isArray(manifest.shards)) manifest.digest = contentDigest(manifest.shards);
  const text = Buffer.from(JSON.stringify(manifest));
  const form = artifactForm({ ...database.manifest, shards: Array.isArray(manifest.shards) ? manifest.shards : [] }, text);
  const artifact: LooseArtifact = JSON.parse(form.bytes.toString());
  changeArtifact(artifact);
  const bytes = Buffer.from(JSON.stringify(artifact));
  const descriptor = { mediaType: form.descriptor.mediaType, digest: sha256(bytes), size: bytes.length };
  const blobs = new Map<string, Bytes>([
    [sha256(text), text],
    [descriptor.digest, bytes],
  ]);
  for (const { file } of database.manifest.shards) {
    const content = readFileSync(join(database.path, file));
    blobs.set(sha256(content), content);
  }
  return { source: sourceOf(blobs), descriptor };
}

function sourceOf(blobs: ReadonlyMap<string, Bytes>): BlobSource {
  const blob = async function* (digest: string) {
    yield blobs.get(digest) ?? expect.unreachable(`nobody has ${digest}`);
  };
  return {
    name: 'test',
    manifest: (descriptor: Descriptor) => readVerified(async () => blob(descriptor.digest), descriptor, 1 << 22, 'test'),
    blob: async (descriptor: Descriptor) => blob(descriptor.digest),
    has: async () => true,
  };
}

let folders = 0;
async function received(offered: { source: BlobSource; descriptor: Descriptor }) {
  const out = join(root, `out-${folders++}`, 'db');
  const outcome = await receiveDatabase(offered.source, offered.descriptor, { out, now: NOW }).then(
    () => 'taken',
    (error) => error,
  );
  return { outcome, out };
}

describe('what is offered', () => {
  it('is taken where nothing is wrong with it', async () => {
    const { outcome, out } = await received(offer(() => undefined));
    expect(outcome).toBe('taken');
    expect(readdirSync(out).sort()).toEqual([expect.stringMatching(/^2025/), 'CURRENT']);
  });

  it.each<[string, (m: LooseManifest) => unknown]>([
    ['a file outside', (m) => (m.shards[1]!.file = '../evil.tbl')],
    ['an absolute file', (m) => (m.shards[1]!.file = '/tmp/evil.tbl')],
    ['the manifest itself as a file', (m) => (m.shards[1]!.file = 'manifest.json')],
    ['a file of another kind', (m) => (m.shards[1]!.file = 'x.sh')],
    ['one file for two shards', (m) => (m.shards[1]!.file = m.shards[0]!.file)],
    ['one shard twice', (m) => (m.shards[1]!.id = m.shards[0]!.id)],
    ['a date that is a path', (m) => (m.builtAt = '../../../evil')],
    ['a digest that is a path', (m) => (m.digest = 'sha256:../../evil')],
    ['a hash that is none', (m) => (m.shards[1]!.sha256 = '../../evil')],
    ['a root that is none', (m) => (m.shards[1]!.root = 'x')],
    ['a root of another table', (m) => (m.shards[1]!.root = m.shards[0]!.root)],
    ['a size below zero', (m) => (m.shards[1]!.size = -1)],
    ['a size beyond all disks', (m) => (m.shards[1]!.size = 2 ** 52)],
    ['a feed without a licence', (m) => delete m.feeds[0]!.licence],
    ['no list of shards', (m) => Object.assign(m, { shards: {} })],
    ['another format', (m) => (m.format = 'x')],
  ])('is refused with %s', async (_, change) => {
    const { outcome, out } = await received(offer(change));
    expect(outcome).toMatchObject({ name: 'PlimsollError' });
    expect(['database-artifact-invalid', 'manifest-invalid']).toContain(outcome.code);
    expect(() => readFileSync(join(out, 'CURRENT'))).toThrow();
    expect(readdirSync(root, { recursive: true }).filter((name) => String(name).includes('evil'))).toEqual([]);
  });

  it.each<[string, (o: LooseArtifact) => unknown]>([
    ['a title that leads outside', (o) => (o.layers[1]!.annotations!['org.opencontainers.image.title'] = '../../evil')],
    ['no title', (o) => delete o.layers[1]!.annotations],
    ['the name of another shard', (o) => (o.layers[1]!.annotations!['vnd.plimsoll.db.shard'] = 'npm')],
    ['layers in another order', (o) => o.layers.reverse()],
    ['a layer missing', (o) => o.layers.pop()],
    ['a layer too many', (o) => o.layers.push(o.layers[0]!)],
    ['a layer of another size', (o) => (o.layers[1]!.size += 1)],
    ['a layer of another type', (o) => (o.layers[1]!.mediaType = 'application/octet-stream')],
    ['another artifact type', (o) => (o.artifactType = 'application/vnd.example')],
    ['a configuration of an image', (o) => (o.config.mediaType = 'application/vnd.oci.image.config.v1+json')],
  ])('is refused with %s', async (_, change) => {
    const { outcome, out } = await received(offer(() => undefined, change));
    expect(outcome).toMatchObject({ code: 'database-artifact-invalid' });
    expect(() => readFileSync(join(out, 'CURRENT'))).toThrow();
  });

  it('is refused where it is an image, an index or garbage', async () => {
    for (const [text, code] of [
      ['{"schemaVersion":2,"manifests":[]}', 'database-artifact-invalid'],
      ['[]', 'manifest-invalid'],
      ['{"schemaVersion":2}', 'manifest-invalid'],
    ] as const) {
      const bytes = Buffer.from(text);
      const descriptor = { mediaType: 'application/octet-stream', digest: sha256(bytes), size: bytes.length };
      const { outcome } = await received({ source: sourceOf(new Map([[descriptor.digest, bytes]])), descriptor });
      expect(outcome.code === code || outcome.code === 'manifest-unsupported').toBe(true);
    }
  });

  it('tells a newer form from a broken one', async () => {
    const { outcome } = await received(offer((m) => (m.schemaVersion = 3)));
    expect(outcome).toMatchObject({ code: 'database-newer', params: { version: 3 } });
    expect(outcome.message).toContain('Update plimsoll');
  });

  it('is the same artifact for the same database', () => {
    const again: ArtifactForm = artifactForm(database.manifest, database.text);
    expect(again.bytes.equals(artifactForm(database.manifest, database.text).bytes)).toBe(true);
  });
});

describe('a feed that may not be passed on', () => {
  it('keeps the database from being pushed, before anything is sent', async () => {
    const pusher = { blob: () => expect.unreachable(), manifest: () => expect.unreachable() };
    const sources = [{ id: 'ghsa', redistributable: false as const }];
    await expect(sendDatabase(database, pusher, { tag: 'x', sources })).rejects.toMatchObject({
      code: 'database-not-redistributable',
      params: { feeds: 'ghsa (CC-BY-4.0)' },
    });
  });
});

describe('what an earlier pull left', () => {
  it('is used where it is right, and fetched where it is not', async () => {
    const out = join(root, 'left');
    const { path } = database;
    const left = join(out, '.build-abc123', 'generation');
    mkdirSync(left, { recursive: true });
    copyFileSync(join(path, 'npm.tbl'), join(left, 'npm.tbl'));
    writeFileSync(join(left, 'common.tbl'), readFileSync(join(path, 'common.tbl')).subarray(0, -1));
    const { source, descriptor } = offer(() => undefined);
    expect(await receiveDatabase(source, descriptor, { out, now: NOW })).toMatchObject({ reused: 1, changed: true });
  });
});
