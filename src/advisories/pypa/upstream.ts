import { repositoryUpstream } from '../repository-upstream.ts';

/** The same records come with `osv`: this one is updated when it is asked for. */
export const pypaUpstream = repositoryUpstream({
  id: 'pypa',
  title: 'PyPA Advisory Database',
  repository: 'pypa/advisory-database',
  branch: 'main',
  always: false,
});
