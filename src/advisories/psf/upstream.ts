import { repositoryUpstream } from '../repository-upstream.ts';
import { psf } from './index.ts';

export const psfUpstream = repositoryUpstream(psf, {
  repository: 'psf/advisory-database',
  branch: 'main',
});
