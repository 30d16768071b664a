import type { SeverityLevel } from '../../model/index.ts';
import { isSecretValue, namesSecret } from '../mask.ts';
import type { Reported, Span } from '../types.ts';
import { isDigest, mendedDigest, splitImage } from './image-reference.ts';
import type { ContainerOptions, Mount, Port, Variable } from './model.ts';
import type { ContainerRule } from './rule.ts';

const BIND_MOUNTS = 'https://docs.docker.com/engine/storage/bind-mounts/';
const PORTS = { run: 'publish', compose: 'ports' };
const IMAGE = 'https://docs.docker.com/build/building/best-practices/#pin-base-image-versions';

/** Sockets that give whoever can write to them the engine, and folders that they are in. */
const SOCKET = /(?:^|\/)(?:docker|containerd|crio|podman|dockershim|buildkitd|cri-dockerd)\.sock$/;
const SOCKET_FOLDER = /^\/(?:var\/)?run(?:\/(?:containerd|docker|podman|crio|user\/\d+))?$/;

const engineSocket: ContainerRule = {
  key: 'engine-socket',
  severity: 'high',
  cis: '5.32',
  nist: '4.4.3',
  reference: 'https://docs.docker.com/engine/security/protect-access/',
  check({ mounts, apiSocket }, report) {
    for (const { source, at } of binds(mounts)) {
      const path = cleanPath(source);
      if (SOCKET.test(path) || SOCKET_FOLDER.test(path)) report(at, { params: { path: source } });
    }
    if (apiSocket?.value) report(apiSocket.at, { params: { path: 'docker.sock' } });
  },
};

/** Folders of the host whose content is the host. Source: CIS Docker Benchmark 5.6, and what escapes through others rest on. */
const SENSITIVE = /^\/(?:|boot|dev|etc|lib|lib64|proc|sys|usr|root|home|var|var\/lib|var\/log|sbin|bin|opt)$/;
const SENSITIVE_BELOW =
  /^\/(?:boot|proc|sys|root|usr\/(?:s?bin|lib|lib64)|dev\/(?!shm$|null$|log$)|etc\/(?:shadow|passwd|group|gshadow|sudoers|ssh|cron\S*|pam\.d|kubernetes|docker|systemd|ld\.so\S*)|var\/lib\/(?:docker|containerd|kubelet|containers|rancher|etcd)|home\/[^/]+\/\.ssh)(?:\/|$)/;

const sensitiveMount: ContainerRule = {
  key: 'sensitive-mount',
  severity: 'high',
  cis: '5.6',
  nist: '4.5.5',
  reference: BIND_MOUNTS,
  check({ mounts }, report) {
    for (const { source, readOnly, at } of binds(mounts)) {
      const path = cleanPath(source);
      if (SOCKET.test(path) || !(SENSITIVE.test(path) || SENSITIVE_BELOW.test(path))) continue;
      report(at, { params: { path: source }, ...(readOnly ? { severity: 'medium' } : {}) });
    }
  },
};

const sharedPropagation: ContainerRule = {
  key: 'shared-propagation',
  severity: 'medium',
  cis: '5.20',
  nist: '4.4.3',
  reference: `${BIND_MOUNTS}#configure-bind-propagation`,
  check({ mounts }, report) {
    for (const { propagation, target, at } of mounts) {
      if (propagation === 'shared' || propagation === 'rshared') report(at, { params: { mode: propagation, path: target } });
    }
  },
};

const executableTmpfs: ContainerRule = {
  key: 'executable-tmpfs',
  severity: 'low',
  nist: '4.4.3',
  reference: { run: 'tmpfs', compose: 'tmpfs' },
  check({ mounts }, report) {
    for (const { type, exec, target, at } of mounts) if (type === 'tmpfs' && exec) report(at, { params: { path: target } });
  },
};

/** Through these the host's memory, disks or kernel can be read and changed. */
const RAW_DEVICE =
  /^\/dev\/(?:mem|kmem|port|kmsg|sd[a-z]\d*|nvme\w+|vd[a-z]\d*|xvd[a-z]\d*|dm-\d+|mapper(?:\/|$)|disk(?:\/|$)|loop\w*|raw\w*)/;

