import { gitlabReporter } from '../gitlab-security/reporter.ts';

/** GitLab's SAST report: configuration that is wrong, and what other tools found in code, each at its line. */
export const gitlabSast = gitlabReporter(
  'gitlab-sast',
  ({ check, imported }) => check !== undefined || imported !== undefined,
  async () => (await import('./kind.ts')).sast,
);
