import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildImage, buildIndex } from '../../../testing/image-builder/index.ts';
import { type DebianRegistry, missingPrograms, startDebianRegistry } from '../../../testing/registry/debian.ts';
import type { Credentials } from '../../oci/credentials/types.ts';
import { parseReference } from '../../oci/reference.ts';
import { listTags, openPusher, type RegistryOptions } from '../../oci/registry/index.ts';
import { createHttp } from '../../util/http/index.ts';
import { openTarget } from './index.ts';

const missing = missingPrograms();
const work = mkdtempSync(join(tmpdir(), 'plimsoll-docker-registry-'));
const image = (architecture: string) =>
  buildImage({
    platform: { os: 'linux', architecture },
    created: '2026-01-01T00:00:00Z',
    steps: [{ createdBy: 'COPY', files: [{ path: 'etc/os-release', content: `ID=${architecture}` }] }],
  });

describe.skipIf(missing.length > 0)(
  `Debian's docker-registry with TLS and htpasswd (needs ${missing.join(', ') || 'nothing more'})`,
  () => {
    let registry: DebianRegistry;
    beforeAll(async () => {
      registry = await startDebianRegistry(work, 'alice', 'wonderland');
    });
    afterAll(async () => {
      await registry?.close();
      rmSync(work, { recursive: true, force: true });
    });

    const options = (password: string | undefined, ca = true): RegistryOptions => {
      const credentials: Credentials | undefined =
        password === undefined ? undefined : { kind: 'password', username: 'alice', password, origin: 'the test' };
      return { http: createHttp({ ca: ca ? [registry.ca] : [], retries: 0 }), credentials: { find: async () => credentials } };
    };
    const open = (how: RegistryOptions, name = 'team/app:1.0') =>
      openTarget(`${registry.host}/${name}`, { platform: 'linux/arm64', registry: how });

    it('lists tags, which it does not order', async () => {
      const how = options('wonderland');
      const where = parseReference(`${registry.host}/team/tags`);
      const pusher = openPusher(where, how);
      const one = image('amd64');
      for (const part of [one.config, ...one.layers]) await pusher.blob(one.blobs.get(part.digest)!, part.mediaType);
      const tags = ['1.0', '1.1', '1.1-slim', '2.0', '3.0'];
      for (const tag of tags) await pusher.manifest(one.blobs.get(one.descriptor.digest)!, one.descriptor.mediaType, tag);
      for (const page of [2, 1000]) expect([...(await listTags(where, how, page))].sort()).toEqual(tags);
      await expect(listTags(parseReference(`${registry.host}/team/none`), how)).rejects.toMatchObject({
        code: 'registry-repository-unknown',
      });
    });

    it('takes what we push and gives it back', async () => {
      const index = buildIndex([image('amd64'), image('arm64')]);
      const how = options('wonderland');
      const pusher = openPusher(parseReference(`${registry.host}/team/app`), how);
      for (const one of [image('amd64'), image('arm64')]) {
        for (const part of [one.config, ...one.layers]) await pusher.blob(one.blobs.get(part.digest)!, part.mediaType);
        await pusher.manifest(one.blobs.get(one.descriptor.digest)!, one.descriptor.mediaType);
      }
      await pusher.manifest(index.blobs.get(index.descriptor.digest)!, index.descriptor.mediaType, '1.0');

      const target = await open(how);
      if (target.kind !== 'image') throw new Error('not an image');
      expect(target.info).toMatchObject({
        repository: `${registry.host}/team/app`,
        tags: ['1.0'],
        digest: image('arm64').descriptor.digest,
        indexDigest: index.descriptor.digest,
        platform: { os: 'linux', architecture: 'arm64' },
      });
      let size = 0;
      for await (const chunk of await target.layers[0]!.open()) size += chunk.length;
      expect(size).toBe(image('arm64').layers[0]!.size);
    });

    it('has no referrers API, so that what is attached is found by the fallback tag and by cosign’s', async () => {
      const how = options('wonderland');
      const pusher = openPusher(parseReference(`${registry.host}/team/attached`), how);
      const one = image('arm64');
      for (const part of [one.config, ...one.layers]) await pusher.blob(one.blobs.get(part.digest)!, part.mediaType);
      await pusher.manifest(one.blobs.get(one.descriptor.digest)!, one.descriptor.mediaType, '1');
      expect(await statements(how)).toEqual([]);

      const empty = await pusher.blob(Buffer.from('{}'), 'application/vnd.oci.empty.v1+json');
      const mediaType = 'application/vnd.oci.image.manifest.v1+json';
      const attach = async (content: string, type: string, tag?: string) => {
        const layers = [await pusher.blob(Buffer.from(content), type)];
        const manifest = { schemaVersion: 2, mediaType, artifactType: type, config: empty, layers, subject: one.descriptor };
        return { ...(await pusher.manifest(Buffer.from(JSON.stringify(manifest)), mediaType, tag)), artifactType: type };
      };
      const name = one.descriptor.digest.replace(':', '-');
      const index = 'application/vnd.oci.image.index.v1+json';
      const manifests = [await attach('{"a":1}', 'application/vnd.dev.sigstore.bundle.v0.3+json')];
      await pusher.manifest(Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: index, manifests })), index, name);
      expect(await statements(how)).toEqual(['{"a":1}']);
      await attach('{"b":1}', 'application/vnd.dsse.envelope.v1+json', `${name}.att`);
      expect(await statements(how)).toEqual(['{"a":1}', '{"b":1}']);
    });

    const statements = async (how: RegistryOptions): Promise<readonly string[]> => {
      const target = await open(how, 'team/attached:1');
      return target.kind === 'image' ? ((await target.attached?.()) ?? []).map(String) : [];
    };

    it.each([
      ['no credentials', () => options(undefined), 'registry-unauthorized'],
      ['a wrong password', () => options('rabbit'), 'registry-credentials-refused'],
      ['an authority nobody knows', () => options('wonderland', false), 'tls-failed'],
      ['plain http on a TLS port', () => ({ ...options('wonderland'), plainHttp: true }), 'registry-protocol'],
    ])('%s: one decisive error', async (_, how, code) => {
      await expect(open(how())).rejects.toMatchObject({ code });
    });

    it.each([
      ['team/app:2.0', 'registry-manifest-unknown'],
      ['team/none:1', 'registry-manifest-unknown'],
    ])('%s is not there', async (name, code) => {
      await expect(open(options('wonderland'), name)).rejects.toMatchObject({ code });
    });
  },
);
