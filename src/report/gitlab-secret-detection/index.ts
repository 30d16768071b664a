import { gitlabReporter } from '../gitlab-security/reporter.ts';

/**
 * GitLab's secret detection report. Its schema wants a commit: that of the pipeline (`CI_COMMIT_SHA`), and zeros where there is none. Nothing of the
 * secret is in it.
 */
export const gitlabSecretDetection = gitlabReporter(
  'gitlab-secret-detection',
  ({ secret }) => secret !== undefined,
  async () => (await import('./kind.ts')).secretDetection,
);
