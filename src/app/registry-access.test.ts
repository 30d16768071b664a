import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildImage } from '../../testing/image-builder/index.ts';
import { type FakeRegistry, makeCertificates, startRegistry } from '../../testing/registry/index.ts';
import { openTarget } from '../image/targets/index.ts';
import { type RegistryAccess, registryOptions } from './registry-access.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-access-'));
const file = (name: string): string => join(folder, name);
const pem = (name: string): string => readFileSync(file(name), 'utf8');
const image = buildImage({ platform: { os: 'linux', architecture: 'amd64' }, created: '2026-01-01T00:00:00Z', steps: [] });
let registry: FakeRegistry;

beforeAll(async () => {
  makeCertificates(folder);
  writeFileSync(file('none.pem'), 'nothing');
  registry = await startRegistry({ tls: { key: pem('server.key'), cert: pem('server.pem'), clientCa: pem('ca.pem') } });
  registry.content.putImage('team/app', '1', image);
});
afterAll(async () => {
  await registry.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The digest of the image. */
async function opened(name: string, access: RegistryAccess): Promise<string | undefined> {
  const options = await registryOptions({ ...access, env: {}, offline: false });
  const target = await openTarget(name, { registry: options, platform: 'linux/amd64' });
  await target.close();
  return target.info.digest;
}

const known = { caFile: file('ca.pem'), clientCert: file('client.pem'), clientKey: file('client.key') };

it('a registry that wants a client certificate is shown the one that was given', async () => {
  expect(await opened(`${registry.host}/team/app:1`, known)).toBe(image.descriptor.digest);
  expect(await opened(`${registry.host}/team/app:1`, { ...known, host: registry.host })).toBe(image.descriptor.digest);
});

it('without it, or with one for another host, the error says what is missing', async () => {
  const code = 'tls-client-certificate';
  await expect(opened(`${registry.host}/team/app:1`, { caFile: known.caFile })).rejects.toMatchObject({ code });
  await expect(opened(`${registry.host}/team/app:1`, { ...known, host: 'registry.example' })).rejects.toMatchObject({ code });
});

it.each<[string, RegistryAccess]>([
  ['a certificate without a key', { clientCert: known.clientCert }],
  ['a key without a certificate', { clientKey: known.clientKey }],
  ['a file that is not there', { ...known, clientKey: file('absent') }],
  ['a file that is none', { ...known, clientCert: file('none.pem') }],
  ['the key of another certificate', { ...known, clientKey: file('server.key') }],
])('%s is refused', async (_, access) => {
  await expect(opened(`${registry.host}/team/app:1`, access)).rejects.toMatchObject({ code: 'client-cert-unusable', exitCode: 2 });
});

it('mirrors are asked for what begins with their prefix', async () => {
  expect(await opened('registry.example/app:1', { ...known, mirrors: [`registry.example=${registry.host}/team`] })).toBe(
    image.descriptor.digest,
  );
});
