import { repositoryUpstream } from '../repository-upstream.ts';

/** Its archive holds 300,000 advisories that nobody has reviewed. The reviewed ones come with `osv`: this one is updated when it is asked for. */
export const ghsaUpstream = repositoryUpstream({
  id: 'ghsa',
  title: 'GitHub Advisory Database',
  repository: 'github/advisory-database',
  branch: 'main',
  always: false,
});
