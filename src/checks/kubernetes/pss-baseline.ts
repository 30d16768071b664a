import type { RuleFacts, Span } from '../types.ts';
import { at, entrySpan, isSet, items, scalar, textOf, type YamlNode } from '../yaml-tree.ts';
import { annotationsOf, type Container, type Pod } from './objects.ts';
import { BENCHMARKS, cis, containerRule, controlsOf, type KubeRule, podRule, type Report } from './rule.ts';

const B = BENCHMARKS;

const facts = controlsOf('baseline');

const privileged = containerRule(
  facts('privileged', 'privileged', 'critical', ['KSV-0017', 'privileged-container', 'C-0057'], [cis('5.2.2'), B.nsaPods, B.nistRuntime]),
  (container, report) => {
    const context = at(container.node, 'securityContext');
    if (scalar(at(context, 'privileged')) === true) report(entrySpan(context, 'privileged') ?? container.head);
  },
);

function hostNamespace(key: string, id: string, aliases: readonly string[], clause: string): KubeRule {
  return podRule(facts(id, 'hostNamespaces', 'high', aliases, [cis(clause), B.nsaPods, B.nistRuntime]), (pod, report) => {
    if (scalar(at(pod.spec, key)) === true) report(entrySpan(pod.spec, key) ?? pod.head);
  });
}

/** Directories of a host that lead to all of it. */
const SENSITIVE =
  /^\/(?:etc|proc|sys|dev|boot|root|var|run|var\/run|usr|lib|home)?$|^\/(?:etc|proc|sys|dev|root|boot|var\/lib\/(?:kubelet|docker|containerd|etcd))(?:\/|$)/;
const SOCKET =
  /\/(?:docker|containerd(?:\/containerd)?|crio\/crio|crio|podman\/podman|cri-dockerd|k3s\/containerd\/containerd|dockershim)\.sock$/;

type PathClass = 'socket' | 'sensitive' | 'other';

function classOf(path: string): PathClass {
  if (path === '') return 'other';
  const clean = `/${path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/')}`;
  if (SOCKET.test(clean)) return 'socket';
  return SENSITIVE.test(clean) ? 'sensitive' : 'other';
}

function hostPath(wanted: PathClass, id: string, severity: RuleFacts['severity'], aliases: readonly string[]): KubeRule {
  return podRule(facts(id, 'hostPathVolumes', severity, aliases, [cis('5.2.12'), B.nsaPods, B.nistHostFiles]), (pod, report) => {
    for (const volume of items(at(pod.spec, 'volumes'))) {
      if (!isSet(at(volume, 'hostPath'))) continue;
      const path = textOf(at(volume, 'hostPath', 'path')) ?? '';
      if (classOf(path) !== wanted) continue;
      const place = entrySpan(at(volume, 'hostPath'), 'path') ?? entrySpan(volume, 'hostPath') ?? pod.head;
      report(place, { params: { volume: textOf(at(volume, 'name')) ?? '', path } });
    }
  });
}

const hostPort = containerRule(
  facts('host-port', 'hostPorts', 'high', ['KSV-0024', 'C-0044'], [cis('5.2.13'), B.nsaPods, B.nistEgress]),
  (container, report) => {
    for (const port of items(at(container.node, 'ports'))) {
      const value = scalar(at(port, 'hostPort'));
      if (typeof value === 'number' && value !== 0) report(entrySpan(port, 'hostPort') ?? container.head, { params: { port: value } });
    }
  },
);

const HANDLERS = [['livenessProbe'], ['readinessProbe'], ['startupProbe'], ['lifecycle', 'postStart'], ['lifecycle', 'preStop']] as const;

const probeHost = containerRule(
  facts('probe-host', 'hostProbesAndHostLifecycle', 'medium', [], [B.nistRuntime]),
  (container, report, _pod, { minor }) => {
    if (minor < 34) return;
    for (const path of HANDLERS) {
      for (const way of ['httpGet', 'tcpSocket']) {
        const action = at(container.node, ...path, way);
        const host = textOf(at(action, 'host'));
        if (host) report(entrySpan(action, 'host') ?? container.head, { params: { host, handler: path.join('.') } });
      }
    }
  },
);

