import { type BlockMap, mapAt, parseBlockYaml, textAt } from '../../block-yaml.ts';
import { isNpmName } from '../../library-purl.ts';
import { isVersion, type LockedPackage, type LockGap, reachable } from '../../lock-file.ts';
import { keysOf, parseKey, withoutPeers } from './key.ts';

const WHAT = 'pnpm-lock.yaml';

/** Source: pnpm's lockfile specification (pnpm/spec, lockfile/). A file may hold a second document, for pnpm itself and its plug-ins. */
export function parsePnpmLock(text: string, gap: LockGap): readonly LockedPackage[] | undefined {
  const { documents, odd } = parseBlockYaml(text);
  if (documents.length === 0 || !documents.every((each) => each.has('lockfileVersion'))) return undefined;
  let unread = odd;
  const packages = documents.flatMap((document) => {
    const graph = graphOf(document);
    return [...mapAt(document, 'packages')].flatMap(([key, entry]) => {
      const found = toPackage(key, entry instanceof Map ? entry : undefined, graph);
      if (found === undefined) unread++;
      return found ?? [];
    });
  });
  if (unread > 0) gap({ code: 'malformed', params: { what: `${unread} lines or entries of ${WHAT}` }, incomplete: true });
  return packages;
}

/** What the importers ask for and what they reach, as keys of `packages`. */
interface Graph {
  readonly direct: ReadonlySet<string>;
  /** Absent where entries say themselves whether they are for development. */
  readonly production?: ReadonlySet<string>;
}

function toPackage(key: string, entry: BlockMap | undefined, graph: Graph): LockedPackage | readonly [] | undefined {
  const stated = parseKey(key);
  if (stated === 'local' || /\btype: directory\b/.test(textAt(entry, 'resolution') ?? '')) return [];
  const name = textAt(entry, 'name') ?? stated?.name;
  const version = textAt(entry, 'version') ?? stated?.version ?? '';
  if (!isNpmName(name) || (version !== '' && !isVersion(version))) return undefined;
  const dev = graph.production ? !graph.production.has(key) : textAt(entry, 'dev') === 'true';
  return { name, version, ...(dev ? { dev: true } : {}), role: graph.direct.has(key) ? 'direct' : 'indirect' };
}

function graphOf(document: BlockMap): Graph {
  const importers = [...mapAt(document, 'importers').values()].filter((one) => one instanceof Map);
  const production = new Set<string>();
  const development = new Set<string>();
  const nodes = document.has('snapshots') ? mapAt(document, 'snapshots') : mapAt(document, 'packages');
  // A project without a workspace is its own importer in the versions 5 and 6.
  for (const importer of importers.length > 0 ? importers : [document]) {
    for (const key of asked(importer, nodes, ['dependencies', 'optionalDependencies'])) production.add(key);
    for (const key of asked(importer, nodes, ['devDependencies'])) development.add(key);
  }
  const bare = (keys: Iterable<string>) => new Set([...keys].map(withoutPeers));
  if (!document.has('snapshots')) return { direct: new Set([...production, ...development]) };
  const next = (key: string) => {
    const node = nodes.get(key);
    return node instanceof Map ? asked(node, nodes, ['dependencies', 'optionalDependencies']) : [];
  };
  return { direct: bare([...production, ...development]), production: bare(reachable(production, next)) };
}

/** The keys among `nodes` of what `owner` names: `name: ref`, or `name:` with `version: ref` below. */
function asked(owner: BlockMap, nodes: BlockMap, kinds: readonly string[]): string[] {
  return kinds.flatMap((kind) =>
    [...mapAt(owner, kind)].flatMap(([name, value]) => {
      const ref = value instanceof Map ? textAt(value, 'version') : value;
      return (typeof ref === 'string' && keysOf(name, ref).find((key) => nodes.has(key))) || [];
    }),
  );
}
