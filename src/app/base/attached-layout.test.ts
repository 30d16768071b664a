import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  buildImage,
  buildIndex,
  json,
  type LayoutEntry,
  ociArchive,
  type Step,
  sha256,
  writeLayout,
} from '../../../testing/image-builder/index.ts';
import type { Descriptor, Report } from '../../model/index.ts';
import { scan } from '../scan/index.ts';
import { scanPlatforms } from '../scan/platforms.ts';

const work = mkdtempSync(join(tmpdir(), 'plimsoll-attached-layout-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const common = { created: '2025-01-01T00:00:00Z' };
const DEBIAN: readonly Step[] = [{ createdBy: 'ADD rootfs / ', files: [{ path: 'etc/debian_version', content: '12' }] }];
const OURS: readonly Step[] = [{ createdBy: 'COPY app /app # buildkit', files: [{ path: 'app/main.py', content: 'print()' }] }];
const app = buildImage({ ...common, platform: { os: 'linux', architecture: 'amd64' }, steps: [...DEBIAN, ...OURS] });
const arm = buildImage({ ...common, platform: { os: 'linux', architecture: 'arm64' }, steps: [...DEBIAN, ...OURS] });
const index = buildIndex([app, arm]);

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const INDEX = 'application/vnd.oci.image.index.v1+json';
const IN_TOTO = 'application/vnd.in-toto+json';
const DIGEST = `sha256:${'d'.repeat(64)}`;
const hex = (digest: string): string => digest.replace(/^sha256:/, '');
const tagOf = (digest: string): string => digest.replace(':', '-');

function statement(about: string) {
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'app', digest: { sha256: hex(about) } }],
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: { buildDefinition: { resolvedDependencies: [{ uri: 'pkg:docker/debian@12', digest: { sha256: hex(DIGEST) } }] } },
  };
}

type Built = LayoutEntry['image'];

/** A document of the layout with its blobs, as an entry of index.json that says only what `said` has. */
function entry(document: object, mediaType: string, blobs: readonly Buffer[], said: object = {}): Built {
  const bytes = json(document);
  const descriptor = { mediaType, digest: sha256(bytes), size: bytes.length, ...said } as Descriptor;
  return { descriptor, blobs: new Map([bytes, ...blobs].map((each) => [sha256(each), each])) } as unknown as Built;
}

interface Attached {
  readonly about?: string;
  readonly subject?: boolean;
  readonly said?: object;
  readonly content?: Buffer;
}

/** Source: OCI image specification 1.1, "Guidelines for Artifact Usage". */
function attachment({ about = app.descriptor.digest, subject = true, said = {}, content = json(statement(about)) }: Attached = {}): Built {
  const empty = Buffer.from('{}');
  const manifest = {
    schemaVersion: 2,
    mediaType: MANIFEST,
    artifactType: IN_TOTO,
    config: { mediaType: 'application/vnd.oci.empty.v1+json', digest: sha256(empty), size: 2 },
    layers: [
      {
        mediaType: IN_TOTO,
        digest: sha256(content),
        size: content.length,
        annotations: { predicateType: 'https://slsa.dev/provenance/v1' },
      },
    ],
    ...(subject ? { subject: { mediaType: MANIFEST, digest: about, size: 1 } } : {}),
  };
  return entry(manifest, MANIFEST, [content, empty], said);
}

/** The list under the tag of referrers, and what is in it. */
function list(of: Built): Built {
  const inside = { ...of.descriptor, artifactType: IN_TOTO };
  return entry({ schemaVersion: 2, mediaType: INDEX, manifests: [inside] }, INDEX, [...of.blobs.values()]);
}

const options = { scanners: ['config'], platform: 'linux/amd64', cacheDir: join(work, 'cache'), env: {} } as const;
let count = 0;

async function scanned(entries: readonly LayoutEntry[], more: object = {}): Promise<Report> {
  const folder = join(work, String(count++));
  await writeLayout(folder, entries);
  return scan(`oci:${folder}`, { ...options, ...more });
}

const said = { name: 'debian:12', digest: DIGEST, layers: 0, evidence: 'provenance', confidence: 'low' };

