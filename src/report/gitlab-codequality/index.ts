import { oneDocument } from '../one-document.ts';
import { safeJson } from '../safe-json.ts';
import type { CodeQualityIssue } from './entries.ts';

/**
 * What GitLab's merge requests show as code quality: findings of every kind, but for those that are not counted. GitLab compares by
 * `fingerprint` with the report of the target branch. Source: GitLab docs, "Code Quality report format", the subset of Code Climate's
 * issues that it reads; severities by docs.gitlab.com/ci/testing/code_quality.
 */
export const gitlabCodeQuality = oneDocument({
  id: 'gitlab-codequality',
  mediaType: 'application/json',
  async document({ reports }, how) {
    const { entries, once } = await import('./entries.ts');
    const all: CodeQualityIssue[] = [];
    for (const report of reports) all.push(...(await entries(report, how, reports.length > 1)));
    return safeJson(once(all, ({ fingerprint }) => fingerprint));
  },
});
