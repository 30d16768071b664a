import { repositoryUpstream } from '../repository-upstream.ts';

export const maliciousUpstream = repositoryUpstream({
  id: 'malicious',
  title: 'OpenSSF malicious packages',
  repository: 'ossf/malicious-packages',
  branch: 'main',
});
