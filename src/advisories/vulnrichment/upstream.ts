import { repositoryUpstream } from '../repository-upstream.ts';
import { vulnrichment } from './index.ts';

export const vulnrichmentUpstream = repositoryUpstream(vulnrichment, {
  repository: 'cisagov/vulnrichment',
  branch: 'develop',
});
