import { repositoryUpstream } from '../repository-upstream.ts';

export const psfUpstream = repositoryUpstream({
  id: 'psf',
  title: 'Python Software Foundation advisories',
  repository: 'psf/advisory-database',
  branch: 'main',
});
