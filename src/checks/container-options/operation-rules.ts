import type { ContainerOptions, Located } from './model.ts';
import type { ContainerRule } from './rule.ts';

const LIMITS = 'https://docs.docker.com/engine/containers/resource_constraints/';
const RESTART = { run: 'restart', compose: 'restart' };

const noMemoryLimit: ContainerRule = {
  key: 'no-memory-limit',
  severity: 'low',
  cis: '5.11',
  nist: '4.4.3',
  reference: `${LIMITS}#limit-a-containers-access-to-memory`,
  check: (container, report) => {
    if (unlimited(container.memory)) report(container.memory?.at ?? container.at);
    else if (!container.memory && !container.inherits) report(container.at);
  },
};

const noCpuLimit: ContainerRule = {
  key: 'no-cpu-limit',
  severity: 'low',
  cis: '5.12',
  nist: '4.4.3',
  reference: `${LIMITS}#configure-the-default-cfs-scheduler`,
  check: (container, report) => {
    if (container.cpuLimited) return;
    if (unlimited(container.cpus)) report(container.cpus?.at ?? container.at);
    else if (!container.cpus && !container.inherits) report(container.at);
  },
};

const noPidsLimit: ContainerRule = {
  key: 'no-pids-limit',
  severity: 'low',
  cis: '5.29',
  nist: '4.4.3',
  reference: { run: 'pids-limit', compose: 'pids_limit' },
  check: (container, report) => {
    if (unlimited(container.pids)) report(container.pids?.at ?? container.at);
    else if (!container.pids && !container.inherits) report(container.at);
  },
};

const oomKillDisabled: ContainerRule = {
  key: 'oom-kill-disabled',
  severity: 'medium',
  nist: '4.4.3',
  reference: `${LIMITS}#understand-the-risks-of-running-out-of-memory`,
  check: ({ oomKillDisabled: disabled }, report) => {
    if (disabled?.value) report(disabled.at);
  },
};

const noHealthCheck: ContainerRule = {
  key: 'no-health-check',
  severity: 'low',
  cis: '5.27',
  reference: { run: 'health-cmd', compose: 'healthcheck' },
  check: (container, report) => {
    if (container.longRunning && !container.health && !container.inherits) report(container.at);
  },
};

const healthCheckDisabled: ContainerRule = {
  key: 'health-check-disabled',
  severity: 'low',
  cis: '5.27',
  reference: { run: 'no-healthcheck', compose: 'healthcheck' },
  check: ({ health }, report) => {
    if (health?.value === 'disabled') report(health.at);
  },
};

const endlessRestart: ContainerRule = {
  key: 'endless-restart',
  severity: 'negligible',
  cis: '5.15',
  reference: RESTART,
  check: ({ restart }, report) => {
    if (restart && /^(?:always|unless-stopped|on-failure|any)$/.test(restart.value))
      report(restart.at, { params: { policy: restart.value } });
  },
};

const defaultBridge: ContainerRule = {
  key: 'default-bridge',
  severity: 'low',
  cis: '5.30',
  nist: '4.4.2',
  reference: 'https://docs.docker.com/engine/network/drivers/bridge/#differences-between-user-defined-bridges-and-the-default-bridge',
  check: ({ namespaces: { network } }, report) => {
    if (network && /^(?:bridge|default)$/.test(network.value)) report(network.at);
  },
};

const legacyLink: ContainerRule = {
  key: 'legacy-link',
  severity: 'negligible',
  reference: 'https://docs.docker.com/engine/network/links/',
  check: ({ links }, report) => {
    for (const { value, at } of links) report(at, { params: { link: value } });
  },
};

/** Source: go-units, RAMInBytes; both engines read sizes so. */
const SIZE = /^\d+(?:\.\d+)*\s?(?:[kmgtp]i?)?b?$/i;
const RESTART_POLICY = /^(?:no|always|unless-stopped|on-failure(?::\d+)?|none|any|)$/;

const invalidValue: ContainerRule = {
  key: 'invalid-value',
  severity: 'high',
  reference: LIMITS,
  check(container, report) {
    const wrong = (option: string, found: Located<string> | undefined, fits: (value: string) => boolean) => {
      if (found && !found.value.includes('$') && !fits(found.value.trim())) report(found.at, { params: { option, value: found.value } });
    };
    wrong('memory', container.memory, (value) => value === '-1' || SIZE.test(value));
    wrong('cpus', container.cpus, (value) => /^\d*\.?\d+$|^\d+\.$/.test(value));
    wrong('pids', container.pids, (value) => /^-?\d+$/.test(value));
    wrong('restart', container.restart, (value) => RESTART_POLICY.test(value));
    for (const { hostPort = '', containerPort, at } of container.ports) {
      for (const port of [hostPort, containerPort])
        if (!port.includes('$') && !isPort(port)) report(at, { params: { option: 'port', value: port } });
    }
  },
};

/** How a container behaves while it runs. */
export const OPERATION_RULES: readonly ContainerRule[] = [
  noMemoryLimit,
  noCpuLimit,
  noPidsLimit,
  oomKillDisabled,
  noHealthCheck,
  healthCheckDisabled,
  endlessRestart,
  defaultBridge,
  legacyLink,
  invalidValue,
];

/** 0 is "no limit" to both engines, and so is -1. */
function unlimited(limit: ContainerOptions['memory']): boolean {
  return limit !== undefined && /^(?:-1|0+(?:\.0+)?[bkmg]?)$/i.test(limit.value.trim());
}

function isPort(written: string): boolean {
  if (written === '') return true;
  const [, from, to = from] = /^(\d{1,5})(?:-(\d{1,5}))?(?:\/(?:tcp|udp|sctp))?$/i.exec(written) ?? [];
  return from !== undefined && Number(from) <= 65535 && Number(to) <= 65535 && Number(from) <= Number(to);
}
