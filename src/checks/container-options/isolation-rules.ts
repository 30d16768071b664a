import type { SeverityLevel } from '../../model/index.ts';
import { closest } from '../../util/closest.ts';
import { CAPABILITIES, DANGEROUS, plainCapability } from './capabilities.ts';
import type { ContainerOptions, Located, Namespace } from './model.ts';
import type { ContainerRule } from './rule.ts';

const SECURITY = 'https://docs.docker.com/engine/security/';
const SECURITY_OPT = { run: 'security-opt', compose: 'security_opt' };
const CAPABILITY_PAGE = 'https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities';

const privileged: ContainerRule = {
  key: 'privileged',
  severity: 'high',
  cis: '5.5',
  nist: '4.4.3',
  reference: { run: 'privileged', compose: 'privileged' },
  check: (container, report) => {
    if (container.privileged?.value) report(container.privileged.at);
  },
};

const dangerousCapability: ContainerRule = {
  key: 'dangerous-capability',
  severity: 'high',
  cis: '5.4',
  nist: '4.4.3',
  reference: CAPABILITY_PAGE,
  check({ capAdd }, report) {
    for (const { value, at } of capAdd) {
      const capability = plainCapability(value);
      if (DANGEROUS.has(capability)) report(at, { params: { capability } });
    }
  },
};

const unknownCapability: ContainerRule = {
  key: 'unknown-capability',
  severity: 'high',
  reference: CAPABILITY_PAGE,
  check({ capAdd, capDrop }, report) {
    const known = ['ALL', ...CAPABILITIES];
    for (const { value, at } of [...capAdd, ...capDrop]) {
      const capability = plainCapability(value);
      if (capability.includes('$') || known.includes(capability)) continue;
      const like = closest(capability, known, () => Number.POSITIVE_INFINITY) ?? 'ALL';
      report(at, { params: { capability: value, like } });
    }
  },
};

const capabilitiesKept: ContainerRule = {
  key: 'capabilities-kept',
  severity: 'low',
  cis: '5.4',
  nist: '4.4.3',
  reference: CAPABILITY_PAGE,
  check(container, report) {
    if (container.inherits || container.privileged?.value) return;
    if (!container.capDrop.some(({ value }) => plainCapability(value) === 'ALL')) report(container.at);
  },
};

const privilegeEscalation: ContainerRule = {
  key: 'privilege-escalation',
  severity: 'medium',
  cis: '5.26',
  nist: '4.4.3',
  reference: SECURITY_OPT,
  check(container, report) {
    const options = securityOptions(container).filter(({ name }) => name === 'no-new-privileges');
    const last = options.at(-1);
    if (last && last.value === 'false') report(last.at);
    else if (!last && !container.inherits && !container.privileged?.value) report(container.at);
  },
};

const seccompDisabled: ContainerRule = {
  key: 'seccomp-disabled',
  severity: 'high',
  cis: '5.22',
  nist: '4.4.3',
  reference: `${SECURITY}seccomp/`,
  check: (container, report) => {
    for (const { at } of unconfined(container, 'seccomp')) report(at);
  },
};

const apparmorDisabled: ContainerRule = {
  key: 'apparmor-disabled',
  severity: 'high',
  cis: '5.2',
  nist: '4.4.3',
  reference: `${SECURITY}apparmor/`,
  check: (container, report) => {
    for (const { at } of unconfined(container, 'apparmor')) report(at);
  },
};

/** Types of SELinux's policy that confine nothing, or not more than the engine itself. Source: container-selinux. */
const LOOSE_TYPES = /^(?:spc_t|unconfined_t|container_runtime_t|docker_t|container_engine_t)$/;

const selinuxDisabled: ContainerRule = {
  key: 'selinux-disabled',
  severity: 'medium',
  cis: '5.3',
  nist: '4.4.3',
  reference: SECURITY_OPT,
  check(container, report) {
    for (const { name, value, at } of securityOptions(container)) {
      const [, type] = /^type[=:](.+)$/.exec(value) ?? [];
      if (name === 'label' && (value === 'disable' || LOOSE_TYPES.test(type ?? ''))) report(at, { params: { value } });
    }
  },
};

const unmaskedPaths: ContainerRule = {
  key: 'unmasked-paths',
  severity: 'high',
  nist: '4.4.3',
  reference: SECURITY_OPT,
  check(container, report) {
    for (const { name, value, at } of securityOptions(container)) {
      if ((name === 'systempaths' && value === 'unconfined') || name === 'unmask') report(at, { params: { value: `${name}=${value}` } });
    }
  },
};

