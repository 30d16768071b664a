/**
 * Tagged repositories of /etc/apk/repositories by tag, without credentials. Lines are `[@tag] URL`, or in apk-tools 3
 * `[@tag] v3 URL component...`. Source: apk-repositories(5).
 */
export function parseRepositories(text: string): Record<string, string> {
  const tagged: Record<string, string> = {};
  for (const line of text.split('\n')) {
    const parts = /^\s*@([\w.-]+)\s+(?:(?:v2|v3|ndx)\s+)?(\S+)/.exec(line);
    if (parts?.[1] === undefined || parts[2] === undefined || parts[1] === '__proto__') continue;
    tagged[parts[1]] = parts[2].replace(/\/\/[^/@]*@/, '//');
  }
  return tagged;
}
