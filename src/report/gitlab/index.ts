import { gitlabReporter } from '../gitlab-security/reporter.ts';

/** GitLab's container scanning report: what is wrong with packages, which is all that its schema has a place for. */
export const gitlab = gitlabReporter(
  'gitlab',
  ({ finding }) => finding !== undefined,
  async () => (await import('./kind.ts')).containerScanning,
);
