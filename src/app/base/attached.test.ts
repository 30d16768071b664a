import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { buildImage, buildIndex, json, type Step, sha256, writeLayout } from '../../../testing/image-builder/index.ts';
import { Content, type Intercept, send, startRegistry } from '../../../testing/registry/index.ts';
import { openTarget } from '../../image/targets/index.ts';
import type { BaseImage, Report } from '../../model/index.ts';
import { registryOptions } from '../registry-access.ts';
import { type ScanOptions, scan } from '../scan/index.ts';
import { findBase } from './find-base.ts';

const work = mkdtempSync(join(tmpdir(), 'plimsoll-attached-'));
const common = { platform: { os: 'linux', architecture: 'amd64' }, created: '2025-01-01T00:00:00Z' };
const DEBIAN: readonly Step[] = [{ createdBy: 'ADD rootfs / ', files: [{ path: 'etc/debian_version', content: '12' }] }];
const OURS: readonly Step[] = [{ createdBy: 'COPY app /app # buildkit', files: [{ path: 'app/main.py', content: 'print()' }] }];
const debian = buildImage({ ...common, steps: DEBIAN });
const app = buildImage({ ...common, steps: [...DEBIAN, ...OURS] });
const index = buildIndex([app, buildImage({ ...common, platform: { os: 'linux', architecture: 'arm64' }, steps: OURS })]);
afterAll(() => rmSync(work, { recursive: true, force: true }));

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const INDEX = 'application/vnd.oci.image.index.v1+json';
const IN_TOTO = 'application/vnd.in-toto+json';
const DSSE = 'application/vnd.dsse.envelope.v1+json';
const BUNDLE = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const hex = (digest: string): string => digest.replace(/^sha256:/, '');
const tagOf = (digest: string): string => digest.replace(':', '-');

/** A statement that something was built with these images. Source: SLSA provenance, v0.2 and v1. */
function statement(version: 'v0.2' | 'v1', images: readonly string[], about: string = app.descriptor.digest) {
  const materials = images.map((name) => ({ uri: `pkg:docker/${name}`, digest: { sha256: hex(debian.descriptor.digest) } }));
  return {
    _type: version === 'v1' ? 'https://in-toto.io/Statement/v1' : 'https://in-toto.io/Statement/v0.1',
    subject: [{ name: 'shop/app', digest: { sha256: hex(about) } }],
    predicateType: `https://slsa.dev/provenance/${version}`,
    predicate: version === 'v1' ? { buildDefinition: { resolvedDependencies: materials } } : { materials },
  };
}

/** Source: secure-systems-lab/dsse, envelope.md. */
function envelope(payload: object | string, payloadType = IN_TOTO) {
  const text = typeof payload === 'string' ? payload : Buffer.from(JSON.stringify(payload)).toString('base64');
  return { payloadType, payload: text, signatures: [{ keyid: '', sig: 'bm90IGxvb2tlZCBhdA==' }] };
}

/** Source: sigstore/protobuf-specs, sigstore_bundle.proto. */
function bundle(payload: object) {
  return { mediaType: BUNDLE, verificationMaterial: { certificate: { rawBytes: '' }, tlogEntries: [] }, dsseEnvelope: envelope(payload) };
}

interface Attachment {
  readonly content: unknown;
  readonly type: string;
  readonly artifactType?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly layer?: Readonly<Record<string, string>>;
  readonly about?: string;
  /** Under this tag, `sha256-<hex>` before it, and without a subject. */
  readonly tag?: string;
}

/** A manifest about another one, with its blobs. Source: OCI image specification 1.1, "Guidelines for Artifact Usage". */
function attachment({ content, type, artifactType = type, annotations = {}, layer = {}, about = app.descriptor.digest, tag }: Attachment) {
  const bytes = typeof content === 'string' ? Buffer.from(content) : json(content as object);
  const empty = Buffer.from('{}');
  const manifest = json({
    schemaVersion: 2,
    mediaType: MANIFEST,
    artifactType,
    config: { mediaType: 'application/vnd.oci.empty.v1+json', digest: sha256(empty), size: 2 },
    layers: [{ mediaType: type, digest: sha256(bytes), size: bytes.length, annotations: layer }],
    ...(tag ? {} : { subject: { mediaType: MANIFEST, digest: about, size: 1 } }),
    annotations,
  });
  return { manifest, blobs: [bytes, empty], descriptor: { mediaType: MANIFEST, digest: sha256(manifest), size: manifest.length, artifactType, annotations } }; // biome-ignore format: short
}

