import { nameOfFlaw, namesOfFlaw } from '../gitlab-security/flaws.ts';
import { dependency, type GitlabKind, relative } from '../gitlab-security/kind.ts';
import type { Issue } from '../issues.ts';

export const dependencyScanning: GitlabKind = {
  scan: 'dependency_scanning',
  entries: (issue) => (issue.finding?.package.class === 'library' ? byFile(issue) : []),
  name: nameOfFlaw,
  identifiers: namesOfFlaw,
  location: (issue) => ({ file: relative(issue.places[0]?.path ?? ''), dependency: dependency(issue) }),
};

/** One for each place, by that place's own fingerprint. */
function byFile(issue: Issue): readonly Issue[] {
  return issue.places.map((place, i) => {
    const print = issue.finding?.locations[i]?.fingerprint;
    return { ...issue, places: [place], ...(print === undefined ? {} : { fingerprint: print.slice(print.indexOf(':') + 1) }) };
  });
}
