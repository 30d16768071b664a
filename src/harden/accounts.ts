import { type AccountLine, accountLines, isAccountId } from '../util/accounts.ts';

export type ResolvedUser =
  | { readonly how: 'root' | 'numeric' | 'named'; readonly uid: number; readonly gid: number; readonly name?: string }
  | { readonly how: 'unknown'; readonly name: string };

/**
 * The user that an image's configuration names: `1000`, `1000:1000`, `node`, `node:staff`, or nothing for root. A number without a
 * group takes that of its line in passwd, else 0, as runtimes do. Source: OCI image specification, config.md, "User".
 */
export function resolveUser(user: string | undefined, passwd = '', group = ''): ResolvedUser {
  const [who = '', groupName] = (user ?? '').trim().split(':');
  const account = users(passwd).find(({ id, name }) => (isAccountId(who) ? id === Number(who) : name === who));
  const uid = who === '' || who === 'root' ? 0 : isAccountId(who) ? Number(who) : account?.id;
  if (uid === undefined) return { how: 'unknown', name: who };
  const gid =
    groupName === undefined || groupName === ''
      ? (account?.group ?? 0)
      : isAccountId(groupName)
        ? Number(groupName)
        : accountLines(group).find(({ name, id }) => name === groupName && id !== undefined)?.id;
  if (gid === undefined) return { how: 'unknown', name: `${who}:${groupName}` };
  if (uid === 0) return { how: 'root', uid, gid };
  return isAccountId(who) ? { how: 'numeric', uid, gid } : { how: 'named', uid, gid, name: who };
}

type User = AccountLine & { readonly id: number; readonly group: number };

/** Users of the image that a program could run as: not root, and not those that every distribution brings for itself. */
export function candidates(passwd: string, web: boolean): User[] {
  return users(passwd)
    .filter(({ id, name }) => id !== 0 && id !== 65534 && !SYSTEM.has(name) && (web || name !== 'www-data'))
    .slice(0, 5);
}

function users(passwd: string): User[] {
  return accountLines(passwd).filter((line): line is User => line.id !== undefined && line.group !== undefined);
}

const SYSTEM = new Set(
  (
    'daemon bin sys sync games man lp mail news uucp proxy backup list irc gnats _apt adm shutdown halt operator ftp at squid xfs ' +
    'postmaster cyrus vpopmail ntp smmsp guest nobody systemd-network systemd-resolve messagebus sshd svn dbus polkitd tss svc'
  ).split(' '),
);
