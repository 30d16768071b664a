import { repositoryUpstream } from '../repository-upstream.ts';

export const bitnamiUpstream = repositoryUpstream({
  id: 'bitnami',
  title: 'Bitnami vulnerability database',
  repository: 'bitnami/vulndb',
  branch: 'main',
});
