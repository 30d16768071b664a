import { mirrorRepository } from './mirror-repository.ts';
import type { AdvisorySource, Upstream } from './types.ts';

export interface GitHubRepository extends Pick<Upstream, 'always'> {
  /** `rustsec/advisory-db` */
  readonly repository: string;
  readonly branch: string;
}

/**
 * A repository on GitHub whose files are one feed, as the archive of one branch: whole, but only where it changed (ETag). A folder may
 * stand in, with that archive or with the repository checked out. Source: docs.github.com, "Downloading source code archives".
 */
export function repositoryUpstream({ id, title, claims }: AdvisorySource, { repository, branch, always }: GitHubRepository): Upstream {
  return {
    id,
    title,
    feeds: [id],
    url: `https://github.com/${repository}/archive/refs/heads/`,
    ...(always === undefined ? {} : { always }),
    update: (mirror) =>
      mirrorRepository(mirror, {
        upstream: id,
        archives: [`${branch}.tar.gz`],
        folders: [''],
        wanted: (path) => claims(`${id}/${path}`),
      }),
  };
}
