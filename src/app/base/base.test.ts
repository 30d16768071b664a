import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type BuiltImage, buildImage, buildIndex, json, type Step, sha256, writeLayout } from '../../../testing/image-builder/index.ts';
import { Content, type FakeRegistry, startRegistry } from '../../../testing/registry/index.ts';
import type { BaseImage, Report } from '../../model/index.ts';
import { registryOptions } from '../registry-access.ts';
import { type ScanOptions, scan } from '../scan/index.ts';
import { scanPlatforms } from '../scan/platforms.ts';
import { addBases, listBases, removeBases } from './index-bases.ts';

const work = mkdtempSync(join(tmpdir(), 'plimsoll-base-'));
const common = { platform: { os: 'linux', architecture: 'amd64' }, created: '2025-01-01T00:00:00Z' };
const DEBIAN: readonly Step[] = [
  { createdBy: '/bin/sh -c #(nop) ADD file:01 in / ', files: [{ path: 'etc/debian_version', content: '12' }] },
  { createdBy: '/bin/sh -c #(nop)  CMD ["bash"]' },
];
const PYTHON: readonly Step[] = [
  ...DEBIAN,
  { createdBy: 'RUN /bin/sh -c apt-get install -y python3 # buildkit', files: [{ path: 'usr/bin/python3', content: 'x' }] },
  { createdBy: 'CMD ["python3"]' },
];
const OURS: readonly Step[] = [
  { createdBy: 'COPY app /app # buildkit', files: [{ path: 'app/main.py', content: 'print()' }] },
  { createdBy: 'CMD ["python3" "/app/main.py"]' },
];
const debian = buildImage({ ...common, steps: DEBIAN });
const python = buildImage({ ...common, steps: PYTHON });
const other = buildImage({ ...common, steps: [{ createdBy: 'ADD other /', files: [{ path: 'other', content: 'o' }] }] });
let registry: FakeRegistry;

beforeAll(async () => {
  const content = new Content();
  content.putImage('library/debian', '12', debian);
  content.putImage('library/python', '3.12', python);
  content.putImage('library/other', '1', other);
  registry = await startRegistry({ content });
});
afterAll(async () => {
  await registry.close();
  rmSync(work, { recursive: true, force: true });
});

/** An app on Python, with these annotations or labels. */
function app(annotations?: Record<string, string>, labels?: Record<string, string>): BuiltImage {
  return buildImage({
    ...common,
    steps: [...PYTHON, ...OURS],
    ...(annotations ? { annotations } : {}),
    ...(labels ? { config: { Labels: labels } } : {}),
  });
}

let count = 0;

/** Of an image that the registry has, what the scan says of its base. */
async function scanned(image: Parameters<Content['putImage']>[2], options: ScanOptions = {}): Promise<Report> {
  registry.content.putImage('shop/app', `v${++count}`, image);
  return scan(`${registry.host}/shop/app:v${count}`, {
    scanners: ['config'],
    platform: 'linux/amd64',
    cacheDir: join(work, `cache-${count}`),
    registry: { plainHttp: true },
    env: {},
    ...options,
  });
}

const NAME = 'org.opencontainers.image.base.name';
const DIGEST = 'org.opencontainers.image.base.digest';
const HISTORY: BaseImage = { layers: 2, evidence: 'history', confidence: 'low' };

/** Requests for manifests and blobs of other repositories than the scanned one. */
const asked = (): number => registry.requests.filter(({ url }) => url.includes('/library/')).length;

it('guesses from the history where nothing else is said, and asks nobody', async () => {
  const before = asked();
  expect((await scanned(app())).base).toEqual(HISTORY);
  expect(asked()).toBe(before);
  expect((await scanned(debian)).base).toBeUndefined();
  expect((await scanned(app(), { base: 'none' })).base).toBeUndefined();
});

it('compares the layers of the image that annotations name, in the registry that the image is from', async () => {
  const name = `${registry.host}/library/python:3.12`;
  const digest = python.descriptor.digest;
  const base = { name, layers: 2, evidence: 'annotation', confidence: 'high' };
  expect((await scanned(app({ [NAME]: name, [DIGEST]: digest }))).base).toEqual({ ...base, digest });
  expect((await scanned(app(undefined, { [NAME]: name }))).base).toEqual(base);
});

