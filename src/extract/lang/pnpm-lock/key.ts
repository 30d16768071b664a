/** What a key below `packages` says of a package. */
export interface PnpmKey {
  readonly name: string;
  /** Empty where the key names a place (an archive, a repository) instead. */
  readonly version: string;
}

/**
 * - version 5: `/name/1.0.0_peers`, `/@scope/name/1.0.0`, with the registry's host in front of the slash where it is not the usual one;
 * - version 6: `/name@1.0.0(peers)`;
 * - version 9: `name@1.0.0(peers)`, `name@https://...`.
 *
 * `local` for folders and links: they are the project's own. Undefined for what is none of these, such as the repositories of
 * versions 5 and 6 (`github.com/user/name/commit`), whose entries state the name. Source: pnpm's lockfile specification (pnpm/spec,
 * lockfile/5.2.md, 6.0.md and 9.0.md).
 */
export function parseKey(key: string): PnpmKey | 'local' | undefined {
  const bare = withoutPeers(key).replace(/^\//, '');
  if (bare.length > MAX_LENGTH) return undefined;
  if (isLocal(bare)) return 'local';
  const at = /^((?:@[^/@]+\/)?[^/@]+)@(.+)$/.exec(bare);
  if (at) {
    const [, name = '', ref = ''] = at;
    if (isLocal(ref)) return 'local';
    return { name, version: VERSION.test(ref) ? ref : '' };
  }
  const slash = /^(?:[^/@]+\.[^/]+\/)?((?:@[^/]+\/)?[^/]+)\/([^/_]+)(?:_.*)?$/.exec(bare);
  const [, name = '', version = ''] = slash ?? [];
  return VERSION.test(version) ? { name, version } : undefined;
}

/** The key of a package whose variants differ in what their peers are. */
export function withoutPeers(key: string): string {
  const paren = key.indexOf('(');
  return paren < 0 ? key : key.slice(0, paren);
}

/** What the key of a dependency may be, `ref` being what stands behind its name. */
export function keysOf(name: string, ref: string): readonly string[] {
  return [`${name}@${ref}`, `/${name}@${ref}`, `/${name}/${ref}`, ref];
}

/** Names have 214 characters at most, addresses some more. */
const MAX_LENGTH = 2000;

const VERSION = /^\d+\.\d+\.\d+([-+][\w.+-]*)?$/;

/** A packed archive is somebody's release, even where it lies in a folder. */
function isLocal(ref: string): boolean {
  return /^(link|workspace|file|portal):/.test(ref) && !/\.(tgz|tar\.gz)$/.test(ref);
}
