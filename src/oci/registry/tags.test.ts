import { expect, it } from 'vitest';
import { Content, send, startRegistry } from '../../../testing/registry/index.ts';
import { createHttp } from '../../util/http/index.ts';
import { noCredentials } from '../credentials/index.ts';
import { listTags } from './tags.ts';

/** The tags of a registry that answers with these pages: the body, and the address of the next. */
async function listed(pages: Readonly<Record<string, readonly [body: unknown, next?: string]>>): Promise<readonly string[] | string> {
  const registry = await startRegistry({
    intercept: (request, response) => {
      const page = pages[request.url ?? ''];
      if (!page) return false;
      const [body, next] = page;
      send(response, 200, Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), {
        'content-type': 'application/json',
        ...(next === undefined ? {} : { link: `<${next}>; rel="next"` }),
      });
      return true;
    },
  });
  try {
    const options = { http: createHttp({ retries: 0 }), credentials: noCredentials, plainHttp: true };
    return await listTags({ registry: registry.host, repository: 'a' }, options, 2);
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    await registry.close();
  }
}

const FIRST = '/v2/a/tags/list?n=2';

it('follows the pages of a repository', async () => {
  const pages = {
    [FIRST]: [{ tags: ['1', '2'] }, '/v2/a/tags/list?n=2&last=2'],
    '/v2/a/tags/list?n=2&last=2': [{ tags: ['3'] }],
  } as const;
  expect(await listed(pages)).toEqual(['1', '2', '3']);
});

it('follows no link to anything else', async () => {
  for (const next of ['/v2/b/tags/list', '/v2/a/manifests/1', 'https://example.com/v2/b/tags/list']) {
    expect(await listed({ [FIRST]: [{ tags: ['1'] }, next] })).toEqual(['1']);
  }
});

it('ends where pages go in circles', async () => {
  expect(await listed({ [FIRST]: [{ tags: ['1'] }, FIRST] })).toHaveLength(100);
});

it('takes a repository without tags, and refuses what is no list', async () => {
  expect(await listed({ [FIRST]: [{ name: 'a', tags: null }] })).toEqual([]);
  for (const body of ['x', '[]', '{"tags":{}}', '{"tags":[1]}']) expect(await listed({ [FIRST]: [body] })).toBe('registry-protocol');
  expect(await listed({})).toBe('registry-repository-unknown');
});

it('asks mirrors first, and the registry itself where they do not answer', async () => {
  const content = new Content();
  content.putManifest('hub/a', '9', Buffer.from('{}'), 'application/vnd.oci.image.index.v1+json');
  const mirror = await startRegistry({ content });
  const own = await startRegistry({ content: new Content() });
  own.content.putManifest('a', '1', Buffer.from('{}'), 'application/vnd.oci.image.index.v1+json');
  own.content.putManifest('b', '2', Buffer.from('{}'), 'application/vnd.oci.image.index.v1+json');
  const mirrors = [{ prefix: own.host, location: `${mirror.host}/hub` }];
  const options = { http: createHttp({ retries: 0 }), credentials: noCredentials, plainHttp: true, mirrors };
  try {
    expect(await listTags({ registry: own.host, repository: 'a' }, options)).toEqual(['9']);
    expect(await listTags({ registry: own.host, repository: 'b' }, options)).toEqual(['2']);
  } finally {
    await Promise.all([mirror.close(), own.close()]);
  }
});
