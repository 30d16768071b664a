const PRAGMA =
  /(?:\bplimsoll:ignore|\bgitleaks:allow|\btrivy:ignore|\bpragma:\s?(?:allowlist|whitelist)[ -]secret|\bnosecret)\b(?::[\w*.-]+)?[ \t:-]*([^\r\n]*)/i;
const NAMED = /\b(?:plimsoll|trivy):ignore:([\w.-]+)/i;

/** An inline comment behind a secret on its line that says not to count it, with the reason that follows it. `rule` is the rule it may name. */
export function readPragma(restOfLine: string, rule: string): { readonly by: 'pragma'; readonly reason?: string } | undefined {
  const found = PRAGMA.exec(restOfLine);
  if (found === null) return undefined;
  const named = NAMED.exec(restOfLine)?.[1];
  if (named !== undefined && named !== rule) return undefined;
  const reason = Buffer.from(found[1]!, 'latin1')
    .toString('utf8')
    .replace(/(?:\*\/|-->|#\}|%>)\s*$/, '')
    .trim()
    .slice(0, 200);
  return reason === '' ? { by: 'pragma' } : { by: 'pragma', reason };
}