const hostDevice: ContainerRule = {
  key: 'host-device',
  severity: 'medium',
  cis: '5.18',
  nist: '4.4.3',
  reference: { run: 'device', compose: 'devices' },
  check({ devices }, report) {
    for (const { value, at } of devices) {
      if (/^[\w.-]+\/[\w.-]+=/.test(value)) continue; // a device of the Container Device Interface
      const [device = value] = value.split(':');
      const raw = device === '/dev' || RAW_DEVICE.test(device);
      report(at, { params: { device }, ...(raw ? { severity: 'high' } : {}) });
    }
  },
};

/** Ports that administer something, and what listens there. Source: IANA service names and the projects' own documentation. */
const MANAGEMENT: Readonly<Record<number, readonly [service: string, severity: SeverityLevel]>> = {
  22: ['SSH', 'high'],
  23: ['Telnet', 'high'],
  135: ['RPC', 'high'],
  445: ['SMB', 'high'],
  512: ['rexec', 'high'],
  513: ['rlogin', 'high'],
  514: ['rsh', 'high'],
  2375: ['Docker API', 'high'],
  2376: ['Docker API', 'high'],
  2377: ['Docker Swarm', 'high'],
  2379: ['etcd', 'high'],
  2380: ['etcd', 'high'],
  3389: ['RDP', 'high'],
  5900: ['VNC', 'high'],
  5985: ['WinRM', 'high'],
  5986: ['WinRM', 'high'],
  6443: ['Kubernetes API', 'high'],
  10250: ['kubelet', 'high'],
  1433: ['SQL Server', 'medium'],
  1521: ['Oracle', 'medium'],
  3306: ['MySQL', 'medium'],
  5432: ['PostgreSQL', 'medium'],
  6379: ['Redis', 'medium'],
  9042: ['Cassandra', 'medium'],
  9200: ['Elasticsearch', 'medium'],
  9300: ['Elasticsearch', 'medium'],
  11211: ['memcached', 'medium'],
  15672: ['RabbitMQ', 'medium'],
  27017: ['MongoDB', 'medium'],
  8500: ['Consul', 'medium'],
  8200: ['Vault', 'medium'],
};

const managementPort: ContainerRule = {
  key: 'management-port',
  severity: 'high',
  cis: '5.7',
  nist: '4.4.2',
  reference: PORTS,
  check({ ports }, report) {
    for (const port of ports.filter(isPublic)) {
      const [found] = Object.entries(MANAGEMENT).filter(([number]) => includes(port.containerPort, Number(number)));
      if (!found) continue;
      const [number, [service, severity]] = found;
      report(port.at, { params: { port: number, service }, severity });
    }
  },
};

const publishedEverywhere: ContainerRule = {
  key: 'published-everywhere',
  severity: 'low',
  cis: '5.14',
  nist: '4.4.2',
  reference: PORTS,
  check({ ports }, report) {
    for (const port of ports.filter(isPublic)) {
      if (![80, 443].some((web) => includes(port.hostPort ?? '', web)))
        report(port.at, { params: { port: port.hostPort ?? port.containerPort } });
    }
  },
};

const privilegedPort: ContainerRule = {
  key: 'privileged-port',
  severity: 'low',
  cis: '5.8',
  nist: '4.4.2',
  reference: PORTS,
  check({ ports }, report) {
    for (const { hostPort, at } of ports) {
      const first = Number.parseInt(hostPort ?? '', 10);
      if (first > 0 && first < 1024 && first !== 80 && first !== 443) report(at, { params: { port: first } });
    }
  },
};

const publishAll: ContainerRule = {
  key: 'publish-all',
  only: 'run',
  severity: 'low',
  cis: '5.9',
  nist: '4.4.2',
  reference: PORTS,
  check: ({ publishAll: all }, report) => {
    if (all?.value) report(all.at);
  },
};

const secretInEnvironment: ContainerRule = {
  key: 'secret-in-environment',
  severity: 'high',
  nist: '4.1.4',
  reference: 'https://docs.docker.com/compose/how-tos/use-secrets/',
  check: ({ variables }, report) => reportSecrets(variables, report),
};

