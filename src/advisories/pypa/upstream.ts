import { repositoryUpstream } from '../repository-upstream.ts';

export const pypaUpstream = repositoryUpstream({
  id: 'pypa',
  title: 'PyPA Advisory Database',
  repository: 'pypa/advisory-database',
  branch: 'main',
});
