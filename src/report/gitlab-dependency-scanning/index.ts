import { gitlabReporter } from '../gitlab-security/reporter.ts';

/**
 * GitLab's dependency scanning report: what is wrong with the packages of lock files and manifests, an entry for each file. What an operating
 * system's package manager brought has no such file, and is in `gitlab`.
 */
export const gitlabDependencyScanning = gitlabReporter(
  'gitlab-dependency-scanning',
  ({ finding }) => finding?.package.class === 'library',
  async () => (await import('./kind.ts')).dependencyScanning,
);
