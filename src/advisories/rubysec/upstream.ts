import { repositoryUpstream } from '../repository-upstream.ts';
import { rubysec } from './index.ts';

export const rubysecUpstream = repositoryUpstream(rubysec, {
  repository: 'rubysec/ruby-advisory-db',
  branch: 'master',
});
