const ODD = /^\/|\/\/|(?:^|\/)\.{1,2}(?:\/|$)/;

/**
 * The path below the root that an entry's name means: no leading or trailing slash, no `.` or `..`, `''` for the root itself.
 * Undefined where `..` would leave the root: some unpackers clamp such names, others refuse them, and a scanner cannot tell
 * which file they mean (the attack is known as zip slip).
 */
export function normalisePath(name: string): string | undefined {
  let path = name.startsWith('./') ? name.slice(2) : name;
  if (path.endsWith('/')) path = path.slice(0, -1);
  const first = path.charCodeAt(0);
  if (first !== 0x2e && first !== 0x2f && !path.includes('/.') && !path.includes('//')) return path;
  return ODD.test(path) ? resolve(path) : path;
}

function resolve(path: string): string | undefined {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}
