import { expect, it } from 'vitest';
import { readFeed } from '../../../testing/read-feed.ts';
import { redhatRepositoryToCpe } from './index.ts';

it('maps repositories to products', async () => {
  const { repositories, problems } = await readFeed(
    redhatRepositoryToCpe,
    'repository-to-cpe.json',
    JSON.stringify({
      data: {
        'rhel-8-for-x86_64-baseos-rpms': { cpes: ['cpe:/o:redhat:enterprise_linux:8::baseos'], repo_relative_urls: ['content/dist/x'] },
        'rhel-8-for-x86_64-baseos-eus-rpms': {
          cpes: ['cpe:/o:redhat:rhel_eus:8.6::baseos', 'cpe:/o:redhat:rhel_eus:8.4::baseos', 'cpe:/o:redhat:rhel_eus:8.6::baseos'],
        },
        'nobody-knows': { cpes: [] },
        'odd': { cpes: ['cpe:/a:acme:thing:1', 7] },
        'broken': 'x',
      },
      last_updated: '2025-02-01',
    }),
  );
  expect(repositories).toEqual([
    { repository: 'rhel-8-for-x86_64-baseos-rpms', products: ['enterprise_linux:8::baseos'] },
    { repository: 'rhel-8-for-x86_64-baseos-eus-rpms', products: ['rhel_eus:8.4::baseos', 'rhel_eus:8.6::baseos'] },
  ]);
  expect(problems).toEqual(['nobody-knows', 'odd', 'broken'].map((name) => `a repository without products: ${name}`));
});
