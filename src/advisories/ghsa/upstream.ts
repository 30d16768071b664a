import { repositoryUpstream } from '../repository-upstream.ts';

/** The repository itself, for who wants it: by default its records come out of osv.dev's bucket, where a change costs a file and not all of them. */
export const ghsaUpstream = repositoryUpstream({
  id: 'ghsa',
  title: 'GitHub Advisory Database',
  repository: 'github/advisory-database',
  branch: 'main',
  always: false,
});