/** What a container runtime gives of itself: the standard lets it be added. */
const DEFAULT_CAPABILITIES = new Set(
  'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT'.split(' '),
);
const OWN_RULE: ReadonlySet<string> = new Set(['ALL', 'SYS_ADMIN', 'NET_RAW', 'SYS_MODULE']);

function capability(
  id: string,
  severity: RuleFacts['severity'],
  aliases: readonly string[],
  clause: string,
  is: (name: string) => boolean,
): KubeRule {
  return containerRule(
    facts(id, 'capabilities_baseline', severity, aliases, [cis(clause), B.nsaPods, B.nistRuntime]),
    (container, report) => {
      for (const item of items(at(container.node, 'securityContext', 'capabilities', 'add'))) {
        const name = textOf(item);
        if (name !== undefined && !DEFAULT_CAPABILITIES.has(name) && is(bare(name))) report(item, { params: { capability: name } });
      }
    },
  );
}

/** Runtimes take names with the prefix too; the standard knows them without. */
function bare(name: string): string {
  return name.toUpperCase().replace(/^CAP_/, '');
}

const procMount = containerRule(
  facts('proc-mount', 'procMount', 'high', ['KSV-0027', 'unsafe-proc-mount'], [B.nsaPods, B.nistRuntime]),
  (container, report, pod, { minor }) => {
    if (minor >= 35 && pod.ownUsers) return;
    unmasked(container, report);
  },
);

export function unmasked(container: Container, report: Report): void {
  const context = at(container.node, 'securityContext');
  const value = textOf(at(context, 'procMount'));
  if (value !== undefined && value !== 'Default') report(entrySpan(context, 'procMount') ?? container.head, { params: { value } });
}

const seccomp = podRule(
  facts('seccomp-unconfined', 'seccompProfile_baseline', 'high', ['KSV-0104'], [cis('5.7.2'), B.nsaPods, B.nistRuntime]),
  (pod, report, { minor }) => {
    if (minor < 19) return seccompAnnotations(pod, report);
    for (const { node, label, head } of contexts(pod)) {
      const profile = at(node, 'securityContext', 'seccompProfile');
      if (!isSet(profile)) continue;
      const type = textOf(at(profile, 'type')) ?? '';
      if (!allowedSeccomp(type)) report(entrySpan(profile, 'type') ?? head, { resource: label, params: { type } });
    }
  },
);

function allowedSeccomp(type: string | undefined): boolean {
  return type === 'RuntimeDefault' || type === 'Localhost';
}

function seccompAnnotations(pod: Pod, report: Report): void {
  const names = new Set(pod.containers.map(({ name }) => `container.seccomp.security.alpha.kubernetes.io/${name}`));
  for (const { key, value, at: place } of annotationsOf(pod.metadata)) {
    if (key !== 'seccomp.security.alpha.kubernetes.io/pod' && !names.has(key)) continue;
    if (value !== 'runtime/default' && value !== 'docker/default' && !value.startsWith('localhost/'))
      report(place, { params: { type: value } });
  }
}

const SELINUX_TYPES = ['', 'container_t', 'container_init_t', 'container_kvm_t'];

const seLinux = podRule(
  facts('selinux-options', 'seLinuxOptions', 'medium', ['KSV-0025'], [cis('5.7.3'), B.nsaPods, B.nistRuntime]),
  (pod, report, { minor }) => {
    const types = minor >= 31 ? [...SELINUX_TYPES, 'container_engine_t'] : SELINUX_TYPES;
    for (const { node, label, head } of contexts(pod)) {
      const options = at(node, 'securityContext', 'seLinuxOptions');
      for (const field of ['type', 'user', 'role']) {
        const value = textOf(at(options, field)) ?? '';
        const allowed = field === 'type' ? types.includes(value) : value === '';
        if (!allowed) report(entrySpan(options, field) ?? head, { resource: label, params: { field, value } });
      }
    }
  },
);

/** Those that touch the pod alone, by the version that took them into the list. */
const SYSCTLS: readonly (readonly [since: number, names: readonly string[]])[] = [
  [
    0,
    [
      'kernel.shm_rmid_forced',
      'net.ipv4.ip_local_port_range',
      'net.ipv4.tcp_syncookies',
      'net.ipv4.ping_group_range',
      'net.ipv4.ip_unprivileged_port_start',
    ],
  ],
  [27, ['net.ipv4.ip_local_reserved_ports']],
  [29, ['keepalive_time', 'fin_timeout', 'keepalive_intvl', 'keepalive_probes'].map((name) => `net.ipv4.tcp_${name}`)],
  [32, ['net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem']],
  [37, ['net.ipv4.tcp_slow_start_after_idle', 'net.ipv4.tcp_notsent_lowat']],
];

