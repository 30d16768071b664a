import { repositoryUpstream } from '../repository-upstream.ts';

export const rubysecUpstream = repositoryUpstream({
  id: 'rubysec',
  title: 'Ruby advisory database',
  repository: 'rubysec/ruby-advisory-db',
  branch: 'master',
});
