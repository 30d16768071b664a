import { describe, expect, it } from 'vitest';
import { MEDIA } from './media-types.ts';
import { parseConfig, parseDocument } from './schema.ts';

const digest = `sha256:${'12'.repeat(32)}`;
const config = { mediaType: MEDIA.ociConfig, digest, size: 10 };
const layer = { mediaType: MEDIA.ociLayerGzip, digest, size: 20 };
const manifest = { schemaVersion: 2, mediaType: MEDIA.ociManifest, config, layers: [layer] };
const index = { schemaVersion: 2, mediaType: MEDIA.ociIndex, manifests: [{ mediaType: MEDIA.ociManifest, digest, size: 1 }] };
const image = { os: 'linux', architecture: 'amd64', rootfs: { type: 'layers', diff_ids: [digest] } };

const document = (value: unknown, announced?: string) => parseDocument(Buffer.from(JSON.stringify(value)), 'It', announced);
const configuration = (value: unknown) => parseConfig(Buffer.from(JSON.stringify(value)), 'It');
const invalid = expect.objectContaining({ code: 'manifest-invalid' });

describe('manifests', () => {
  it('OCI and Docker', () => {
    expect(document(manifest, MEDIA.ociManifest)).toMatchObject({ kind: 'manifest', config, layers: [layer], annotations: {} });
    const docker = { ...manifest, mediaType: MEDIA.dockerManifest };
    expect(document(docker)).toMatchObject({ kind: 'manifest', mediaType: MEDIA.dockerManifest });
    expect(document({ schemaVersion: 2, config, layers: null })).toMatchObject({ kind: 'manifest', layers: [] });
  });

  it('indexes with platforms', () => {
    const platform = { os: 'linux', architecture: 'arm64', variant: 'v8', 'os.features': ['x'] };
    const read = document({ ...index, manifests: [{ ...index.manifests[0], platform }] });
    expect(read).toMatchObject({ kind: 'index', manifests: [{ platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } }] });
  });
});

describe('hostile manifests', () => {
  it.each([
    ['empty', ''],
    ['cut short', JSON.stringify(manifest).slice(0, -5)],
    ['not UTF-8', '\xff\xfe'],
    ['a list', '[]'],
    ['null', 'null'],
    ['a million brackets', '['.repeat(1_000_000)],
  ])('%s', (_, text) => {
    expect(() => parseDocument(Buffer.from(text, 'latin1'), 'It')).toThrow(invalid);
  });

  it.each([
    ['no version', { ...manifest, schemaVersion: undefined }],
    ['version as text', { ...manifest, schemaVersion: '2' }],
    ['index and manifest at once', { ...manifest, manifests: [] }],
    ['index that says manifest', { ...index, mediaType: MEDIA.ociManifest }],
    ['manifest that says index', { ...manifest, mediaType: MEDIA.ociIndex }],
    ['no configuration', { ...manifest, config: undefined }],
    ['layers an object', { ...manifest, layers: {} }],
    ['a layer a string', { ...manifest, layers: ['x'] }],
    ['1001 layers', { ...manifest, layers: Array(1001).fill(layer) }],
    ['negative size', { ...manifest, layers: [{ ...layer, size: -1 }] }],
    ['fractional size', { ...manifest, layers: [{ ...layer, size: 1.5 }] }],
    ['size beyond numbers', { ...manifest, layers: [{ ...layer, size: 1e300 }] }],
    ['size as text', { ...manifest, layers: [{ ...layer, size: '20' }] }],
    ['path in a digest', { ...manifest, layers: [{ ...layer, digest: 'sha256:../../../etc/passwd' }] }],
    ['path after a digest', { ...manifest, layers: [{ ...layer, digest: `${digest}/../x` }] }],
    ['newline after a digest', { ...manifest, layers: [{ ...layer, digest: `${digest}\n` }] }],
    ['capitals in a digest', { ...manifest, layers: [{ ...layer, digest: digest.replace('12', 'AB') }] }],
    ['weak digest', { ...manifest, layers: [{ ...layer, digest: `md5:${'1'.repeat(32)}` }] }],
    ['annotation a number', { ...manifest, annotations: { a: 1 } }],
    ['platform a list', { ...index, manifests: [{ ...index.manifests[0], platform: [] }] }],
  ])('%s', (_, value) => {
    expect(() => document(value)).toThrow(invalid);
  });

  it('content that is not what was announced (CVE-2021-41190)', () => {
    expect(() => document(manifest, MEDIA.ociIndex)).toThrow(invalid);
    expect(() => document(index, MEDIA.dockerManifest)).toThrow(invalid);
  });

  it('schema 1 and foreign types are named', () => {
    const unsupported = expect.objectContaining({ code: 'manifest-unsupported' });
    expect(() => document({ schemaVersion: 1 })).toThrow(unsupported);
    expect(() => document(manifest, 'application/vnd.docker.distribution.manifest.v1+json')).toThrow(unsupported);
  });

  it('a key named __proto__ changes nothing', () => {
    const read = parseDocument(Buffer.from(JSON.stringify(manifest).replace('{', '{"__proto__":{"polluted":true},')), 'It');
    expect(read).not.toHaveProperty('polluted');
    expect({}).not.toHaveProperty('polluted');
  });
});

describe('configurations', () => {
  it('with everything', () => {
    const whole = {
      ...image,
      variant: 'v8',
      created: '2026-01-01T00:00:00Z',
      history: [
        { created_by: 'ADD', created: '2026-01-01T00:00:00Z' },
        { created_by: 'ENV', empty_layer: true },
      ],
      config: {
        User: '1000',
        Env: ['A=b'],
        Cmd: ['x'],
        Entrypoint: 'single',
        Labels: { a: 'b' },
        ExposedPorts: { '80/tcp': {} },
        Volumes: null,
        Healthcheck: { Test: ['NONE'] },
      },
    };
    expect(configuration(whole)).toEqual({
      os: 'linux',
      architecture: 'amd64',
      variant: 'v8',
      created: '2026-01-01T00:00:00Z',
      diffIds: [digest],
      history: [
        { createdBy: 'ADD', created: '2026-01-01T00:00:00Z', emptyLayer: false },
        { createdBy: 'ENV', emptyLayer: true },
      ],
      config: {
        user: '1000',
        env: ['A=b'],
        cmd: ['x'],
        entrypoint: ['single'],
        labels: { a: 'b' },
        exposedPorts: ['80/tcp'],
        volumes: [],
        healthcheck: { test: ['NONE'] },
      },
    });
  });

  it('with nothing but layers', () => {
    expect(configuration({ rootfs: { diff_ids: [] } })).toMatchObject({ os: '', architecture: '', diffIds: [], history: [] });
  });

  it.each([
    ['no rootfs', {}],
    ['a diff id that is none', { ...image, rootfs: { diff_ids: ['x'] } }],
    ['history a string', { ...image, history: 'x' }],
    ['history of numbers', { ...image, history: [1] }],
    ['created_by an object', { ...image, history: [{ created_by: {} }] }],
    ['environment an object', { ...image, config: { Env: {} } }],
    ['label a number', { ...image, config: { Labels: { a: 1 } } }],
    ['endless history', { ...image, history: Array(10_001).fill({}) }],
  ])('hostile: %s', (_, value) => {
    expect(() => configuration(value)).toThrow(invalid);
  });
});