const sysctls = podRule(
  facts('sysctl-unsafe', 'sysctls', 'medium', ['KSV-0026', 'unsafe-sysctls'], [B.nsaPods, B.nistKernel]),
  (pod, report, { minor }) => {
    const allowed = new Set(SYSCTLS.flatMap(([since, names]) => (minor >= since ? names : [])));
    for (const sysctl of items(at(pod.spec, 'securityContext', 'sysctls'))) {
      const name = textOf(at(sysctl, 'name')) ?? '';
      if (!allowed.has(name)) report(entrySpan(sysctl, 'name') ?? sysctl, { params: { sysctl: name } });
    }
  },
);

const appArmor = podRule(
  facts('apparmor-unconfined', 'appArmorProfile', 'high', ['KSV-0002'], [cis('5.7.3'), B.nsaPods, B.nistRuntime]),
  (pod, report) => {
    for (const { node, label, head } of contexts(pod)) {
      const profile = at(node, 'securityContext', 'appArmorProfile');
      if (!isSet(profile)) continue;
      const type = textOf(at(profile, 'type')) ?? '';
      if (type !== 'RuntimeDefault' && type !== 'Localhost')
        report(entrySpan(profile, 'type') ?? head, { resource: label, params: { type } });
    }
    for (const { key, value, at: place } of annotationsOf(pod.metadata)) {
      if (!key.startsWith('container.apparmor.security.beta.kubernetes.io/')) continue;
      if (value !== '' && value !== 'runtime/default' && !value.startsWith('localhost/')) report(place, { params: { type: value } });
    }
  },
);

const hostProcess = podRule(
  facts('windows-host-process', 'windowsHostProcess', 'critical', ['KSV-0103'], [cis('5.2.11'), B.nistRuntime]),
  (pod, report) => {
    for (const { node, label, head } of contexts(pod)) {
      const options = at(node, 'securityContext', 'windowsOptions');
      if (scalar(at(options, 'hostProcess')) === true) report(entrySpan(options, 'hostProcess') ?? head, { resource: label });
    }
  },
);

/** The pod and each container: what may hold a security context. */
export function contexts(pod: Pod): { readonly node: YamlNode; readonly label: string; readonly head: Span }[] {
  return [{ node: pod.spec, label: pod.object.label, head: pod.head }, ...pod.containers];
}

/** The controls of the baseline level. Source: the page, and how the project's admission controller judges them. */
export const PSS_BASELINE: readonly KubeRule[] = [
  privileged,
  hostNamespace('hostNetwork', 'host-network', ['KSV-0009', 'C-0041'], '5.2.5'),
  hostNamespace('hostPID', 'host-pid', ['KSV-0010', 'C-0038'], '5.2.3'),
  hostNamespace('hostIPC', 'host-ipc', ['KSV-0008', 'C-0038'], '5.2.4'),
  hostPath('socket', 'host-path-runtime-socket', 'critical', ['KSV-0006', 'docker-sock', 'C-0074']),
  hostPath('sensitive', 'host-path-sensitive', 'high', ['KSV-0121', 'sensitive-host-mounts', 'C-0048']),
  hostPath('other', 'host-path', 'medium', ['KSV-0023', 'C-0048']),
  hostPort,
  probeHost,
  capability('capability-all', 'critical', ['KSV-0022', 'C-0046'], '5.2.9', (name) => name === 'ALL'),
  capability('capability-sys-admin', 'critical', ['KSV-0005', 'C-0046'], '5.2.9', (name) => name === 'SYS_ADMIN'),
  capability('capability-sys-module', 'critical', ['KSV-0120', 'C-0046'], '5.2.9', (name) => name === 'SYS_MODULE'),
  capability('capability-net-raw', 'high', ['KSV-0119', 'C-0046'], '5.2.8', (name) => name === 'NET_RAW'),
  capability('capability-added', 'high', ['KSV-0022', 'C-0046'], '5.2.9', (name) => !OWN_RULE.has(name)),
  procMount,
  seccomp,
  seLinux,
  sysctls,
  appArmor,
  hostProcess,
];
