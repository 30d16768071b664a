import type { RuleFacts } from '../types.ts';
import { at, entries, entrySpan, isSet, items, textOf, type YamlNode } from '../yaml-tree.ts';
import { annotationsOf, type KubeObject } from './objects.ts';
import { REMOVED_APIS } from './removed-apis.ts';
import { BENCHMARKS, cis, type KubeRule, nearest, objectRule, podRule } from './rule.ts';

const B = BENCHMARKS;

function facts(
  id: string,
  severity: RuleFacts['severity'],
  aliases: readonly string[],
  benchmarks: readonly string[],
  page: string,
): RuleFacts {
  return { id: `kubernetes/${id}`, aliases, severity, benchmarks, references: [`https://kubernetes.io/docs/${page}`] };
}

const externalIps = objectRule(
  facts('service-external-ips', 'high', ['KSV-0108'], [B.nsaNetwork, B.nistTraffic], 'concepts/services-networking/service/#external-ips'),
  (object, report) => {
    const addresses = at(object.node, 'spec', 'externalIPs');
    if (object.kind !== 'Service' || items(addresses).length === 0) return;
    report(entrySpan(at(object.node, 'spec'), 'externalIPs') ?? object.node, {
      params: { addresses: items(addresses).map(textOf).join(', ') },
    });
  },
);

const nodePort = objectRule(
  facts(
    'service-node-port',
    'low',
    ['exposed-services'],
    [B.nsaNetwork, B.nistTraffic],
    'concepts/services-networking/service/#type-nodeport',
  ),
  (object, report) => {
    const spec = at(object.node, 'spec');
    if (object.kind === 'Service' && textOf(at(spec, 'type')) === 'NodePort') report(entrySpan(spec, 'type') ?? object.node);
  },
);

const INTERNAL = /internal/i;

const loadBalancer = objectRule(
  facts(
    'service-load-balancer-open',
    'low',
    ['exposed-services'],
    [B.nsaNetwork, B.nistTraffic],
    'tasks/access-application-cluster/create-external-load-balancer/',
  ),
  (object, report) => {
    const spec = at(object.node, 'spec');
    if (object.kind !== 'Service' || textOf(at(spec, 'type')) !== 'LoadBalancer') return;
    if (items(at(spec, 'loadBalancerSourceRanges')).length > 0) return;
    if (annotationsOf(at(object.node, 'metadata')).some(({ key, value }) => INTERNAL.test(key) || INTERNAL.test(value))) return;
    report(entrySpan(spec, 'type') ?? object.node);
  },
);

const ingressTls = objectRule(
  facts('ingress-without-tls', 'medium', [], [B.nsaNetwork, B.nistTraffic], 'concepts/services-networking/ingress/#tls'),
  (object, report) => {
    if (object.kind !== 'Ingress' || !isSet(at(object.node, 'spec')) || items(at(object.node, 'spec', 'tls')).length > 0) return;
    report(nearest(object.node, object.node, 'spec'));
  },
);

const defaultNamespace = objectRule(
  facts(
    'namespace-default',
    'low',
    ['KSV-0110', 'use-namespace', 'C-0212', 'C-0061'],
    [cis('5.7.4'), B.nsaNetwork, 'NIST 800-190 4.3.4'],
    'concepts/overview/working-with-objects/namespaces/',
  ),
  (object, report) => {
    if (object.namespace === 'default') report(entrySpan(at(object.node, 'metadata'), 'namespace') ?? object.node);
  },
);

const ENFORCE = 'pod-security.kubernetes.io/enforce';

const notEnforced = objectRule(
  facts('namespace-not-enforced', 'low', ['C-0192'], [cis('5.2.1'), B.nsaPods, B.nistRuntime], 'concepts/security/pod-security-admission/'),
  (object, report) => {
    if (object.kind !== 'Namespace') return;
    const metadata = at(object.node, 'metadata');
    const level = textOf(at(metadata, 'labels', ENFORCE));
    if (level === 'baseline' || level === 'restricted') return;
    report(nearest(object.node, object.node, 'metadata', 'labels', ENFORCE), { params: { namespace: object.name } });
  },
);

const systemNamespace = podRule(
  facts('namespace-kube-system', 'low', ['KSV-0037'], [cis('5.7.1'), B.nsaNetwork], 'concepts/overview/working-with-objects/namespaces/'),
  (pod, report) => {
    const { namespace, node } = pod.object;
    if (namespace === 'kube-system') report(entrySpan(at(node, 'metadata'), 'namespace') ?? node);
  },
);

const removed = objectRule(
  facts('api-removed', 'high', ['KSV-0107', 'no-extensions-v1beta'], [], 'reference/using-api/deprecation-guide/'),
  (object, report, { minor }) => {
    const gone = REMOVED_APIS.find(({ apiVersion, kinds }) => apiVersion === object.apiVersion && kinds.includes(object.kind));
    if (!gone || gone.removed > minor) return;
    const place = at(object.node, 'apiVersion');
    const params = { api: `${object.apiVersion} ${object.kind}`, version: `1.${gone.removed}`, instead: gone.instead ?? '-' };
    const plain = place !== undefined && place.end - place.start === object.apiVersion.length;
    report(entrySpan(object.node, 'apiVersion') ?? object.node, {
      params,
      ...(gone.same && gone.instead && plain ? { fix: [{ start: place.start, end: place.end, text: gone.instead }] } : {}),
    });
  },
);

/** Looks over one file only, and many keep policies elsewhere. */
const networkPolicy = podRule(
  {
    ...facts(
      'network-policy-missing',
      'medium',
      ['non-isolated-pod', 'C-0206', 'C-0030'],
      [cis('5.3.2'), B.nsaNetwork, B.nistTraffic],
      'concepts/services-networking/network-policies/',
    ),
    optIn: true,
  },
  (pod, report, file) => {
    const labels = at(pod.metadata, 'labels');
    const policies = file.objects.filter(({ kind, namespace }) => kind === 'NetworkPolicy' && namespace === pod.object.namespace);
    if (!policies.some((policy) => selects(policy, labels))) report(pod.head);
  },
);

/** By `matchLabels`; an expression may select it, and is taken to. */
function selects(policy: KubeObject, labels: YamlNode | undefined): boolean {
  const selector = at(policy.node, 'spec', 'podSelector');
  if (items(at(selector, 'matchExpressions')).length > 0) return true;
  return [...entries(at(selector, 'matchLabels'))].every(([key, { value }]) => textOf(at(labels, key)) === textOf(value));
}

export const CLUSTER_RULES: readonly KubeRule[] = [
  externalIps,
  nodePort,
  loadBalancer,
  ingressTls,
  notEnforced,
  defaultNamespace,
  systemNamespace,
  removed,
  networkPolicy,
];
