import { at, entrySpan, isSet, items, scalar, textOf } from '../yaml-tree.ts';
import { contexts, unmasked } from './pss-baseline.ts';
import { BENCHMARKS, cis, containerRule, controlsOf, type KubeRule, nearest, podRule } from './rule.ts';

const B = BENCHMARKS;

const facts = controlsOf('restricted');

const escalation = containerRule(
  facts(
    'allow-privilege-escalation',
    'allowPrivilegeEscalation',
    'medium',
    ['KSV-0001', 'privilege-escalation-container', 'C-0016'],
    [cis('5.2.6'), B.nsaPods, B.nistRuntime],
  ),
  (container, report, pod, { minor }) => {
    if (minor < 8 || (minor >= 25 && pod.windows)) return;
    if (scalar(at(container.node, 'securityContext', 'allowPrivilegeEscalation')) === false) return;
    report(nearest(container.node, container.head, 'securityContext', 'allowPrivilegeEscalation'));
  },
);

const notDropped = containerRule(
  facts(
    'capabilities-not-dropped',
    'capabilities_restricted',
    'medium',
    ['KSV-0003', 'KSV-0106', 'drop-net-raw-capability'],
    [cis('5.2.10'), B.nsaPods, B.nistRuntime],
  ),
  (container, report, pod, { minor }) => {
    if (minor < 22 || (minor >= 25 && pod.windows)) return;
    const drop = at(container.node, 'securityContext', 'capabilities', 'drop');
    if (items(drop).some((item) => textOf(item) === 'ALL')) return;
    report(nearest(container.node, container.head, 'securityContext', 'capabilities', 'drop'));
  },
);

/** Of the runtime's default set; those beyond it are the baseline's. */
const added = containerRule(
  facts('capability-added-restricted', 'capabilities_restricted', 'low', ['KSV-0106'], [cis('5.2.9'), B.nsaPods, B.nistRuntime]),
  (container, report, pod, { minor }) => {
    if (minor < 22 || (minor >= 25 && pod.windows)) return;
    for (const item of items(at(container.node, 'securityContext', 'capabilities', 'add'))) {
      const name = textOf(item) ?? '';
      if (/^(AUDIT_WRITE|CHOWN|DAC_OVERRIDE|FOWNER|FSETID|KILL|MKNOD|SETFCAP|SETGID|SETPCAP|SETUID|SYS_CHROOT)$/.test(name))
        report(item, { params: { capability: name } });
    }
  },
);

/** The baseline lets it pass in a user namespace; this level does not. */
const procMount = containerRule(
  facts('proc-mount-restricted', 'procMount_restricted', 'medium', [], [B.nistRuntime]),
  (container, report, pod, { minor }) => {
    if (minor >= 35 && pod.ownUsers) unmasked(container, report);
  },
);

const VOLUMES = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret'];

const volumes = podRule(facts('volume-type', 'restrictedVolumes', 'low', ['KSV-0028'], [B.nsaPods, B.nistHostFiles]), (pod, report) => {
  for (const volume of items(at(pod.spec, 'volumes'))) {
    if (volume.kind !== 'map' || VOLUMES.some((type) => isSet(at(volume, type)))) continue;
    const type = [...volume.entries].find(([key, { value }]) => key !== 'name' && isSet(value))?.[0];
    // A volume without a source becomes an emptyDir when it is taken in; a host path has rules of its own.
    if (type === undefined || type === 'hostPath') continue;
    report(entrySpan(volume, type) ?? volume, { params: { volume: textOf(at(volume, 'name')) ?? '', type } });
  }
});

const nonRoot = podRule(
  facts('run-as-non-root', 'runAsNonRoot', 'medium', ['KSV-0012', 'C-0013'], [cis('5.2.7'), B.nsaPods, B.nistRuntime]),
  (pod, report, { minor }) => {
    if (minor >= 35 && pod.ownUsers) return;
    const ofPod = scalar(at(pod.spec, 'securityContext', 'runAsNonRoot'));
    if (ofPod === false) report(nearest(pod.spec, pod.head, 'securityContext', 'runAsNonRoot'));
    for (const container of pod.containers) {
      const own = scalar(at(container.node, 'securityContext', 'runAsNonRoot'));
      if (own === false || (typeof own !== 'boolean' && typeof ofPod !== 'boolean')) {
        report(nearest(container.node, container.head, 'securityContext', 'runAsNonRoot'), { resource: container.label });
      }
    }
  },
);

const asRoot = podRule(
  facts('run-as-root', 'runAsUser', 'medium', ['KSV-0105', 'C-0013'], [cis('5.2.7'), B.nsaPods, B.nistRuntime]),
  (pod, report, { minor }) => {
    if (minor < 23 || (minor >= 35 && pod.ownUsers)) return;
    for (const { node, label, head } of contexts(pod)) {
      const context = at(node, 'securityContext');
      if (scalar(at(context, 'runAsUser')) === 0) report(entrySpan(context, 'runAsUser') ?? head, { resource: label });
    }
  },
);

const seccomp = podRule(
  facts('seccomp-missing', 'seccompProfile_restricted', 'low', ['KSV-0030'], [cis('5.7.2'), B.nsaPods, B.nistRuntime]),
  (pod, report, { minor }) => {
    if (minor < 19 || (minor >= 25 && pod.windows)) return;
    // A profile of the pod that is not allowed is the baseline's finding.
    if (isSet(at(pod.spec, 'securityContext', 'seccompProfile'))) return;
    for (const container of pod.containers) {
      if (isSet(at(container.node, 'securityContext', 'seccompProfile'))) continue;
      report(nearest(container.node, container.head, 'securityContext'), { resource: container.label });
    }
  },
);

/** What the restricted level demands beyond the baseline. */
export const PSS_RESTRICTED: readonly KubeRule[] = [escalation, notDropped, added, procMount, volumes, nonRoot, asRoot, seccomp];
