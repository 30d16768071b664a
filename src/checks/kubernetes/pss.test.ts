import { describe, expect, it } from 'vitest';
import { kubernetes } from './index.ts';

type Json = { [key: string]: unknown };

/** A pod that keeps the restricted level, with changes: `pod` into its spec, `context` and `container` into its one container. */
function findings(change: { pod?: Json; podContext?: Json; context?: Json; container?: Json; annotations?: Json }, version?: string) {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'shop', annotations: change.annotations ?? {} },
    spec: {
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' }, ...change.podContext },
      containers: [
        {
          name: 'web',
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, ...change.context },
          ...change.container,
        },
      ],
      ...change.pod,
    },
  };
  const source = { path: 'pod.json', text: JSON.stringify(pod, null, 1) };
  return kubernetes.check(source, version === undefined ? {} : { kubernetesVersion: version });
}

/** Ids of broken controls, `kubernetes/` left out. */
function broken(change: Parameters<typeof findings>[0], version?: string): string[] {
  return findings(change, version)
    .filter(({ benchmarks }) => benchmarks.some((name) => name.startsWith('PSS ')))
    .map(({ id }) => id.slice('kubernetes/'.length));
}

const add = (...names: string[]) => ({ context: { capabilities: { drop: ['ALL'], add: names } } });
const volume = (source: Json) => ({ pod: { volumes: [{ name: 'data', ...source }] } });
const hostPath = (path: string) => volume({ hostPath: { path } });

// Values from the tables of https://kubernetes.io/docs/concepts/security/pod-security-standards/
describe('the restricted level', () => {
  it.each<[string, Parameters<typeof findings>[0]]>([
    ['a pod that keeps it', {}],
    ['host namespaces that are switched off', { pod: { hostNetwork: false, hostPID: false, hostIPC: false } }],
    ['the one capability', add('NET_BIND_SERVICE')],
    ['a privileged that is false', { context: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, privileged: false } }],
    [
      'volumes that it lists',
      {
        pod: {
          volumes: [
            'configMap',
            'csi',
            'downwardAPI',
            'emptyDir',
            'ephemeral',
            'image',
            'persistentVolumeClaim',
            'projected',
            'secret',
          ].map((type) => ({ name: type, [type]: {} })),
        },
      },
    ],
    ['a port of the host that is 0', { container: { ports: [{ containerPort: 8080, hostPort: 0 }] } }],
    ['a profile of AppArmor', { podContext: { appArmorProfile: { type: 'Localhost', localhostProfile: 'x' } } }],
    ['annotations of AppArmor', { annotations: { 'container.apparmor.security.beta.kubernetes.io/web': 'localhost/x' } }],
    ['a type of SELinux', { podContext: { seLinuxOptions: { type: 'container_engine_t', level: 's0' } } }],
    ['the mask of /proc', { context: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, procMount: 'Default' } }],
    [
      'safe sysctls',
      {
        podContext: {
          sysctls: [
            { name: 'net.ipv4.tcp_rmem', value: '1' },
            { name: 'net.ipv4.tcp_notsent_lowat', value: '1' },
          ],
        },
      },
    ],
    ['probes of the pod itself', { container: { livenessProbe: { httpGet: { port: 80, host: '' } } } }],
    [
      'runAsNonRoot of the container alone',
      {
        podContext: { runAsNonRoot: null },
        context: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsNonRoot: true },
      },
    ],
    ['root in a user namespace', { pod: { hostUsers: false }, podContext: { runAsNonRoot: null, runAsUser: 0 } }],
    [
      'a Windows pod without Linux settings',
      {
        pod: { os: { name: 'windows' } },
        podContext: { seccompProfile: null },
        context: { allowPrivilegeEscalation: null, capabilities: null },
      },
    ],
  ])('allows %s', (_name, change) => {
    expect(broken(change)).toEqual([]);
  });

  it.each<[string, Parameters<typeof findings>[0]]>([
    ['privileged', { context: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, privileged: true } }],
    ['host-network', { pod: { hostNetwork: true } }],
    ['host-pid', { pod: { hostPID: true } }],
    ['host-ipc', { pod: { hostIPC: true } }],
    ['host-path', hostPath('/data/shop')],
    ['host-path', hostPath('')],
    ['host-path', hostPath('/etcetera')],
    ['host-path-sensitive', hostPath('/')],
    ['host-path-sensitive', hostPath('/etc/ssl')],
    ['host-path-sensitive', hostPath('//var/lib/./kubelet/')],
    ['host-path-runtime-socket', hostPath('/var/run/docker.sock')],
    ['host-path-runtime-socket', hostPath('/run/containerd/containerd.sock')],
    ['host-port', { container: { ports: [{ containerPort: 80, hostPort: 80 }] } }],
    ['probe-host', { container: { startupProbe: { tcpSocket: { port: 80, host: '10.0.0.1' } } } }],
    ['probe-host', { container: { lifecycle: { preStop: { httpGet: { port: 80, host: 'x' } } } } }],
    ['capability-all', add('ALL')],
    ['capability-sys-admin', add('SYS_ADMIN')],
    ['capability-sys-module', add('SYS_MODULE')],
    ['capability-net-raw', add('NET_RAW')],
    ['capability-added', add('SYS_PTRACE')],
    ['capability-added', add('CAP_NET_BIND_SERVICE')],
    ['capability-added-restricted', add('CHOWN')],
    ['capabilities-not-dropped', { context: { allowPrivilegeEscalation: false, capabilities: { drop: ['NET_RAW'] } } }],
    ['proc-mount', { context: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, procMount: 'Unmasked' } }],
    [
      'proc-mount-restricted',
      { pod: { hostUsers: false }, context: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, procMount: 'Unmasked' } },
    ],
    ['seccomp-unconfined', { podContext: { seccompProfile: { type: 'Unconfined' } } }],
    ['seccomp-missing', { podContext: { seccompProfile: null } }],
    ['selinux-options', { podContext: { seLinuxOptions: { type: 'spc_t' } } }],
    ['selinux-options', { podContext: { seLinuxOptions: { user: 'system_u' } } }],
    [
      'selinux-options',
      { context: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, seLinuxOptions: { role: 'sysadm_r' } } },
    ],
    ['sysctl-unsafe', { podContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } }],
    ['apparmor-unconfined', { podContext: { appArmorProfile: { type: 'Unconfined' } } }],
    ['apparmor-unconfined', { annotations: { 'container.apparmor.security.beta.kubernetes.io/web': 'unconfined' } }],
    ['windows-host-process', { podContext: { windowsOptions: { hostProcess: true } } }],
    ['allow-privilege-escalation', { context: { capabilities: { drop: ['ALL'] }, allowPrivilegeEscalation: true } }],
    ['allow-privilege-escalation', { context: { capabilities: { drop: ['ALL'] }, allowPrivilegeEscalation: null } }],
    ...['awsElasticBlockStore', 'nfs', 'gitRepo', 'flexVolume', 'azureFile'].map((type): [string, Parameters<typeof findings>[0]] => [
      'volume-type',
      volume({ [type]: {} }),
    ]),
    ['run-as-non-root', { podContext: { runAsNonRoot: null } }],
    [
      'run-as-non-root',
      {
        podContext: { runAsNonRoot: false },
        context: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsNonRoot: true },
      },
    ],
    ['run-as-root', { podContext: { runAsUser: 0 } }],
  ])('%s is found where it is broken', (id, change) => {
    expect(broken(change)).toEqual([id]);
  });
});

