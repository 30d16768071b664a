import { repositoryUpstream } from '../repository-upstream.ts';

/** The same records come with `osv`: this one is updated when it is asked for. */
export const maliciousUpstream = repositoryUpstream({
  id: 'malicious',
  title: 'OpenSSF malicious packages',
  repository: 'ossf/malicious-packages',
  branch: 'main',
  always: false,
});