it('takes scratch for no base image, with whatever history', async () => {
  expect((await scanned(app({ [NAME]: 'scratch' }))).base).toBeUndefined();
  expect((await scanned(app(undefined, { [NAME]: 'scratch' }))).base).toEqual(HISTORY);
  writeFileSync(join(work, 'Dockerfile.python'), 'FROM python:3.12\nCOPY app /app\nCMD ["python3", "/app/main.py"]\n');
  const report = await scanned(app({ [NAME]: 'scratch' }), { dockerfile: 'Dockerfile.python', cwd: work });
  expect(report.base).toMatchObject({ name: 'python:3.12', evidence: 'dockerfile', layers: 2 });
});

it('does not believe an annotation whose image has other layers', async () => {
  const name = `${registry.host}/library/other:1`;
  const report = await scanned(app({ [NAME]: name, [DIGEST]: other.descriptor.digest }));
  expect(report.base).toEqual(HISTORY);
  expect(report.warnings).toContainEqual({ code: 'base-not-below', params: { name, evidence: 'annotation' } });
});

it('asks no other registry that an image names, unless it is told to', async () => {
  const elsewhere = await startRegistry({ content: registry.content });
  const name = `${elsewhere.host}/library/debian:12`;
  try {
    const image = app({ [NAME]: name });
    const said = { name, layers: 2, evidence: 'annotation', confidence: 'low' };
    expect((await scanned(image)).base).toEqual(said);
    expect(elsewhere.requests).toEqual([]);
    const told = await scanned(image, { base: 'registry' });
    expect(told.base).toEqual({ ...said, layers: 1, confidence: 'high' });
    expect(elsewhere.requests.length).toBeGreaterThan(0);
  } finally {
    await elsewhere.close();
  }
  const gone = await scanned(app({ [NAME]: name }), { base: 'registry' });
  expect(gone.base).toMatchObject({ name, confidence: 'low' });
  expect(gone.warnings.map(({ code }) => code)).toContain('base-unchecked');
});

it('says that a tag has moved on by believing it less, not by a warning', async () => {
  const name = `${registry.host}/library/other:1`;
  const report = await scanned(app({ [NAME]: name }));
  expect(report.base).toMatchObject({ name, confidence: 'low' });
  expect(report.warnings.map(({ code }) => code)).not.toContain('base-not-below');
});

it('finds the longest of the index, with no network, and never the image itself', async () => {
  const cacheDir = join(work, 'index');
  const opening = { registry: await registryOptions({ plainHttp: true, env: {}, offline: false }), platform: 'linux/amd64' };
  const [one, two] = ['debian:12', 'python:3.12'].map((name) => `${registry.host}/library/${name}`) as [string, string];
  await addBases([one, two, one], cacheDir, opening);
  expect(listBases(cacheDir).map(({ name, diffIds }) => [name, diffIds.length])).toEqual([[one, 1], [two, 2]]); // biome-ignore format: short

  await writeLayout(join(work, 'app'), [{ image: app() }]);
  await writeLayout(join(work, 'python'), [{ image: python }]);
  const options = { scanners: ['config'], cacheDir, offline: true, env: {}, platform: 'linux/amd64' } as const;
  const inIndex = { evidence: 'index', confidence: 'high' };
  expect((await scan(`oci:${join(work, 'app')}`, options)).base).toEqual({ name: two, digest: python.descriptor.digest, layers: 2, ...inIndex }); // biome-ignore format: short
  expect((await scan(`oci:${join(work, 'python')}`, options)).base).toMatchObject({ name: one, layers: 1, ...inIndex });

  expect(() => removeBases(['nothing'], cacheDir)).toThrow(expect.objectContaining({ code: 'base-unknown' }));
  removeBases([two], cacheDir);
  expect((await scan(`oci:${join(work, 'app')}`, options)).base).toMatchObject({ name: one, layers: 1 });
  await expect(addBases([`dir:${work}`], cacheDir, opening)).rejects.toMatchObject({ code: 'base-not-image' });
  writeFileSync(join(cacheDir, 'bases.json'), '{"bases":[{"name":1},{"name":"x","platform":"p","size":1,"diffIds":["no digest"]}]}');
  expect(listBases(cacheDir)).toEqual([]);
});

