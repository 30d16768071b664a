import { repositoryUpstream } from '../repository-upstream.ts';

export const rustsecUpstream = repositoryUpstream({
  id: 'rustsec',
  title: 'RustSec advisory database',
  repository: 'rustsec/advisory-db',
  branch: 'main',
});
