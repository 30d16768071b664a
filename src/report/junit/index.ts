import { oneDocument } from '../one-document.ts';

/**
 * JUnit's XML as Jenkins, GitLab, Azure and CircleCI read it: a suite for each package and kind, a case for each finding. What counts is
 * a failure, what does not is skipped, and the gate's answer is a case of its own. Source: junit-10.xsd of Jenkins' xUnit plug-in.
 */
export const junit = oneDocument({
  id: 'junit',
  mediaType: 'application/xml',
  async document(platforms, how) {
    const { junitDocument } = await import('./document.ts');
    return [await junitDocument(platforms, how)];
  },
  async writeComparison(compared, out, how) {
    const { comparisonDocument } = await import('./document.ts');
    out.write(await comparisonDocument(compared, how));
  },
});
