import { PlimsollError } from '../util/errors.ts';
import type { Upstream } from './types.ts';

export interface RepositoryUpstream extends Pick<Upstream, 'id' | 'title' | 'always'> {
  /** `rustsec/advisory-db` on GitHub. */
  readonly repository: string;
  readonly branch: string;
}

/**
 * A repository on GitHub whose files are the feed of the same id, as the archive of one branch: whole, but only where it changed
 * (ETag). Read as it is, entries that are no records included. Source: docs.github.com, "Downloading source code archives", URLs.
 */
export function repositoryUpstream({ id, title, repository, branch, always }: RepositoryUpstream): Upstream {
  const file = `${branch}.tar.gz`;
  return {
    id,
    title,
    feeds: [id],
    url: `https://github.com/${repository}/archive/refs/heads/`,
    ...(always === undefined ? {} : { always }),
    update: async (mirror) => {
      if ((await mirror.fetch(file)) === 'absent') throw new PlimsollError('feed-missing', { upstream: id, file });
    },
  };
}