/** An index with the image and an attestation manifest beside it, as BuildKit stores them. */
function attested(image: BuiltImage, statement: object | string) {
  const bytes = typeof statement === 'string' ? Buffer.from(statement) : json(statement);
  const blob = { mediaType: 'application/vnd.in-toto+json', digest: sha256(bytes), size: bytes.length };
  const config = json({ architecture: 'unknown', os: 'unknown', config: {}, rootfs: { type: 'layers', diff_ids: [blob.digest] } });
  const ofConfig = { mediaType: 'application/vnd.oci.image.config.v1+json', digest: sha256(config), size: config.length };
  const predicate = { 'in-toto.io/predicate-type': 'https://slsa.dev/provenance/v0.2' };
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  const manifest = json({ schemaVersion: 2, mediaType, config: ofConfig, layers: [{ ...blob, annotations: predicate }] });
  const attestation: BuiltImage = {
    descriptor: { mediaType, digest: sha256(manifest), size: manifest.length, platform: { os: 'unknown', architecture: 'unknown' } },
    config: ofConfig,
    layers: [blob],
    diffIds: [],
    blobs: new Map([[blob.digest, bytes], [ofConfig.digest, config], [sha256(manifest), manifest]]), // biome-ignore format: short
  };
  const about = { 'vnd.docker.reference.type': 'attestation-manifest', 'vnd.docker.reference.digest': image.descriptor.digest };
  return buildIndex([image, attestation], [{}, about]);
}

const MATERIAL = { uri: 'pkg:docker/python@3.12?platform=linux%2Famd64', digest: { sha256: python.descriptor.digest.slice(7) } };
const FRONTEND = { uri: 'pkg:docker/docker/dockerfile@1', digest: { sha256: '1'.repeat(64) } };
const BUILDER = { uri: 'pkg:docker/golang@1.24', digest: { sha256: '2'.repeat(64) } };
const ofHub = { name: 'python:3.12', digest: python.descriptor.digest, evidence: 'provenance' };

it('reads the provenance that BuildKit puts beside an image: unsigned, and so believed half', async () => {
  const minimal = attested(app(), { predicate: { materials: [FRONTEND, MATERIAL] } });
  expect((await scanned(minimal)).base).toEqual({ ...ofHub, layers: 2, confidence: 'low' });

  const steps = [MATERIAL, BUILDER].map(({ uri, digest }, i) => {
    const [name, tag] = (uri.split(/[/?]/)[1] ?? '').split('@');
    return { id: `step${i}`, op: { Op: { source: { identifier: `docker-image://docker.io/library/${name}:${tag}@sha256:${digest.sha256}` } } } }; // biome-ignore format: short
  });
  const layers = { 'step0:0': [python.layers], 'step1:0': [[{ digest: sha256(Buffer.from('x')) }]] };
  const old = {
    predicate: {
      materials: [BUILDER, MATERIAL],
      buildConfig: { llbDefinition: steps },
      metadata: { 'https://mobyproject.org/buildkit@v1#metadata': { layers } },
    },
  };
  expect((await scanned(attested(app(), old))).base).toEqual({ ...ofHub, layers: 2, confidence: 'medium' });
  const slsa1 = {
    predicate: {
      buildDefinition: { resolvedDependencies: [BUILDER, MATERIAL], internalParameters: { buildConfig: { llbDefinition: steps } } },
      runDetails: { metadata: { buildkit_metadata: { layers } } },
    },
  };
  expect((await scanned(attested(app(), slsa1))).base).toEqual({ ...ofHub, layers: 2, confidence: 'medium' });
});

it('takes none of several images of a build that nothing tells apart', async () => {
  const report = await scanned(attested(app(), { predicate: { materials: [BUILDER, MATERIAL] } }));
  expect(report.base).toEqual(HISTORY);
});

