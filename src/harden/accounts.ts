/** One line of passwd(5). */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
  readonly shell: string;
}

/** Lines that are not of the form are left out, as the system does. */
export function parsePasswd(text: string): Account[] {
  return text.split('\n').flatMap((line) => {
    const [name = '', , uid = '', gid = '', , home = '', shell = ''] = line.split(':');
    return name !== '' && isId(uid) && isId(gid) ? [{ name, uid: Number(uid), gid: Number(gid), home, shell: shell.trim() }] : [];
  });
}

/** Numbers of groups by name. Source: group(5). */
export function parseGroups(text: string): Map<string, number> {
  return new Map(
    text.split('\n').flatMap((line): [string, number][] => {
      const [name = '', , gid = ''] = line.split(':');
      return name !== '' && isId(gid.trim()) ? [[name, Number(gid)]] : [];
    }),
  );
}

export type ResolvedUser =
  | { readonly how: 'root' | 'numeric' | 'named'; readonly uid: number; readonly gid: number; readonly name?: string }
  | { readonly how: 'unknown'; readonly name: string };

/**
 * The user that an image's configuration names: `1000`, `1000:1000`, `node`, `node:staff`, or nothing for root. A number without a
 * group takes that of its line in passwd, else 0, as runtimes do. Source: OCI image specification, config.md, "User".
 */
export function resolveUser(user: string | undefined, passwd = '', group = ''): ResolvedUser {
  const [who = '', groupName] = (user ?? '').trim().split(':');
  const accounts = parsePasswd(passwd);
  const account = isId(who) ? accounts.find(({ uid }) => uid === Number(who)) : accounts.find(({ name }) => name === who);
  const uid = who === '' || who === 'root' ? 0 : isId(who) ? Number(who) : account?.uid;
  if (uid === undefined) return { how: 'unknown', name: who };
  const gid =
    groupName === undefined || groupName === ''
      ? (account?.gid ?? 0)
      : isId(groupName)
        ? Number(groupName)
        : parseGroups(group).get(groupName);
  if (gid === undefined) return { how: 'unknown', name: `${who}:${groupName}` };
  if (uid === 0) return { how: 'root', uid, gid };
  return isId(who) ? { how: 'numeric', uid, gid } : { how: 'named', uid, gid, name: who };
}

/** Users of the image that a program could run as: not root, and not those that every distribution brings for itself. */
export function candidates(passwd: string, web: boolean): Account[] {
  return parsePasswd(passwd)
    .filter(({ uid, name }) => uid !== 0 && uid !== 65534 && !SYSTEM.has(name) && (web || name !== 'www-data'))
    .slice(0, 5);
}

const SYSTEM = new Set(
  (
    'daemon bin sys sync games man lp mail news uucp proxy backup list irc gnats _apt adm shutdown halt operator ftp at squid xfs ' +
    'postmaster cyrus vpopmail ntp smmsp guest nobody systemd-network systemd-resolve messagebus sshd svn dbus polkitd tss svc'
  ).split(' '),
);

function isId(text: string): boolean {
  return /^\d{1,10}$/.test(text) && Number(text) <= 4_294_967_294;
}
