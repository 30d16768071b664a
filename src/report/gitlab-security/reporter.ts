import type { Issue } from '../issues.ts';
import { oneDocument } from '../one-document.ts';
import { safeJson } from '../safe-json.ts';
import type { Reporter } from '../types.ts';
import type { GitlabKind } from './kind.ts';

/**
 * A reporter of one of GitLab's kinds of scan. What is not counted is left out: GitLab knows no suppression by a scanner. Several
 * platforms are one document.
 */
export function gitlabReporter(id: string, covers: (issue: Issue) => boolean, load: () => Promise<GitlabKind>): Reporter {
  return oneDocument({
    id,
    mediaType: 'application/json',
    covers,
    async document({ reports }, how) {
      const [kind, { gitlabReport }] = await Promise.all([load(), import('./document.ts')]);
      return safeJson(await gitlabReport(kind, reports, how));
    },
  });
}