it.each([
  ['no JSON', 'x'],
  ['no object', '[]'],
  ['materials of another kind', '{"predicate":{"materials":{}}}'],
  ['a material that is a number', '{"predicate":{"materials":[1]}}'],
  ['a uri that is no text', '{"predicate":{"materials":[{"uri":1}]}}'],
  ['a digest that is no object', '{"predicate":{"materials":[{"uri":"pkg:docker/a@1","digest":"x"}]}}'],
  ['steps of another kind', '{"predicate":{"buildConfig":{"llbDefinition":1}}}'],
  ['layers without digests', '{"predicate":{"buildConfig":{"llbDefinition":[{"id":"s","op":{"Op":{"source":{"identifier":"docker-image://a"}}}}]},"metadata":{"https://mobyproject.org/buildkit@v1#metadata":{"layers":{"s:0":[[{}]]}}}}}'],
])('tells of provenance that cannot be read, and goes on: %s', async (_, text) => {
  const { base, inventory } = await scanned(attested(app(), text));
  expect(base).toEqual(HISTORY);
  expect(inventory.gaps).toMatchObject([{ stage: 'app/base', code: 'malformed', incomplete: false }]);
}); // biome-ignore format: a table

it('passes over provenance that was not copied with the image', async () => {
  const index = attested(app(), { predicate: { materials: [MATERIAL] } });
  const statement = [...index.blobs].find(([, bytes]) => bytes.includes('materials'))?.[0];
  const blobs = new Map([...index.blobs].filter(([digest]) => digest !== statement));
  await writeLayout(join(work, 'partial'), [{ image: { ...index, blobs } }]);
  const report = await scan(`oci:${join(work, 'partial')}`, {
    scanners: ['config'],
    cacheDir: join(work, 'none'),
    env: {},
    platform: 'linux/amd64',
  });
  expect(report.base).toEqual(HISTORY);
  expect(report.inventory.gaps).toEqual([]);
});

it('knows from a Dockerfile where the base ends, and gives the lines of its layers', async () => {
  const file = join(work, 'Dockerfile');
  const options = { dockerfile: 'Dockerfile', cwd: work };
  writeFileSync(file, 'ARG TAG=3.12\nFROM golang AS build\nRUN go build\nFROM python:${TAG}\nCOPY app /app\nCMD ["python3", "/app/main.py"]\n'); // biome-ignore format: short
  const report = await scanned(app(), options);
  expect(report.base).toEqual({ name: 'python:3.12', layers: 2, evidence: 'dockerfile', confidence: 'medium' });
  expect(report.dockerfile).toEqual({ file: 'Dockerfile', layers: [{ layer: 2, line: 5 }] });

  writeFileSync(file, 'FROM debian:12\nRUN apt-get install -y python3\nCMD ["python3"]\nCOPY app /app\nCMD ["python3", "/app/main.py"]\n');
  expect((await scanned(app(), options)).base).toMatchObject({ name: 'debian:12', layers: 1, confidence: 'medium' });
  writeFileSync(file, 'FROM scratch\nCOPY app /app\nCMD ["python3", "/app/main.py"]\n');
  expect((await scanned(app(), options)).base).toBeUndefined();
  writeFileSync(file, `FROM ${registry.host}/library/python:3.12\nCOPY app /app\nCMD ["python3", "/app/main.py"]\n`);
  expect((await scanned(app(), options)).base).toMatchObject({ layers: 2, evidence: 'dockerfile', confidence: 'high' });
  await expect(scanned(app(), { dockerfile: 'none', cwd: work })).rejects.toMatchObject({ code: 'lint-unreadable' });
});

it('tells where two name different images', async () => {
  writeFileSync(join(work, 'Dockerfile.other'), 'FROM alpine:3.20\nCOPY app /app\nCMD ["python3", "/app/main.py"]\n');
  const report = await scanned(app({ [NAME]: 'docker.io/library/python:3.12' }), { dockerfile: 'Dockerfile.other', cwd: work });
  expect(report.base).toEqual({ name: 'docker.io/library/python:3.12', layers: 2, evidence: 'annotation', confidence: 'low' });
  expect(report.warnings).toContainEqual({
    code: 'base-conflict',
    params: { name: 'docker.io/library/python:3.12', evidence: 'annotation', other: 'alpine:3.20', otherEvidence: 'dockerfile' },
  });
});

