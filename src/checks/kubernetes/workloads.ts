import type { RuleFacts } from '../types.ts';
import { at, entrySpan, isSet, items, scalar, textOf } from '../yaml-tree.ts';
import { type Container, inherited, type KubeFile, type Pod } from './objects.ts';
import { contexts } from './pss-baseline.ts';
import { BENCHMARKS, cis, containerRule, type KubeRule, nearest, PAGES, podRule } from './rule.ts';

const B = BENCHMARKS;

function facts(
  id: string,
  severity: RuleFacts['severity'],
  aliases: readonly string[],
  benchmarks: readonly string[],
  page: string,
): RuleFacts {
  return { id: `kubernetes/${id}`, aliases, severity, benchmarks, references: [page] };
}

/** A request that is not given is what the limit is. Ephemeral containers may have neither. */
function resource(
  name: 'memory' | 'cpu',
  part: 'limits' | 'requests',
  severity: RuleFacts['severity'],
  aliases: readonly string[],
): KubeRule {
  const rule = facts(`${name}-${part.slice(0, -1)}-missing`, severity, aliases, [B.nsaNetwork, B.nistRuntime], PAGES.resources);
  return containerRule(rule, (container, report, pod) => {
    if (container.role === 'ephemeral') return;
    const has = (where: string) => isSet(at(container.node, 'resources', where, name)) || isSet(at(pod.spec, 'resources', where, name));
    if (has(part) || (part === 'requests' && has('limits'))) return;
    report(nearest(container.node, container.head, 'resources', part));
  });
}

const PROBES = 'https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/';

function probe(name: 'liveness' | 'readiness', aliases: readonly string[]): KubeRule {
  return containerRule(facts(`${name}-probe-missing`, 'low', aliases, [], PROBES), (container, report, pod) => {
    if (!runsOn(container, pod) || isSet(at(container.node, `${name}Probe`))) return;
    report(container.head);
  });
}

/** Of what runs until it is stopped; work that ends needs no probes. */
function runsOn(container: Container, pod: Pod): boolean {
  const policy = textOf(at(pod.spec, 'restartPolicy')) ?? 'Always';
  return container.role === 'main' && policy === 'Always' && pod.object.kind !== 'Job' && pod.object.kind !== 'CronJob';
}

const readOnlyRoot = containerRule(
  facts(
    'writable-root-filesystem',
    'medium',
    ['KSV-0014', 'no-read-only-root-fs', 'C-0017'],
    [cis('5.7.3'), B.nsaPods, B.nistRuntime],
    PAGES.context,
  ),
  (container, report, pod) => {
    if (pod.windows || scalar(at(container.node, 'securityContext', 'readOnlyRootFilesystem')) === true) return;
    report(nearest(container.node, container.head, 'securityContext', 'readOnlyRootFilesystem'));
  },
);

/** Below it stand users of the node's own. */
const FIRST_FREE_USER = 10_000;

const lowUser = podRule(
  facts('run-as-low-user', 'negligible', ['KSV-0020'], [cis('5.7.3'), B.nistRuntime], PAGES.context),
  (pod, report) => {
    if (pod.ownUsers) return;
    for (const { node, label, head } of contexts(pod)) {
      const context = at(node, 'securityContext');
      const user = scalar(at(context, 'runAsUser'));
      if (typeof user !== 'number' || user < 1 || user >= FIRST_FREE_USER) continue;
      report(entrySpan(context, 'runAsUser') ?? head, { resource: label, params: { user } });
    }
  },
);

const rootGroup = podRule(
  facts('root-group', 'low', ['KSV-0116'], [cis('5.7.3'), B.nsaPods, B.nistRuntime], PAGES.context),
  (pod, report) => {
    if (pod.ownUsers) return;
    for (const { node, label, head } of contexts(pod)) {
      const context = at(node, 'securityContext');
      for (const field of ['runAsGroup', 'fsGroup']) {
        if (scalar(at(context, field)) === 0) report(entrySpan(context, field) ?? head, { resource: label, params: { field } });
      }
      for (const group of items(at(context, 'supplementalGroups'))) {
        if (scalar(group) === 0) report(group, { resource: label, params: { field: 'supplementalGroups' } });
      }
    }
  },
);