/** What of a registry a scan of `shop/app:1` asks beyond the image, and what it says of the base. */
async function asked(
  attachments: readonly Attachment[],
  { referrers = true, intercept, tag = '1', ...options }: ScanOptions & { referrers?: boolean; intercept?: Intercept; tag?: string } = {},
): Promise<{ readonly report: Report; readonly requests: readonly string[]; readonly registry: string }> {
  const content = new Content();
  content.putImage('library/debian', '12', debian);
  content.putImage('shop/app', '1', app);
  content.putImage('shop/app', 'all', index);
  const lists = new Map<string, object[]>();
  for (const each of attachments) {
    const { manifest, blobs, descriptor } = attachment(each);
    for (const blob of blobs) content.putBlob('shop/app', blob);
    const about = tagOf(each.about ?? app.descriptor.digest);
    content.putManifest('shop/app', each.tag ? about + each.tag : descriptor.digest, manifest, MANIFEST);
    if (!each.tag) lists.set(about, [...(lists.get(about) ?? []), descriptor]);
  }
  if (!referrers)
    for (const [about, manifests] of lists) content.putManifest('shop/app', about, json({ schemaVersion: 2, mediaType: INDEX, manifests }), INDEX); // biome-ignore format: short
  const registry = await startRegistry({ content, referrers, ...(intercept ? { intercept } : {}) });
  try {
    const how = {
      scanners: ['config'],
      platform: 'linux/amd64',
      cacheDir: join(work, 'cache'),
      registry: { plainHttp: true },
      env: {},
    } as const;
    const report = await scan(`${registry.host}/shop/app:${tag}`, { ...how, ...options });
    const image = new Set(['/v2/', ...['1', 'all', ...app.blobs.keys(), ...index.blobs.keys()].flatMap((each) => [`/v2/shop/app/manifests/${each}`, `/v2/shop/app/blobs/${each}`])]); // biome-ignore format: short
    const requests = registry.requests.map(({ url }) => url).filter((url) => !image.has(url));
    return { report, requests: requests.map((url) => url.replace(/^\/v2\/shop\/app\//, '')), registry: registry.host };
  } finally {
    await registry.close();
  }
}

const said: BaseImage = { name: 'debian:12', digest: debian.descriptor.digest, layers: 0, evidence: 'provenance', confidence: 'low' };
const v02 = statement('v0.2', ['debian@12']);
const v1 = statement('v1', ['debian@12']);
/** Source: sigstore/cosign, specs/ATTESTATION_SPEC.md and SIGNATURE_SPEC.md. */
const cosign: Attachment = { content: envelope(v02), type: DSSE, layer: { predicateType: v02.predicateType }, tag: '.att' };

describe('provenance that the registry keeps beside an image', () => {
  it.each<[string, Attachment]>([
    ['a statement, v0.2', { content: v02, type: IN_TOTO }],
    ['a statement, v1', { content: v1, type: IN_TOTO }],
    ['an envelope', { content: envelope(v02), type: DSSE }],
    ['an envelope in the other alphabet of base64', { content: envelope(Buffer.from(JSON.stringify({ ...v1, x: '???>>>' })).toString('base64url')), type: 'application/vnd.in-toto.provenance+dsse' }],
    ['a bundle of Sigstore', { content: bundle(v1), type: BUNDLE, annotations: { 'dev.sigstore.bundle.content': 'dsse-envelope', 'dev.sigstore.bundle.predicateType': v1.predicateType } }],
    ['a bundle of an older version', { content: bundle(v02), type: 'application/vnd.dev.sigstore.bundle+json;version=0.2' }],
  ])('is read: %s', async (_, each) => {
    expect((await asked([each])).report.base).toEqual(said);
    expect((await asked([each], { referrers: false })).report.base).toEqual(said);
  }); // biome-ignore format: a table

  it('is read by the tag that cosign gives it', async () => {
    expect((await asked([cosign], { referrers: false })).report.base).toEqual(said);
    const sbom = { ...cosign, layer: { predicateType: 'https://spdx.dev/Document' } };
    expect((await asked([sbom])).report.base).toBeUndefined();
  });

  it('is asked for once at each place', async () => {
    const digest = app.descriptor.digest;
    const places = [`referrers/${digest}`, `manifests/${tagOf(digest)}.att`];
    expect([...(await asked([])).requests].sort()).toEqual([...places].sort());
    const fallback = await asked([], { referrers: false });
    expect([...fallback.requests].sort()).toEqual([...places, `manifests/${tagOf(digest)}`].sort());
    expect(fallback.report.base).toBeUndefined();
    expect(fallback.report.warnings.map(({ code }) => code)).not.toContain('base-provenance-unread');
  });

  it('is believed where the layers are those of the image that it names', async () => {
    const content = new Content();
    content.putImage('library/debian', '12', debian);
    const other = await startRegistry({ content });
    try {
      const named = statement('v1', [`${other.host}/library/debian@12`]);
      const purl = {
        ...named,
        predicate: {
          buildDefinition: {
            resolvedDependencies: [
              { uri: `pkg:oci/debian@${debian.descriptor.digest}?repository_url=${other.host}/library/debian&tag=12` },
            ],
          },
        },
      };
      const two = structuredClone(purl);
      two.predicate.buildDefinition.resolvedDependencies.unshift({ uri: `pkg:docker/golang@1.24` });
      for (const one of [purl, two]) {
        const { base } = (await asked([{ content: bundle(one), type: BUNDLE }], { base: 'registry' })).report;
        expect(base).toEqual({ ...said, name: `${other.host}/library/debian:12`, layers: 1, confidence: 'high' });
      }
      expect((await asked([{ content: bundle(two), type: BUNDLE }])).report.base).toBeUndefined();
    } finally {
      await other.close();
    }
  });

  it('is found by the digest of the index, which builders attach it to', async () => {
    const about = index.descriptor.digest;
    const each = { content: bundle(statement('v1', ['debian@12'], about)), type: BUNDLE, about };
    expect((await asked([each], { tag: 'all' })).report.base).toEqual(said);
    expect((await asked([each], { tag: '1' })).report.base).toBeUndefined();
  });

  it.each<[string, Attachment]>([
    ['a statement on another image', { content: statement('v1', ['debian@12'], `sha256:${'a'.repeat(64)}`), type: IN_TOTO }],
    ['a statement on nothing', { content: { ...v1, subject: [] }, type: IN_TOTO }],
    ['another predicate', { content: { ...v1, predicateType: 'https://spdx.dev/Document' }, type: IN_TOTO }],
    ['an envelope of something else', { content: envelope(v1, 'text/plain'), type: DSSE }],
    ['a bundle of a signature', { content: { mediaType: BUNDLE, verificationMaterial: {}, messageSignature: {} }, type: BUNDLE }],
  ])('is not: %s', async (_, each) => {
    const { report } = await asked([each]);
    expect([report.base, report.inventory.gaps]).toEqual([undefined, []]);
  });

  it('opens nothing that says that it is something else', async () => {
    const sbom = { content: v1, type: BUNDLE, annotations: { 'dev.sigstore.bundle.predicateType': 'https://spdx.dev/Document' } };
    const signature = { content: 'x', type: 'application/vnd.cncf.notary.signature' };
    const { report, requests } = await asked([sbom, signature]);
    expect([report.base, requests.length]).toEqual([undefined, 2]);
  });

  it.each<[string, unknown]>([
    ['no JSON', 'x'],
    ['a list', []],
    ['a payload that is no base64', envelope('{"a":1}')],
    ['a payload that is a number', { payloadType: IN_TOTO, payload: 1 }],
    ['a payload that is no JSON', envelope('AAAA')],
    ['an envelope that is no object', { verificationMaterial: {}, dsseEnvelope: [] }],
    ['a subject that is no list', { ...v1, subject: {} }],
    ['a digest that is no text', { ...v1, subject: [{ digest: { sha256: 1 } }] }],
    ['a predicate type that is no text', { ...v1, predicateType: 1 }],
    ['a predicate that is no object', { ...v1, predicate: 'x' }],
  ])('is a gap where it cannot be read, and another one is read still: %s', async (_, content) => {
    const { report } = await asked([{ content, type: IN_TOTO }, { content: bundle(v1), type: BUNDLE }]); // biome-ignore format: short
    expect(report.base).toEqual(said);
    expect(report.inventory.gaps).toMatchObject([{ stage: 'app/base', code: 'malformed', incomplete: false }]);
  });

  it.each<[string, (url: string) => readonly [status: number, type: string, body: string] | undefined, string]>([
    ['refuses', () => [403, 'application/json', '{}'], 'registry-forbidden'],
    ['is broken', () => [200, INDEX, '{"schemaVersion":2,"manifests":1}'], 'manifest-invalid'],
    ['says that it is something else', () => [200, INDEX, '{"schemaVersion":2,"layers":[]}'], 'manifest-invalid'],
  ])('costs a warning where the registry %s, and no more', async (_, say, code) => {
    const intercept: Intercept = (request, response) => {
      const answer = request.url?.includes('/referrers/') ? say(request.url) : undefined;
      if (answer) send(response, answer[0], Buffer.from(answer[2]), { 'content-type': answer[1] });
      return answer !== undefined;
    };
    const { report } = await asked([], { intercept });
    expect(report.warnings).toContainEqual({ code: 'base-provenance-unread', params: { code } });
    expect(report.inventory.layers).toHaveLength(2);
    const { report: other } = await asked([cosign], { intercept });
    expect([other.base, other.warnings.filter((each) => each.code === 'base-provenance-unread')]).toEqual([said, []]);
  });

  it('is not asked for offline, nor where something else tells the base', async () => {
    await writeLayout(join(work, 'layout'), [{ image: app }]);
    const options = { platform: 'linux/amd64', registry: await registryOptions({ env: {}, offline: true }) };
    const target = await openTarget(`oci:${join(work, 'layout')}`, options);
    if (target.kind !== 'image') throw new Error('not an image');
    let times = 0;
    const attached = async () => {
      times++;
      return [Buffer.from(JSON.stringify(v1))];
    };
    const open = () => Promise.reject(new Error('asked'));
    const query = { cacheDir: join(work, 'cache'), search: 'auto', offline: false, open } as const;
    expect((await findBase({ ...target, attached }, query)).base).toEqual(said);
    expect(times).toBe(1);
    const named = { 'org.opencontainers.image.base.name': 'debian:12' };
    expect((await findBase({ ...target, attached, annotations: named }, query)).base).toMatchObject({ evidence: 'annotation' });
    expect(await findBase({ ...target, attached }, { ...query, offline: true })).toEqual({ warnings: [], gaps: [] });
    expect(times).toBe(1);
  });

  it('is read from every page of a list, up to a bound, and from no other address', async () => {
    const one = attachment({ content: v1, type: IN_TOTO });
    const empty = { schemaVersion: 2, mediaType: INDEX, manifests: [] as object[] };
    const paged = (at: number, elsewhere?: string): Intercept => {
      let page = 0;
      return (request, response) => {
        if (!request.url?.includes('/referrers/')) return false;
        const manifests = page === at ? [one.descriptor] : [];
        page++;
        const link = `<${elsewhere ?? `${request.url.split('?')[0]}?last=${page}`}>; rel="next"`;
        send(response, 200, json({ ...empty, manifests }), { 'content-type': INDEX, link });
        return true;
      };
    };
    const asks = async (intercept: Intercept) => {
      const { report, requests } = await asked([{ content: v1, type: IN_TOTO }], { intercept });
      return [report.base, requests.filter((url) => url.startsWith('referrers/')).length];
    };
    expect(await asks(paged(2))).toEqual([said, 10]);
    expect(await asks(paged(10))).toEqual([undefined, 10]);
    expect(await asks(paged(1, '/v2/other/referrers/x'))).toEqual([undefined, 1]);
    expect(await asks(paged(1, 'http://['))).toEqual([undefined, 1]);
  });

  it('takes a page or an error for a registry without the API', async () => {
    const answers = [[200, 'text/html'], [405, 'text/plain'], [400, 'application/json'], [501, 'text/plain']] as const; // biome-ignore format: short
    for (const [status, type] of answers) {
      const intercept: Intercept = (request, response) => {
        if (!request.url?.includes('/referrers/')) return false;
        send(response, status, Buffer.from('<html>'), { 'content-type': type });
        return true;
      };
      const { report } = await asked([{ content: v1, type: IN_TOTO }], { intercept, referrers: false });
      expect([report.base, report.warnings.filter(({ code }) => code === 'base-provenance-unread')]).toEqual([said, []]);
    }
  });
});