it('is told for each platform by itself', async () => {
  const arm = { ...common, platform: { os: 'linux', architecture: 'arm64' } };
  const armBase = buildImage({ ...arm, steps: [{ createdBy: 'ADD arm', files: [{ path: 'arm', content: '1' }] }, ...DEBIAN] });
  const name = `${registry.host}/library/multi:1`;
  registry.content.putImage('library/multi', '1', buildIndex([debian, armBase]));
  const armApp = buildImage({ ...arm, steps: [{ createdBy: 'ADD arm', files: [{ path: 'arm', content: '1' }] }, ...DEBIAN, ...OURS], annotations: { [NAME]: name } }); // biome-ignore format: short
  registry.content.putImage('shop/app', 'all', buildIndex([app({ [NAME]: name }), armApp]));
  const options = { scanners: ['config'], registry: { plainHttp: true }, env: {} } as const;
  const { reports } = await scanPlatforms(`${registry.host}/shop/app:all`, { ...options, cacheDir: join(work, 'all') });
  const base = { name, evidence: 'annotation', confidence: 'high' };
  expect(reports.map((report) => [report.inventory.target.platform?.architecture, report.base])).toEqual([
    ['amd64', { ...base, layers: 1 }],
    ['arm64', { ...base, layers: 2 }],
  ]);
  const opening = { registry: await registryOptions({ plainHttp: true, env: {}, offline: false }) };
  expect((await addBases([name], join(work, 'all'), { ...opening, platform: 'all' })).map((each) => each.platform)).toEqual(['linux/amd64', 'linux/arm64']); // biome-ignore format: short
  await writeLayout(join(work, 'both'), [{ image: buildIndex([app(), armApp]) }]);
  const known = await scanPlatforms(`oci:${join(work, 'both')}`, { ...options, cacheDir: join(work, 'all'), offline: true });
  expect(known.reports.map((report) => [report.base?.evidence, report.base?.layers])).toEqual([['index', 1], ['index', 2]]); // biome-ignore format: short
});

it('takes nothing from a Dockerfile that the image is not built from, and says so', async () => {
  writeFileSync(join(work, 'Dockerfile.wrong'), 'FROM alpine:3.20\nCOPY app /srv\nCMD ["node", "x"]\n');
  const { base, dockerfile, warnings } = await scanned(app(), { dockerfile: 'Dockerfile.wrong', cwd: work });
  expect([base, dockerfile?.layers]).toEqual([HISTORY, []]);
  expect(warnings).toContainEqual({ code: 'dockerfile-other', params: { file: 'Dockerfile.wrong' } });
  // Changed since it was built from: what is below the change is told still.
  writeFileSync(join(work, 'Dockerfile.wrong'), 'FROM python:3.12\nRUN new\nCOPY app /app\nCMD ["python3", "/app/main.py"]\n');
  const changed = await scanned(app(), { dockerfile: 'Dockerfile.wrong', cwd: work });
  expect([changed.base, changed.dockerfile?.layers]).toEqual([{ name: 'python:3.12', layers: 2, evidence: 'dockerfile', confidence: 'low' }, [{ layer: 2, line: 3 }]]); // biome-ignore format: short
});

it('gives a layer into which all was squashed no line', async () => {
  writeFileSync(join(work, 'Dockerfile.squashed'), 'FROM scratch\nCOPY app /app\nCMD ["x"]\n');
  const steps = [{ createdBy: 'COPY app /app' }, { createdBy: '/bin/sh -c #(nop) CMD ["x"]', files: [{ path: 'app', content: 'a' }] }];
  const report = await scanned(buildImage({ ...common, steps }), { dockerfile: 'Dockerfile.squashed', cwd: work });
  expect([report.dockerfile?.layers, report.base, report.warnings.map(({ code }) => code)]).toEqual([[], undefined, []]);
});

it('finds the image by its tag where no registry has the digest that a builder wrote', async () => {
  const name = `${registry.host}/library/python:3.12`;
  const gone = `sha256:${'9'.repeat(64)}`;
  const report = await scanned(app({ [NAME]: name, [DIGEST]: gone }));
  expect(report.base).toEqual({ name, layers: 2, evidence: 'annotation', confidence: 'high' });
  const other = await scanned(app({ [NAME]: `${registry.host}/library/other:1`, [DIGEST]: gone }));
  expect(other.base).toMatchObject({ layers: 2, evidence: 'annotation', confidence: 'low' });
  expect(other.warnings.map(({ code }) => code)).toContain('base-unchecked');
});
