import { isNpmName } from '../../library-purl.ts';
import { isVersion, type LockedPackage, type LockGap } from '../../lock-file.ts';

/**
 * Entries of Yarn 1: at the line's start what was asked for (`"a@^1.0.0", a@~1.1.0:`), below it `version "1.1.2"` and more.
 * Source: Yarn 1 documentation, "yarn.lock"; observed of what it writes.
 */
export function parseClassic(text: string, gap: LockGap): readonly LockedPackage[] | undefined {
  const packages: LockedPackage[] = [];
  let asked: readonly string[] | undefined;
  let odd = 0;
  let isLock = false;
  const close = (): void => {
    if (asked && !asked.every(isLocal)) odd++; // an entry without a version
    asked = undefined;
  };
  for (const line of text.split('\n')) {
    const content = line.trimEnd();
    if (content === '' || content.startsWith('#')) {
      if (content === '# yarn lockfile v1') isLock = true;
    } else if (!/^\s/.test(content)) {
      close();
      asked = content.endsWith(':') ? splitAsked(content.slice(0, -1)) : undefined;
      if (!asked) odd++;
    } else if (asked && /^ {2}"?version"? /.test(content)) {
      const version = /^ {2}"?version"? "?([^"]*)"?$/.exec(content)?.[1];
      const name = nameOf(asked[0] ?? '');
      if (asked.every(isLocal)) asked = undefined;
      else if (isVersion(version) && isNpmName(name)) {
        packages.push({ name, version });
        asked = undefined;
      }
    }
  }
  close();
  if (!isLock && packages.length === 0) return undefined;
  if (odd > 0) gap({ code: 'malformed', params: { what: `${odd} entries of yarn.lock` }, incomplete: true });
  return packages;
}

/** Undefined where one of them has no name. */
function splitAsked(text: string): string[] | undefined {
  const all = text.split(', ').map((one) => one.trim().replace(/^"(.*)"$/, '$1'));
  return all.every((one) => one.indexOf('@', 1) > 0) ? all : undefined;
}

/** Of `name@range`; of `alias@npm:name@range` the name. */
function nameOf(asked: string): string {
  const range = asked.slice(asked.indexOf('@', 1) + 1);
  const alias = /^npm:((?:@[^/@]+\/)?[^/@]+)(@.*)?$/.exec(range);
  return alias?.[1] ?? asked.slice(0, asked.indexOf('@', 1));
}

/** A folder of the project; a packed archive is somebody's release. */
function isLocal(asked: string): boolean {
  return /@(file|link):/.test(asked) && !/\.(tgz|tar\.gz)$/.test(asked);
}
