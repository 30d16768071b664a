import { repositoryUpstream } from '../repository-upstream.ts';
import { pypa } from './index.ts';

/** The repository itself, for who wants it: by default its records come out of osv.dev's bucket, where a change costs a file and not all of them. */
export const pypaUpstream = repositoryUpstream(pypa, {
  repository: 'pypa/advisory-database',
  branch: 'main',
  always: false,
});