const accountToken = podRule(
  facts('service-account-token', 'low', ['KSV-0036', 'C-0034', 'C-0190'], [cis('5.1.6'), B.nsaPods, B.nistAdmin], PAGES.accounts),
  (pod, report, file) => {
    if (mountsToken(pod, file)) report(nearest(pod.spec, pod.head, 'automountServiceAccountToken'));
  },
);

const defaultAccount = podRule(
  facts('default-service-account', 'negligible', ['default-service-account', 'C-0189'], [cis('5.1.5'), B.nistAdmin], PAGES.accounts),
  (pod, report, file) => {
    if (accountOf(pod) === 'default' && mountsToken(pod, file)) report(nearest(pod.spec, pod.head, 'serviceAccountName'));
  },
);

function accountOf(pod: Pod): string {
  return textOf(at(pod.spec, 'serviceAccountName')) || textOf(at(pod.spec, 'serviceAccount')) || 'default';
}

/** The pod's own word counts before that of its account, which may stand in the same file. */
function mountsToken(pod: Pod, file: KubeFile): boolean {
  const own = scalar(at(pod.spec, 'automountServiceAccountToken'));
  if (typeof own === 'boolean') return own;
  const account = file.objects.find(
    ({ kind, name, namespace }) => kind === 'ServiceAccount' && name === accountOf(pod) && namespace === pod.object.namespace,
  );
  return scalar(at(account?.node, 'automountServiceAccountToken')) !== false;
}

const sharedProcesses = podRule(
  facts(
    'shared-processes',
    'low',
    [],
    [B.nsaPods, B.nistRuntime],
    'https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/',
  ),
  (pod, report) => {
    if (scalar(at(pod.spec, 'shareProcessNamespace')) === true) report(entrySpan(pod.spec, 'shareProcessNamespace') ?? pod.head);
  },
);

const sshPort = containerRule(
  facts('ssh-port', 'medium', ['ssh-port', 'C-0042'], [B.nsaPods, B.nistRuntime], PAGES.checklist),
  (container, report) => {
    for (const port of items(at(container.node, 'ports'))) {
      if (scalar(at(port, 'containerPort')) === 22) report(entrySpan(port, 'containerPort') ?? port);
    }
  },
);

/** Set for the pod where the container says nothing; outside of the standards' controls it still counts as said. */
const appArmorMissing = containerRule(
  {
    ...facts(
      'apparmor-missing',
      'negligible',
      ['KSV-0002'],
      [cis('5.7.3'), B.nsaPods, B.nistRuntime],
      'https://kubernetes.io/docs/tutorials/security/apparmor/',
    ),
    optIn: true,
  },
  (container, report, pod) => {
    const annotation = `container.apparmor.security.beta.kubernetes.io/${container.name}`;
    if (pod.windows || inherited(pod, container, 'appArmorProfile') || at(pod.metadata, 'annotations', annotation)) return;
    report(container.head);
  },
);

export const WORKLOAD_RULES: readonly KubeRule[] = [
  resource('memory', 'limits', 'medium', ['KSV-0018', 'unset-memory-requirements', 'C-0271', 'C-0004']),
  resource('memory', 'requests', 'low', ['KSV-0016', 'unset-memory-requirements', 'C-0269']),
  resource('cpu', 'limits', 'low', ['KSV-0011', 'C-0270', 'C-0050']),
  resource('cpu', 'requests', 'low', ['KSV-0015', 'unset-cpu-requirements', 'C-0268']),
  probe('liveness', ['no-liveness-probe', 'C-0056']),
  probe('readiness', ['no-readiness-probe', 'C-0018']),
  readOnlyRoot,
  lowUser,
  rootGroup,
  accountToken,
  defaultAccount,
  sharedProcesses,
  sshPort,
  appArmorMissing,
];
