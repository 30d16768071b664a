import { candidates, type ResolvedUser, resolveUser } from './accounts.ts';
import type { FolderFact, ImageFacts, Mount, Plan, Reason } from './types.ts';

export interface PlanOptions {
  /** Instead of the image's user: `10001` or `10001:10001`. */
  readonly user?: string;
}

/** Pure. What is not known is left out, and said. */
export function planOf(facts: ImageFacts, { user: given }: PlanOptions = {}): Plan {
  // A number alone means group 0 to runtimes, which is more than was asked for.
  const asked = given === undefined || given.includes(':') ? given : `${given}:${given}`;
  const user = resolveUser(asked ?? facts.config.config.user, facts.passwd, facts.group);
  const root = user.how === 'root';
  const ports = lowPorts(facts);
  const { mounts, writable } = mountsOf(facts, user);
  return {
    name: facts.name,
    reference: facts.reference ?? 'your-image',
    root,
    ...(user.how === 'unknown' ? {} : { user: { uid: user.uid, gid: user.gid } }),
    userReasons: userReasons(facts, user, given !== undefined),
    capabilities: root ? rootCapabilities(facts, ports) : [],
    ...(ports[0] === undefined ? {} : { lowPort: ports[0] }),
    mounts,
    escalation: escalation(facts),
    writable,
  };
}

function userReasons(facts: ImageFacts, user: ResolvedUser, given: boolean): Reason[] {
  if (user.how === 'unknown') return [{ code: 'user.unknown', params: { user: user.name } }];
  const ids = { uid: user.uid, gid: user.gid };
  if (given && user.how !== 'root') return [{ code: 'user.given', params: ids }];
  if (user.how === 'numeric') return [{ code: 'user.numeric', params: ids }];
  if (user.how === 'named') return [{ code: 'user.named', params: { ...ids, user: user.name ?? '' } }];
  const others = candidates(facts.passwd ?? '', serves(facts)).map(({ name, id }) => `${name} (${id})`);
  return [
    { code: 'user.root' },
    ...(others.length > 0 ? [{ code: 'user.root.candidates', params: { users: others.join(', ') } } as const] : []),
  ];
}

/** Debian's accounts hold www-data whatever an image is for. */
function serves(facts: ImageFacts): boolean {
  return /nginx|httpd|apache|php|lighttpd|uwsgi/.test(commandOf(facts).join(' '));
}

function commandOf({ config }: ImageFacts): string[] {
  return [...(config.config.entrypoint ?? []), ...(config.config.cmd ?? [])];
}

/** Exposed ports below 1024, lowest first. */
function lowPorts({ config }: ImageFacts): number[] {
  const ports = config.config.exposedPorts.map((port) => Number(/^(\d{1,5})(?:\/|$)/.exec(port)?.[1]));
  return [...new Set(ports)].filter((port) => port > 0 && port < 1024).sort((a, b) => a - b);
}

/** A program that begins as root and becomes somebody else needs these; which of them, nobody can tell from outside. */
const SWITCHING = ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETGID', 'SETUID'];

function rootCapabilities(facts: ImageFacts, ports: readonly number[]): Plan['capabilities'] {
  const [switcher] = facts.userSwitchers;
  return [
    ...(switcher === undefined
      ? []
      : SWITCHING.map((name) => ({ name, reason: { code: 'add.switch', params: { program: switcher } } as const }))),
    ...(ports.length === 0
      ? []
      : [{ name: 'NET_BIND_SERVICE', reason: { code: 'add.ports', params: { ports: ports.join(', ') } } as const }]),
  ];
}

function escalation(facts: ImageFacts): Reason[] {
  const shown = (paths: readonly string[]) => (paths.length > 6 ? `${paths.slice(0, 6).join(', ')}, …` : paths.join(', '));
  return [
    { code: 'escalation' },
    ...(facts.setuid.length > 0
      ? [{ code: 'escalation.setuid', params: { count: facts.setuid.length, programs: shown(facts.setuid) } } as const]
      : []),
    ...(facts.capable.length > 0
      ? [{ code: 'escalation.capable', params: { count: facts.capable.length, programs: shown(facts.capable) } } as const]
      : []),
  ];
}

