import { repositoryUpstream } from '../repository-upstream.ts';

/** The repository itself, for who wants it: by default its records come out of osv.dev's bucket, where a change costs a file and not all of them. */
export const pypaUpstream = repositoryUpstream({
  id: 'pypa',
  title: 'PyPA Advisory Database',
  repository: 'pypa/advisory-database',
  branch: 'main',
  always: false,
});
