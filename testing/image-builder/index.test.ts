import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import {
  buildImage,
  buildIndex,
  dockerArchive,
  type ImageDescription,
  layoutFiles,
  sha256,
  writeLayout,
  writeTar,
  writeZip,
} from './index.ts';

const work = mkdtempSync(join(tmpdir(), 'plimsoll-builder-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** What the system's own tar makes of an archive. */
function systemTar(archive: Buffer, ...args: string[]): string {
  const file = join(work, 'x.tar');
  writeFileSync(file, archive);
  return execFileSync('tar', ['-f', file, ...args], { encoding: 'utf8', env: { ...process.env, TZ: 'UTC', LC_ALL: 'C.UTF-8' } });
}

const description: ImageDescription = {
  platform: { os: 'linux', architecture: 'amd64' },
  created: '2024-01-01T00:00:00Z',
  config: { Env: ['PATH=/usr/bin'], Cmd: ['sh'] },
  steps: [
    {
      createdBy: 'COPY a / # buildkit',
      files: [
        { path: 'srv/app/b.txt', content: 'b' },
        { path: 'etc/a.txt', content: 'a' },
      ],
    },
    { createdBy: 'ENV X=1' },
    { createdBy: 'RUN two # buildkit', files: [{ path: 'etc/.wh.a.txt' }], compression: 'zstd' },
  ],
};

describe('writeTar, read by the system tar', () => {
  it('keeps names, content, modes and links', () => {
    const long = `${'d'.repeat(90)}/${'f'.repeat(120)}`;
    const archive = writeTar([
      { path: 'bin', type: 'directory', mode: 0o700 },
      { path: 'bin/run', content: 'x'.repeat(1000), mode: 0o4755, uid: 7, gid: 8, mtime: 86_400 },
      { path: 'bin/link', type: 'symlink', target: 'run' },
      { path: 'bin/hard', type: 'hardlink', target: 'bin/run' },
      { path: long, content: 'deep' },
      { path: '한글.txt', content: 'utf-8' },
    ]);
    const listing = systemTar(archive, '-t', '-v', '--numeric-owner', '--quoting-style=literal').trim().split('\n');
    expect(listing[0]).toMatch(/^drwx------ 0\/0 .* bin\/$/);
    expect(listing[1]).toMatch(/^-rwsr-xr-x 7\/8 +1000 1970-01-02 00:00 bin\/run$/);
    expect(listing[2]).toMatch(/^l.* bin\/link -> run$/);
    expect(listing[3]).toMatch(/^h.* bin\/hard link to bin\/run$/);
    expect(listing[4]).toContain(long);
    expect(listing[5]).toContain('한글.txt');
    expect(systemTar(archive, '-x', '-O', long)).toBe('deep');
  });
});

describe('writeZip, read by fflate', () => {
  it('keeps names and content', () => {
    const members = {
      'META-INF/MANIFEST.MF': Buffer.from('Manifest-Version: 1.0\r\n'),
      '한글.txt': Buffer.from('x'.repeat(1000)),
      'empty': Buffer.alloc(0),
    };
    const read = Object.entries(unzipSync(writeZip(members))).map(([name, content]) => [name, Buffer.from(content)]);
    expect(Object.fromEntries(read)).toEqual(members);
  });
});

describe('buildImage', () => {
  it('gives the same digests for the same description', () => {
    expect(buildImage(description).descriptor.digest).toBe(buildImage(description).descriptor.digest);
  });

  it('names every blob by its digest and size', () => {
    const image = buildImage(description);
    for (const d of [image.descriptor, image.config, ...image.layers]) {
      const bytes = image.blobs.get(d.digest);
      expect(bytes && { digest: sha256(bytes), size: bytes.length }).toEqual({ digest: d.digest, size: d.size });
    }
  });

  it('has a diff id for each layer and a history line for each step', () => {
    const image = buildImage(description);
    const config = JSON.parse(String(image.blobs.get(image.config.digest)));
    const [first, second] = image.layers.map((layer) => image.blobs.get(layer.digest)!);
    expect(config.rootfs.diff_ids).toEqual([sha256(gunzipSync(first!)), sha256(zstdDecompressSync(second!))]);
    expect(config.history.map((h: { empty_layer?: boolean }) => h.empty_layer ?? false)).toEqual([false, true, false]);
  });

  it('puts parent folders before their files, sorted by path', () => {
    const image = buildImage(description);
    const tar = gunzipSync(image.blobs.get(image.layers[0]!.digest)!);
    expect(systemTar(tar, '-t').trim().split('\n')).toEqual(['etc/', 'etc/a.txt', 'srv/', 'srv/app/', 'srv/app/b.txt']);
  });
});

describe('layouts and archives', () => {
  it('writes an OCI layout with the tag in its index', async () => {
    const folder = join(work, 'layout');
    await writeLayout(folder, [{ image: buildImage(description), tag: 'latest' }]);
    await writeLayout(folder, [{ image: buildImage(description), tag: 'v1' }]);
    expect(readdirSync(folder).sort()).toEqual(['blobs', 'index.json', 'oci-layout']);
    const index = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'));
    expect(index.manifests[0].annotations).toEqual({ 'org.opencontainers.image.ref.name': 'v1' });
    expect(index.manifests[0].platform).toEqual({ os: 'linux', architecture: 'amd64' });
  });

  it('shares blobs between the children of an index', () => {
    const arm = buildImage({ ...description, platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } });
    const index = buildIndex([buildImage(description), arm]);
    expect(layoutFiles([{ image: index }]).size).toBe(2 + 2 /* layers */ + 2 /* configurations */ + 2 /* manifests */ + 1);
  });

  it('writes what docker save wrote', () => {
    const plain = { ...description, steps: description.steps.map((step) => ({ ...step, compression: 'none' as const })) };
    const manifest = JSON.parse(systemTar(dockerArchive(buildImage(plain), ['app:1']), '-x', '-O', 'manifest.json'));
    expect(manifest[0].RepoTags).toEqual(['app:1']);
    expect(manifest[0].Layers).toHaveLength(2);
  });
});
