import { repositoryUpstream } from '../repository-upstream.ts';

export const vulnrichmentUpstream = repositoryUpstream({
  id: 'vulnrichment',
  title: 'CISA Vulnrichment',
  repository: 'cisagov/vulnrichment',
  branch: 'develop',
});
