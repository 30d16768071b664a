import { type BlockMap, mapAt, parseBlockYaml, textAt } from '../../block-yaml.ts';
import { isNpmName } from '../../library-purl.ts';
import { isVersion, type LockedPackage, type LockGap } from '../../lock-file.ts';

/**
 * Entries of Yarn 2 and later: keys are what was asked for, `resolution` is what was taken (`name@npm:1.0.0`,
 * `name@patch:...`, `name@workspace:packages/x`). Workspaces and links have `linkType: soft`. Source: Yarn documentation, "Lexicon" (locator).
 */
export function parseBerry(text: string, gap: LockGap): readonly LockedPackage[] | undefined {
  const { documents, odd } = parseBlockYaml(text);
  const entries = documents[0];
  if (!entries) return undefined;
  const direct = askedByWorkspaces(entries);
  let unread = odd;
  const packages = [...entries].flatMap(([key, entry]): LockedPackage[] => {
    if (key === '__metadata') return [];
    if (!(entry instanceof Map) || !entry.has('resolution')) unread++;
    else if (textAt(entry, 'linkType') !== 'soft') {
      const locator = textAt(entry, 'resolution') ?? '';
      const name = locator.slice(0, locator.indexOf('@', 1));
      const version = textAt(entry, 'version');
      const role = key.split(', ').some((asked) => direct.has(asked)) ? 'direct' : 'indirect';
      if (isNpmName(name) && isVersion(version)) return [{ name, version, role }];
      unread++;
    }
    return [];
  });
  if (unread > 0) gap({ code: 'malformed', params: { what: `${unread} lines or entries of yarn.lock` }, incomplete: true });
  return packages;
}

/** The descriptors of what workspaces depend on; before Yarn 4 they were written without their protocol. */
function askedByWorkspaces(entries: BlockMap): ReadonlySet<string> {
  const asked = new Set<string>();
  for (const entry of entries.values()) {
    if (!(entry instanceof Map) || !textAt(entry, 'resolution')?.includes('@workspace:')) continue;
    for (const [name, range] of mapAt(entry, 'dependencies')) {
      if (typeof range === 'string') asked.add(`${name}@${range}`).add(`${name}@npm:${range}`);
    }
  }
  return asked;
}