/** Places that programs write to whatever the image's folders say, by the name of the program; those that the image has are mounted. */
const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  'nginx': ['/run', '/var/cache/nginx'],
  'httpd': ['/usr/local/apache2/logs'],
  'apache2-foreground': ['/run', '/var/log/apache2'],
  'mysqld': ['/run/mysqld'],
  'mariadbd': ['/run/mysqld'],
  'postgres': ['/run/postgresql'],
  'catalina.sh': ['/usr/local/tomcat/logs', '/usr/local/tomcat/temp', '/usr/local/tomcat/work'],
};
/** Below them lies what a program makes while it runs. */
const MADE_AT_RUN_TIME =
  /^\/(?:tmp|run|data|cache|logs?|var\/(?:tmp|run|cache|log|lib|spool|opt|local)|srv|mnt|opt\/[^/]+\/(?:data|logs?|tmp|cache|run|work))(?:\/|$)/;
const MAX_MOUNTS = 20;
const MAX_LISTED = 10;
/** Package managers' and mail's own: nothing that runs in a container. */
const NOT_FOR_PROGRAMS =
  /^\/(?:var\/(?:cache\/(?:apt|man|yum|dnf|apk|ldconfig)|lib\/(?:apt|dpkg|rpm)|mail|spool)|run\/lock|dev|proc|sys)(?:\/|$)/;

function mountsOf(facts: ImageFacts, user: ResolvedUser): { mounts: Mount[]; writable: string[] } {
  const wanted = new Map<string, Reason>();
  for (const path of facts.config.config.volumes) wanted.set(clean(path), { code: 'mount.volume' });
  wanted.set('/tmp', { code: 'mount.temporary' });
  const program = commandOf(facts).map((word) => word.split('/').at(-1) ?? '');
  for (const [name, paths] of Object.entries(PROGRAMS)) {
    if (!program.includes(name)) continue;
    for (const path of paths) if (!wanted.has(path)) wanted.set(path, { code: 'mount.program', params: { program: name } });
  }
  const writable: string[] = [];
  for (const folder of facts.folders) {
    if (NOT_FOR_PROGRAMS.test(folder.path) || covered(folder.path, wanted) || !mayWrite(folder, user)) continue;
    if (folder.empty && (MADE_AT_RUN_TIME.test(folder.path) || isOwn(folder, user))) {
      wanted.set(folder.path, { code: 'mount.owned' });
    } else if (isOwn(folder, user) && writable.length < MAX_LISTED && !writable.some((above) => below(folder.path, above))) {
      writable.push(folder.path);
    }
  }
  const names = new Set<string>();
  const mounts = [...wanted].slice(0, MAX_MOUNTS).map(([path, reason]) => ({ path, reason, name: volumeName(path, names) }));
  return { mounts, writable };
}

function isOwn({ uid }: FolderFact, user: ResolvedUser): boolean {
  return user.how !== 'unknown' && user.how !== 'root' && uid === user.uid;
}

function mayWrite({ uid, gid, mode }: FolderFact, user: ResolvedUser): boolean {
  if (user.how === 'unknown') return (mode & 0o002) !== 0;
  if (user.how === 'root') return uid !== 0;
  return (uid === user.uid && (mode & 0o200) !== 0) || (gid === user.gid && gid !== 0 && (mode & 0o020) !== 0) || (mode & 0o002) !== 0;
}

function covered(path: string, wanted: ReadonlyMap<string, Reason>): boolean {
  return [...wanted.keys()].some((above) => path === above || below(path, above));
}

function below(path: string, above: string): boolean {
  return path.startsWith(above === '/' ? '/' : `${above}/`);
}

function clean(path: string): string {
  return `/${path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/')}`;
}

/** A DNS label of its own. */
function volumeName(path: string, taken: Set<string>): string {
  const name =
    path
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 50) || 'root';
  let free = name;
  for (let i = 2; taken.has(free); i++) free = `${name}-${i}`;
  taken.add(free);
  return free;
}