const noTag: ContainerRule = {
  key: 'image-without-tag',
  severity: 'medium',
  cis: '5.28',
  nist: '4.2.2',
  reference: IMAGE,
  check: (container, report) => {
    const image = pulledImage(container);
    if (image && image.tag === undefined && image.digest === undefined) report(image.at, { params: { image: image.value } });
  },
};

const latest: ContainerRule = {
  key: 'image-latest',
  severity: 'medium',
  cis: '5.28',
  nist: '4.2.2',
  reference: IMAGE,
  check: (container, report) => {
    const image = pulledImage(container);
    if (image?.tag === 'latest' && image.digest === undefined) report(image.at, { params: { image: image.value } });
  },
};

const noDigest: ContainerRule = {
  key: 'image-without-digest',
  severity: 'low',
  nist: '4.1.5',
  reference: IMAGE,
  check: (container, report) => {
    const image = pulledImage(container);
    if (image && image.digest === undefined) report(image.at, { params: { image: image.value } });
  },
};

const invalidDigest: ContainerRule = {
  key: 'image-invalid-digest',
  severity: 'high',
  nist: '4.1.5',
  reference: 'https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests',
  check(container, report) {
    const image = pulledImage(container);
    const digest = image?.digest;
    if (!image || digest === undefined || isDigest(digest)) return;
    const mended = mendedDigest(digest);
    const end = image.at.end;
    const fits = image.at.end - image.at.start >= digest.length;
    report(image.at, {
      params: { digest: digest.length > 100 ? `${digest.slice(0, 100)}…` : digest },
      ...(mended !== undefined && fits && image.plain ? { fix: [{ start: end - digest.length, end, text: mended }] } : {}),
    });
  },
};

/** What a container takes and shows of the world outside. */
export const SURFACE_RULES: readonly ContainerRule[] = [
  engineSocket,
  sensitiveMount,
  sharedPropagation,
  executableTmpfs,
  hostDevice,
  managementPort,
  publishedEverywhere,
  privilegedPort,
  publishAll,
  secretInEnvironment,
  noTag,
  latest,
  noDigest,
  invalidDigest,
];

/** Reports variables whose values are secrets written down; their values are shown nowhere. */
export function reportSecrets(variables: readonly Variable[], report: (at: Span, reported?: Reported) => void): void {
  for (const { name, value, at, valueAt } of variables) {
    if (value === undefined || !holdsSecret(name, value)) continue;
    report(at, { params: { name }, masked: [valueAt ?? at] });
  }
}

function holdsSecret(name: string, value: string): boolean {
  if (/^[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:(?!\$|%\w)[^\s/@]+@/i.test(value)) return true;
  if (!namesSecret(name)) return false;
  const [, fallback] = /^\$\{\w+:?-(.+)\}$/.exec(value) ?? [];
  return isSecretValue(fallback ?? value);
}

/** The image where it is pulled by this very name: neither built here nor named by a variable, which may hold the tag or all of it. */
function pulledImage({ image, builds }: ContainerOptions) {
  if (!image || builds || image.value.includes('$') || image.value === '') return undefined;
  // Where the text is as long as the value, offsets in one are offsets in the other.
  return { ...image, ...splitImage(image.value), plain: image.at.end - image.at.start === image.value.length };
}

function binds(mounts: readonly Mount[]): (Mount & { readonly source: string })[] {
  return mounts.filter((each): each is Mount & { source: string } => each.type === 'bind' && each.source !== undefined);
}

/** Without doubled and trailing slashes, and `.` and `..` resolved; `//etc/./` is /etc too. */
function cleanPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return path.startsWith('/') ? `/${parts.join('/')}` : path;
}

/** Reachable from other machines: no address of this machine alone is named. */
function isPublic({ hostIp }: Port): boolean {
  return hostIp === undefined || hostIp === '' || hostIp === '0.0.0.0' || hostIp === '::' || hostIp === '[::]' || hostIp === '*';
}

/** Whether `22`, `20-25` or `22/tcp` holds the port. */
function includes(written: string, port: number): boolean {
  const [, from = '', to = from] = /^(\d+)(?:-(\d+))?(?:\/\w+)?$/.exec(written.trim()) ?? [];
  return from !== '' && port >= Number(from) && port <= Number(to);
}