describe('versions', () => {
  it('change what is allowed', () => {
    const relaxed = { pod: { hostUsers: false }, podContext: { runAsNonRoot: null } };
    expect(broken(relaxed, '1.34')).toEqual(['run-as-non-root']);
    expect(broken(relaxed, 'v1.35.2')).toEqual([]);
    const sysctl = { podContext: { sysctls: [{ name: 'net.ipv4.tcp_rmem', value: '1' }] } };
    expect(broken(sysctl, '1.31')).toEqual(['sysctl-unsafe']);
    expect(broken(sysctl, '1.32')).toEqual([]);
    const annotation = { annotations: { 'seccomp.security.alpha.kubernetes.io/pod': 'unconfined' } };
    expect(broken(annotation, '1.18')).toEqual(['seccomp-unconfined']);
    expect(broken(annotation, '1.19')).toEqual([]);
  });
});

describe('every kind that makes pods', () => {
  const spec = {
    hostPID: true,
    containers: [],
    initContainers: [{ name: 'setup', securityContext: { privileged: true } }],
    ephemeralContainers: [{ name: 'debug', securityContext: { privileged: true } }],
  };
  const template = { metadata: {}, spec };
  it.each<[string, Json]>([
    ['Pod', { spec }],
    ['PodTemplate', { template }],
    ['CronJob', { spec: { jobTemplate: { spec: { template } } } }],
    ...['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job', 'ReplicationController'].map((kind): [string, Json] => [
      kind,
      { spec: { template } },
    ]),
  ])('%s is looked into', (kind, rest) => {
    const object = { apiVersion: 'v1', kind, metadata: { name: 'x' }, ...rest };
    for (const text of [JSON.stringify(object), JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [object] })]) {
      const found = kubernetes.check({ path: 'a.json', text }, {});
      const resources = found.filter(({ id }) => id === 'kubernetes/privileged').map(({ resource }) => resource);
      expect(resources).toEqual([`${kind}/x init container setup`, `${kind}/x ephemeral container debug`]);
      expect(found.find(({ id }) => id === 'kubernetes/host-pid')?.resource).toBe(`${kind}/x`);
    }
  });
});
