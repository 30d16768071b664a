import { posix } from 'node:path';
import { isPypiName } from '../../library-purl.ts';
import { isVersion } from '../../lock-file.ts';

export interface Requirements {
  /** Of the lines that pin one version. Empty version: a repository or archive that does not tell. */
  readonly packages: readonly { readonly name: string; readonly version: string }[];
  /** Names of the other lines. */
  readonly unpinned: readonly string[];
  /** Paths of files that are included, from the root of what is scanned; addresses as they are. */
  readonly includes: readonly string[];
  readonly constraints: readonly string[];
  /** Lines that are nothing of the above. */
  readonly odd: number;
}

/** A requirement with its hashes goes over many lines, each of which is short. Of a longer one the beginning counts, which names it. */
const MAX_LINE = 20_000;

/** Source: pip documentation, "Requirements File Format"; PyPA, "Dependency specifiers". Never throws. */
export function parseRequirements(text: string, path: string): Requirements {
  const packages: { name: string; version: string }[] = [];
  const unpinned: string[] = [];
  const includes: string[] = [];
  const constraints: string[] = [];
  let odd = 0;
  for (const line of logicalLines(text)) {
    const option = /^(-r|--requirement|-c|--constraint|-e|--editable)(?:[ \t]*=?[ \t]*)(.+)$/.exec(line);
    if (option) {
      const [, name = '', value = ''] = option;
      if (name === '-e' || name === '--editable') place(value);
      else (/^(-r|--r)/.test(name) ? includes : constraints).push(resolve(path, value));
    } else if (!line.startsWith('-')) requirement(line);
  }
  return { packages, unpinned, includes, constraints, odd };

  function requirement(line: string): void {
    const bare = line.replace(/[ \t]+--.*$/, '');
    const named = /^([a-z0-9][a-z0-9._-]*)[ \t]*(?:\[[^\]]*\])?[ \t]*(.*)$/i.exec(bare);
    const [, name = '', rest = ''] = named ?? [];
    if (!isPypiName(name) || /^[/:\\]/.test(rest) || isWheelOrFolder(bare)) place(bare);
    else if (rest.startsWith('@')) packages.push({ name, version: ofArchive(rest)?.version ?? '' });
    else if (rest === '' || /^[;(<>=!~]/.test(rest)) {
      const version = pinnedVersion(rest);
      if (version === undefined) unpinned.push(name);
      else packages.push({ name, version });
    } else odd++;
  }

  /** An address, a repository with its name behind `#egg=`, or a folder, which is the project's own. */
  function place(value: string): void {
    const archive = ofArchive(value);
    const egg = /[#&]egg=([a-z0-9._-]+)/i.exec(value)?.[1];
    if (archive) packages.push(archive);
    else if (isPypiName(egg)) packages.push({ name: egg, version: '' });
    else if (/^[a-z+]+:\/\//i.test(value)) unpinned.push(value);
    else if (!/^[./~\\]|^[a-z]:|^file:|^\$\{/i.test(value)) odd++;
  }
}

/** Comments taken out, lines that end in a backslash joined. */
function* logicalLines(text: string): Generator<string> {
  let joined = '';
  for (const line of text.split('\n')) {
    const content = line.replace(/\r$/, '').replace(/(^|[ \t])#.*$/, '');
    if (content.endsWith('\\')) {
      if (joined.length < MAX_LINE) joined += `${content.slice(0, -1)} `;
      continue;
    }
    const whole = `${joined}${content}`.trim();
    joined = '';
    if (whole !== '') yield whole.slice(0, MAX_LINE);
  }
  if (joined.trim() !== '') yield joined.trim().slice(0, MAX_LINE);
}

/** `==1.0`, `===1.0`, with others beside it or in parentheses; no `==1.*`. */
function pinnedVersion(rest: string): string | undefined {
  const specifiers = (rest.split(';')[0] ?? '').replace(/[()]/g, '').split(',');
  const exact = specifiers.map((one) => /^\s*={2,3}\s*(\S+)\s*$/.exec(one)?.[1]).find((version) => version !== undefined);
  return isVersion(exact) && !exact.includes('*') ? exact : undefined;
}

/** Name and version of a wheel's file name. Source: PyPA, "Binary distribution format", file name convention. */
function ofArchive(value: string): { name: string; version: string } | undefined {
  const match = /([a-z0-9][a-z0-9._]*)-([a-z0-9][a-z0-9._!+]*)-[^/\s]*\.whl/i.exec(value.slice(0, 4096));
  const [, name, version] = match ?? [];
  return isPypiName(name) && isVersion(version) ? { name, version } : undefined;
}

function isWheelOrFolder(text: string): boolean {
  return /\.whl$/i.test(text) || /^\.{1,2}([/\\]|$)/.test(text);
}

function resolve(path: string, value: string): string {
  const target = value.trim().replace(/^"(.*)"$/, '$1');
  return /^[a-z]+:\/\//i.test(target) || target.startsWith('/') ? target : posix.join(posix.dirname(path), target);
}
