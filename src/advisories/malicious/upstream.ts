import { repositoryUpstream } from '../repository-upstream.ts';

/** The repository itself, for who wants it: by default its records come out of osv.dev's bucket, where a change costs a file and not all of them. */
export const maliciousUpstream = repositoryUpstream({
  id: 'malicious',
  title: 'OpenSSF malicious packages',
  repository: 'ossf/malicious-packages',
  branch: 'main',
  always: false,
});
