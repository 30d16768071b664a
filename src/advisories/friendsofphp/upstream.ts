import { repositoryUpstream } from '../repository-upstream.ts';
import { friendsofphp } from './index.ts';

export const friendsofphpUpstream = repositoryUpstream(friendsofphp, {
  repository: 'FriendsOfPHP/security-advisories',
  branch: 'master',
});
