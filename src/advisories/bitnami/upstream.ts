import { repositoryUpstream } from '../repository-upstream.ts';

/** The same records come with `osv`: this one is updated when it is asked for. */
export const bitnamiUpstream = repositoryUpstream({
  id: 'bitnami',
  title: 'Bitnami vulnerability database',
  repository: 'bitnami/vulndb',
  branch: 'main',
  always: false,
});
