import { repositoryUpstream } from '../repository-upstream.ts';
import { rustsec } from './index.ts';

export const rustsecUpstream = repositoryUpstream(rustsec, {
  repository: 'rustsec/advisory-db',
  branch: 'main',
});
