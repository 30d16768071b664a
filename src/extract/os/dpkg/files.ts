/**
 * Paths in a `.list` file (one a line, folders before what is in them), each ended by a line feed; folders that are not
 * empty are left out. Source: dpkg-query(1), "--listfiles".
 */
export function pathsOfList(text: string): string {
  let out = '';
  let previous = '';
  for (const line of text.split('\n')) {
    const path = relative(line);
    if (path === '') continue;
    if (previous !== '' && !path.startsWith(`${previous}/`)) out += `${previous}\n`;
    previous = path;
  }
  return previous === '' ? out : `${out}${previous}\n`;
}

/** Without what makes it absolute; empty for the root itself (`/.`). */
function relative(path: string): string {
  const rest = path.startsWith('/') ? path.slice(1) : path.startsWith('./') ? path.slice(2) : path;
  return rest === '.' ? '' : rest;
}

/** Paths in a `.md5sums` file: `<32 hexadecimal digits>  <path>`. Source: deb-md5sums(5). */
export function pathsOfSums(text: string): string {
  let out = '';
  for (const line of text.split('\n')) {
    const path = relative(/^[0-9a-f]{32} [ *](.+)$/.exec(line)?.[1] ?? '');
    if (path !== '') out += `${path}\n`;
  }
  return out;
}

/** The paths in a text that one of the above made. */
export function splitPaths(text: string): string[] {
  return text === '' ? [] : text.slice(0, -1).split('\n');
}