const securityOptionColon: ContainerRule = {
  key: 'security-option-colon',
  severity: 'low',
  reference: SECURITY_OPT,
  check(container, report) {
    for (const { name, value, colon, at } of securityOptions(container)) {
      if (!colon || !['apparmor', 'seccomp', 'label'].includes(name)) continue;
      report(at, { params: { written: `${name}:${value}`, like: `${name}=${value}` } });
    }
  },
};

/** Source: moby, daemon/daemon_unix.go parseSecurityOpt; podman-run(1). */
const SECURITY_OPTIONS = [
  ...['apparmor', 'label', 'no-new-privileges', 'seccomp', 'systempaths', 'credentialspec', 'writable-cgroups'],
  ...['mask', 'unmask', 'proc-opts', 'disable'],
];

const unknownSecurityOption: ContainerRule = {
  key: 'unknown-security-option',
  severity: 'high',
  reference: SECURITY_OPT,
  check(container, report) {
    for (const { name, at } of securityOptions(container)) {
      if (name.includes('$') || SECURITY_OPTIONS.includes(name)) continue;
      const like = closest(name, SECURITY_OPTIONS, () => Number.POSITIVE_INFINITY) ?? 'no-new-privileges';
      report(at, { params: { option: name, like } });
    }
  },
};

const rootUser: ContainerRule = {
  key: 'root-user',
  severity: 'medium',
  cis: '4.1',
  nist: '4.1.2',
  reference: { run: 'user', compose: 'user' },
  check({ user }, report) {
    if (user && /^(?:root|0+)(?::|$)/.test(user.value.trim())) report(user.at, { params: { user: user.value } });
  },
};

const noUser: ContainerRule = {
  key: 'no-user',
  severity: 'low',
  cis: '4.1',
  nist: '4.1.2',
  reference: { run: 'user', compose: 'user' },
  check(container, report) {
    if (!container.user && !container.inherits) report(container.at);
  },
};

const writableRoot: ContainerRule = {
  key: 'writable-root',
  severity: 'low',
  cis: '5.13',
  nist: '4.4.3',
  reference: { run: 'read-only', compose: 'read_only' },
  check(container, report) {
    if (container.readOnly === undefined ? !container.inherits : !container.readOnly.value) report(container.readOnly?.at ?? container.at);
  },
};

/** A namespace that is the host's own. */
function hostNamespace(namespace: Namespace, severity: SeverityLevel, cis: string, compose: string): ContainerRule {
  return {
    key: `host-${namespace}`,
    severity,
    cis,
    nist: '4.4.3',
    reference: { run: namespace === 'cgroup' ? 'cgroupns' : namespace, compose },
    check({ namespaces }, report) {
      const found = namespaces[namespace];
      if (found?.value === 'host') report(found.at);
    },
  };
}

/** What sets a container apart from the host and from others. */
export const ISOLATION_RULES: readonly ContainerRule[] = [
  privileged,
  dangerousCapability,
  unknownCapability,
  capabilitiesKept,
  privilegeEscalation,
  seccompDisabled,
  apparmorDisabled,
  selinuxDisabled,
  unmaskedPaths,
  securityOptionColon,
  unknownSecurityOption,
  rootUser,
  noUser,
  writableRoot,
  hostNamespace('network', 'high', '5.10', 'network_mode'),
  hostNamespace('pid', 'high', '5.16', 'pid'),
  hostNamespace('ipc', 'high', '5.17', 'ipc'),
  hostNamespace('uts', 'medium', '5.21', 'uts'),
  hostNamespace('userns', 'medium', '5.31', 'userns_mode'),
  hostNamespace('cgroup', 'medium', '5.25', 'cgroup'),
];

interface SecurityOption {
  readonly name: string;
  /** Empty where there is none. */
  readonly value: string;
  readonly colon: boolean;
  readonly at: Located<string>['at'];
}

/** Cut as the engine cuts them: at `=`, else at `:`. */
function securityOptions({ securityOpt }: ContainerOptions): SecurityOption[] {
  return securityOpt.map(({ value, at }) => {
    const sign = value.includes('=') && !/^(?:label|apparmor|seccomp):/.test(value) ? '=' : ':';
    const cut = value.indexOf(sign);
    const colon = cut >= 0 && sign === ':';
    return { name: (cut < 0 ? value : value.slice(0, cut)).trim(), value: cut < 0 ? '' : value.slice(cut + 1).trim(), colon, at };
  });
}

function unconfined(container: ContainerOptions, name: string): SecurityOption[] {
  return securityOptions(container).filter((each) => each.name === name && each.value === 'unconfined');
}
