import { repositoryUpstream } from '../repository-upstream.ts';

export const friendsofphpUpstream = repositoryUpstream({
  id: 'friendsofphp',
  title: 'PHP security advisories database',
  repository: 'FriendsOfPHP/security-advisories',
  branch: 'master',
});
