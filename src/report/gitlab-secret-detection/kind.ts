import { type GitlabKind, identifier, lines, weakness } from '../gitlab-security/kind.ts';

const NO_COMMIT = '0000000';
/** Use of hard-coded credentials. */
const CWE = 'CWE-798';

export const secretDetection: GitlabKind = {
  scan: 'secret_detection',
  entries: (issue) => (issue.secret ? [issue] : []),
  name: ({ title }) => title,
  identifiers: ({ rule }) => [identifier(rule, 'plimsoll_rule_id'), ...weakness(CWE)],
  location: (issue, report, { env = {} }) => ({ ...lines(issue, report), commit: { sha: commit(env.CI_COMMIT_SHA) } }),
};

function commit(sha: string | undefined): string {
  return sha !== undefined && /^[0-9a-f]{7,64}$/.test(sha) ? sha : NO_COMMIT;
}
