/** Options of `docker run` and `docker create` that take a value. Source: Docker's reference of `docker container run`, August 2026, and its hidden ones. */
const VALUE_FLAGS = [
  ...[
    'add-host',
    'annotation',
    'attach',
    'blkio-weight',
    'blkio-weight-device',
    'cap-add',
    'cap-drop',
    'cgroup-parent',
    'cgroupns',
    'cidfile',
  ],
  ...['cpu-count', 'cpu-percent', 'cpu-period', 'cpu-quota', 'cpu-rt-period', 'cpu-rt-runtime', 'cpu-shares', 'cpus', 'cpuset-cpus'],
  ...['cpuset-mems', 'detach-keys', 'device', 'device-cgroup-rule', 'device-read-bps', 'device-read-iops', 'device-write-bps'],
  ...['device-write-iops', 'dns', 'dns-opt', 'dns-option', 'dns-search', 'domainname', 'entrypoint', 'env', 'env-file', 'expose', 'gpus'],
  ...['group-add', 'health-cmd', 'health-interval', 'health-retries', 'health-start-interval', 'health-start-period', 'health-timeout'],
  ...['hostname', 'io-maxbandwidth', 'io-maxiops', 'ip', 'ip6', 'ipc', 'isolation', 'kernel-memory', 'label', 'label-file', 'link'],
  ...['link-local-ip', 'log-driver', 'log-opt', 'mac-address', 'memory', 'memory-reservation', 'memory-swap', 'memory-swappiness', 'mount'],
  ...[
    'name',
    'net',
    'net-alias',
    'network',
    'network-alias',
    'oom-score-adj',
    'pid',
    'pids-limit',
    'platform',
    'publish',
    'pull',
    'restart',
  ],
  ...['runtime', 'security-opt', 'shm-size', 'stop-signal', 'stop-timeout', 'storage-opt', 'sysctl', 'tmpfs', 'ulimit', 'user', 'userns'],
  ...['uts', 'volume', 'volume-driver', 'volumes-from', 'workdir'],
];

/** Those that are switches: a value needs `=`. */
const SWITCHES = [
  ...['detach', 'disable-content-trust', 'help', 'init', 'interactive', 'no-healthcheck', 'oom-kill-disable', 'privileged', 'publish-all'],
  ...['quiet', 'read-only', 'rm', 'sig-proxy', 'tty', 'use-api-socket'],
];

/** What Podman has beside these. Source: podman-run(1). */
const PODMAN_VALUE_FLAGS = [
  ...['arch', 'authfile', 'cert-dir', 'cgroup-conf', 'cgroups', 'chrootdirs', 'conmon-pidfile', 'creds', 'decryption-key', 'env-merge'],
  ...['gidmap', 'group-entry', 'health-log-destination', 'health-max-log-count', 'health-max-log-size', 'health-on-failure'],
  ...['health-startup-cmd', 'health-startup-interval', 'health-startup-retries', 'health-startup-success', 'health-startup-timeout'],
  ...[
    'hosts-file',
    'hostuser',
    'image-volume',
    'init-ctr',
    'init-path',
    'os',
    'passwd-entry',
    'personality',
    'pidfile',
    'pod',
    'pod-id-file',
  ],
  ...['preserve-fd', 'preserve-fds', 'rdt-class', 'requires', 'retry', 'retry-delay', 'sdnotify', 'seccomp-policy', 'secret'],
  ...['shm-size-systemd', 'subgidname', 'subuidname', 'systemd', 'timeout', 'tz', 'uidmap', 'umask', 'unsetenv', 'variant'],
];
const PODMAN_SWITCHES = [
  ...['env-host', 'http-proxy', 'no-hostname', 'no-hosts', 'passwd', 'read-only-tmpfs', 'replace', 'rmi', 'rootfs', 'tls-verify'],
  'unsetenv-all',
];

/** One letter for a long name. */
export const SHORT: Readonly<Record<string, string>> = {
  a: 'attach',
  c: 'cpu-shares',
  d: 'detach',
  e: 'env',
  h: 'hostname',
  i: 'interactive',
  l: 'label',
  m: 'memory',
  p: 'publish',
  P: 'publish-all',
  q: 'quiet',
  t: 'tty',
  u: 'user',
  v: 'volume',
  w: 'workdir',
};

/** Names that the engine takes for another. */
export const SAME_AS: Readonly<Record<string, string>> = { 'net': 'network', 'net-alias': 'network-alias', 'dns-opt': 'dns-option' };

/** Options that do nothing any more, and what to write instead, if anything. Source: docs.docker.com/engine/deprecated. */
export const OBSOLETE: Readonly<Record<string, string>> = {
  'kernel-memory': '--memory',
  'disable-content-trust': '',
};

export type Engine = 'docker' | 'podman' | 'nerdctl';

/** What people write, often out of Compose, Kubernetes or `docker build`, and what is meant. */
const MEANT: Readonly<Record<string, string>> = {
  'no-new-privileges': '--security-opt no-new-privileges',
  'seccomp': '--security-opt seccomp=',
  'apparmor': '--security-opt apparmor=',
  'selinux': '--security-opt label=',
  'security-opts': '--security-opt',
  'port': '--publish',
  'ports': '--publish',
  'environment': '--env',
  'mem': '--memory',
  'mem-limit': '--memory',
  'memory-limit': '--memory',
  'cpu': '--cpus',
  'cpu-limit': '--cpus',
  'read-only-rootfs': '--read-only',
  'read_only': '--read-only',
  'network-mode': '--network',
  'volumes': '--volume',
  'daemon': '--detach',
  'background': '--detach',
  'restart-policy': '--restart',
  'healthcheck': '--health-cmd',
  'health-check': '--health-cmd',
  'secret': '--mount type=bind,readonly',
  'run-as-user': '--user',
  'cap-drop-all': '--cap-drop ALL',
};

const NAMES: Readonly<Record<'docker' | 'podman', ReadonlyMap<string, 'value' | 'switch'>>> = {
  docker: table(VALUE_FLAGS, SWITCHES),
  podman: table([...VALUE_FLAGS, ...PODMAN_VALUE_FLAGS], [...SWITCHES, ...PODMAN_SWITCHES]),
};

/** Whether an option of this name takes a value; undefined where the engine has none of this name. */
export function flagKind(engine: Engine, name: string): 'value' | 'switch' | undefined {
  return NAMES[engine === 'docker' ? 'docker' : 'podman'].get(name);
}

export function flagNames(engine: Engine): readonly string[] {
  return [...NAMES[engine === 'docker' ? 'docker' : 'podman'].keys()];
}

/** What somebody means who writes an option that is none, where it is a known slip. */
export function meantBy(name: string): string | undefined {
  return Object.hasOwn(MEANT, name) ? MEANT[name] : undefined;
}

function table(values: readonly string[], switches: readonly string[]): ReadonlyMap<string, 'value' | 'switch'> {
  return new Map([...values.map((name) => [name, 'value'] as const), ...switches.map((name) => [name, 'switch'] as const)]);
}
