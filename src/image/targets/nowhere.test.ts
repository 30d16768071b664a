import { describe, expect, it } from 'vitest';
import { noCredentials } from '../../oci/credentials/index.ts';
import { PlimsollError } from '../../util/errors.ts';
import { openTarget } from './index.ts';

/** Opens what is no file here, where every registry answers so. */
function opened(spec: string, answer: PlimsollError): Promise<unknown> {
  const registry = { http: { request: () => Promise.reject(answer) }, credentials: noCredentials };
  return openTarget(spec, { tempDir: '/nowhere', registry, platform: 'linux/amd64' });
}

describe('what is neither a path here nor had from a registry', () => {
  const failed = new PlimsollError('network-failed', { host: 'registry-1.docker.io', detail: 'no host has this name' });

  it.each(['alpin:3', 'others/app', 'a/b/c', 'example.com/app.zip'])('is told to be neither: %s', async (path) => {
    const params = { path, host: 'registry-1.docker.io', detail: 'no host has this name' };
    await expect(opened(path, failed)).rejects.toMatchObject({ code: 'target-nowhere', params, exitCode: 3 });
  });

  it('is an image where it names a registry', async () => {
    await expect(opened('example.com/alpin:3', failed)).rejects.toMatchObject({ code: 'network-failed' });
  });

  it.each([
    ['registry-unauthorized', 'docker.io', 'it has none, or hides it'],
    ['offline', 'registry-1.docker.io', 'this run is offline'],
  ] as const)('is told to be neither where it looks like a path: %s', async (code, host, detail) => {
    const refused = new PlimsollError(code, { registry: host, what: host, repository: 'others/image.zip', scope: '' });
    const params = { path: 'others/image.zip', host, detail };
    await expect(opened('others/image.zip', refused)).rejects.toMatchObject({ code: 'target-nowhere', params });
    await expect(opened('others/image', refused)).rejects.toMatchObject({ code });
  });
});
