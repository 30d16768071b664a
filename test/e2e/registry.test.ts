import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Content, type FakeRegistry, startRegistry } from '../../testing/registry/index.ts';
import { SET_UP, sampleImage, Workshop } from './workshop.ts';

const shop = new Workshop();
let registry: FakeRegistry;

beforeAll(async () => {
  await shop.open();
  const image = sampleImage();
  const content = new Content();
  for (const [digest, bytes] of image.blobs) content.putBlob('shop/web', bytes, digest);
  const manifest = image.blobs.get(image.descriptor.digest);
  content.putManifest('shop/web', '1.2', manifest ?? Buffer.alloc(0), image.descriptor.mediaType);
  registry = await startRegistry({ content, auth: { kind: 'bearer', users: { ann: 's3cret' } } });
}, SET_UP);
afterAll(async () => {
  await registry?.close();
  shop.close();
});

// Each runs the program once or twice, beside whatever else this machine does.
describe('plimsoll scan of a registry', { timeout: 300_000 }, () => {
  it('logs in with a password from standard input, and names the image by its repository', async () => {
    const spec = `${registry.host}/shop/web:1.2`;
    const { code, out, err } = await shop.plimsoll(
      ['scan', spec, '--registry-username', 'ann', '--registry-password-stdin', '-f', 'json', '-q'],
      { input: Buffer.from('s3cret\n') },
    );
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const { inventory, findings } = JSON.parse(out);
    expect(inventory.target).toMatchObject({ kind: 'image', spec, tags: ['1.2'] });
    expect(inventory.target.repository).toBe(`${registry.host}/shop/web`);
    expect(findings.map((each: { id: string }) => each.id)).toContain('CVE-2020-8203');
  });

  it('takes credentials from the environment', async () => {
    const env = { PLIMSOLL_REGISTRY_USERNAME: 'ann', PLIMSOLL_REGISTRY_PASSWORD: 's3cret', PLIMSOLL_REGISTRY_HOST: registry.host };
    expect((await shop.plimsoll(['scan', `registry:${registry.host}/shop/web:1.2`], { env })).code).toBe(0);
    const other = { ...env, PLIMSOLL_REGISTRY_HOST: 'elsewhere.example' };
    expect((await shop.plimsoll(['scan', `registry:${registry.host}/shop/web:1.2`], { env: other })).err).toContain(
      '[registry-unauthorized]',
    );
  });

  it('shows one decisive error, and no secret, where the password is wrong', async () => {
    const { code, out, err } = await shop.plimsoll(
      ['scan', `${registry.host}/shop/web:1.2`, '--registry-username', 'ann', '--registry-password-stdin'],
      { input: Buffer.from('wr0ng') },
    );
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toContain('[registry-credentials-refused]');
    expect(err.trimEnd().split('\n')).toHaveLength(2);
    expect(err).not.toContain('wr0ng');
  });

  it('says which image is not there', async () => {
    const { code, err } = await shop.plimsoll(
      ['scan', `${registry.host}/shop/web:9`, '--registry-username', 'ann', '--registry-password-stdin'],
      {
        input: Buffer.from('s3cret'),
      },
    );
    expect(code).toBe(3);
    expect(err).toContain('[registry-manifest-unknown]');
  });
});