describe('provenance that a layout keeps beside an image', () => {
  it.each<[string, readonly LayoutEntry[]]>([
    ['a manifest with a subject, named by nothing', [{ image: app, tag: '1' }, { image: attachment() }]],
    ['one whose entry says what it is', [{ image: app, tag: '1' }, { image: attachment({ said: { artifactType: IN_TOTO } }) }]],
    ['one before the image, both without names and without a word of what they are', [{ image: attachment() }, { image: app }, { image: arm }]],
    ['one before the image, both without names', [{ image: attachment({ said: { artifactType: IN_TOTO } }) }, { image: app }]],
    ['one of an index, with everything in it listed', [{ image: index, tag: '1' }, { image: app }, { image: arm }, { image: attachment({ about: index.descriptor.digest }) }]],
    ['the list under the tag of referrers', [{ image: app, tag: '1' }, { image: list(attachment()), tag: tagOf(app.descriptor.digest) }]],
    ["cosign's tag", [{ image: app, tag: '1' }, { image: attachment({ subject: false }), tag: `${tagOf(app.descriptor.digest)}.att` }]],
    ['what cosign saves, under the name of the image', [
      { image: app, tag: 'shop/app:1', annotations: { kind: 'dev.cosignproject.cosign/image' } },
      { image: attachment({ subject: false }), tag: 'shop/app:1', annotations: { kind: 'dev.cosignproject.cosign/atts' } },
    ]],
  ])('is read: %s', async (_, entries) => {
    expect((await scanned(entries)).base).toEqual(said);
    expect((await scanned(entries, { offline: true })).base).toEqual(said);
    writeFileSync(join(work, 'archive.tar'), ociArchive(entries));
    expect((await scan(`oci-archive:${join(work, 'archive.tar')}`, options)).base).toEqual(said);
  }); // biome-ignore format: a table

  it('is no image of the layout, for one platform or all', async () => {
    const folder = join(work, 'all');
    const about = index.descriptor.digest;
    await writeLayout(folder, [{ image: index, tag: '1' }, { image: app }, { image: arm }, { image: attachment({ about }) }, { image: attachment({ about, said: { artifactType: IN_TOTO } }), tag: `${tagOf(about)}.att` }]); // biome-ignore format: short
    const { platform: _, ...every } = options;
    const { reports, failed } = await scanPlatforms(`oci:${folder}`, every);
    expect(reports.map(({ inventory }) => inventory.target.digest)).toEqual([app.descriptor.digest, arm.descriptor.digest]);
    expect([failed, reports.map(({ base }) => base?.name)]).toEqual([[], ['debian:12', 'debian:12']]);
  });

  it.each<[string, Built]>([
    ['another image', attachment({ about: `sha256:${'a'.repeat(64)}` })],
    ['nothing at all', attachment({ subject: false })],
  ])('is not read where it is about %s', async (_, image) => {
    const { base, warnings } = await scanned([{ image: app, tag: '1' }, { image }]);
    expect([base, warnings.filter(({ code }) => code === 'base-provenance-unread')]).toEqual([undefined, []]);
  });

  it('costs a warning or a gap where it is broken, and another one is read still', async () => {
    const broken = entry({ schemaVersion: 2, layers: 1 }, MANIFEST, []);
    const absent = { ...attachment(), blobs: new Map() } as Built;
    const alone = await scanned([{ image: app, tag: '1' }, { image: broken }]);
    expect(alone.warnings).toContainEqual({ code: 'base-provenance-unread', params: { code: 'manifest-invalid' } });
    expect((await scanned([{ image: app, tag: '1' }, { image: absent }])).warnings).not.toContainEqual(expect.objectContaining({ code: 'base-provenance-unread' })); // biome-ignore format: short
    expect((await scanned([{ image: app, tag: '1' }, { image: broken }, { image: absent }, { image: attachment({ content: Buffer.from('x') }) }, { image: attachment() }])).inventory.gaps).toMatchObject([{ stage: 'app/base', code: 'malformed' }]); // biome-ignore format: short
  });
});
