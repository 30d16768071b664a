import { repositoryUpstream } from '../repository-upstream.ts';

export const ghsaUpstream = repositoryUpstream({
  id: 'ghsa',
  title: 'GitHub Advisory Database',
  repository: 'github/advisory-database',
  branch: 'main',
});
