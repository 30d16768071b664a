import type { Reporter } from '../types.ts';

/**
 * JUnit's XML as Jenkins, GitLab, Azure and CircleCI read it: a suite for each package and kind, a case for each finding. What counts is
 * a failure, what does not is skipped, and the gate's answer is a case of its own. Source: junit-10.xsd of Jenkins' xUnit plug-in.
 */
export const junit: Reporter = {
  id: 'junit',
  mediaType: 'application/xml',
  async write(report, out, how) {
    const { junitDocument } = await import('./document.ts');
    out.write(await junitDocument({ reports: [report], failed: [] }, how));
  },
  async writePlatforms(platforms, out, how) {
    const { junitDocument } = await import('./document.ts');
    out.write(await junitDocument(platforms, how));
  },
  async writeComparison(compared, out, how) {
    const { comparisonDocument } = await import('./document.ts');
    out.write(await comparisonDocument(compared, how));
  },
};
