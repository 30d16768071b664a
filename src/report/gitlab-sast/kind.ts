import { type GitlabKind, type Identifier, identifier, lines, weakness, withUrl } from '../gitlab-security/kind.ts';
import { cwesOf, type Issue } from '../issues.ts';

export const sast: GitlabKind = {
  scan: 'sast',
  entries: (issue) => (issue.check || issue.imported ? [issue] : []),
  name: ({ title }) => title,
  identifiers,
  location: lines,
};

/** The rule first, then what other tools and benchmarks call it. */
function identifiers(issue: Issue): readonly Identifier[] {
  const { rule, aliases, benchmarks, references } = issue;
  const url = references.find((each) => /^https?:/.test(each));
  return [
    withUrl(identifier(rule, 'plimsoll_rule_id'), url),
    ...aliases.map((name) => identifier(name, 'alias')),
    ...benchmarks.map((name) => identifier(name, 'benchmark')),
    ...cwesOf(issue).flatMap(weakness),
  ];
}
