import type { RuleFacts } from '../types.ts';
import { at, entrySpan, isSet, items, textOf, type YamlNode } from '../yaml-tree.ts';
import type { KubeObject } from './objects.ts';
import { BENCHMARKS, cis, type KubeRule, objectRule, PAGES } from './rule.ts';

const B = BENCHMARKS;

function facts(id: string, severity: RuleFacts['severity'], aliases: readonly string[], clause?: string): RuleFacts {
  const benchmarks = [...(clause === undefined ? [] : [cis(clause)]), B.nsaAccess, B.nistAdmin];
  return { id: `kubernetes/rbac-${id}`, aliases, severity, benchmarks, references: [PAGES.rbac] };
}

interface Grant {
  readonly node: YamlNode;
  readonly verbs: readonly string[];
  readonly groups: readonly string[];
  /** `pods`, `pods/exec`. */
  readonly resources: readonly string[];
  /** Only objects of these names. */
  readonly named: boolean;
}

function grantsOf(object: KubeObject): Grant[] {
  if (!/^(Cluster)?Role$/.test(object.kind) || !object.apiVersion.startsWith('rbac.authorization.k8s.io/')) return [];
  const words = (node: YamlNode | undefined) => items(node).map((item) => textOf(item) ?? '');
  return items(at(object.node, 'rules')).map((node) => ({
    node,
    verbs: words(at(node, 'verbs')),
    groups: words(at(node, 'apiGroups')),
    resources: words(at(node, 'resources')),
    named: items(at(node, 'resourceNames')).length > 0,
  }));
}

/** Reports once for each grant that `met` gives a word about. */
function grantRule(rule: RuleFacts, part: 'verbs' | 'resources', met: (grant: Grant) => string | undefined): KubeRule {
  return objectRule(rule, (object, report) => {
    for (const grant of grantsOf(object)) {
      const what = met(grant);
      if (what !== undefined) report(entrySpan(grant.node, part) ?? grant.node, { params: { what, verbs: grant.verbs.join(', ') } });
    }
  });
}

/** The first of `resources` that a grant names itself, with one of `verbs` or all. A wildcard of resources has rules of its own. */
function grants(resources: readonly string[], verbs: readonly string[]): (grant: Grant) => string | undefined {
  return (grant) =>
    grant.verbs.some((verb) => verb === '*' || verbs.includes(verb)) ? resources.find((name) => grant.resources.includes(name)) : undefined;
}

const WRITE = ['create', 'update', 'patch'];
const WORKLOADS = ['pods', 'deployments', 'daemonsets', 'statefulsets', 'replicasets', 'replicationcontrollers', 'jobs', 'cronjobs'];
const ACCESS = ['clusterrolebindings', 'rolebindings', 'clusterroles', 'roles'];

const ROLE_RULES: readonly KubeRule[] = [
  grantRule(
    facts('wildcard-everything', 'critical', ['KSV-0044', 'KSV-0046', 'KSV-0112', 'wildcard-in-rules', 'C-0187'], '5.1.3'),
    'verbs',
    ({ verbs, resources }) => (verbs.includes('*') && resources.includes('*') ? '*' : undefined),
  ),
  grantRule(
    facts('wildcard-resources', 'high', ['KSV-0046', 'wildcard-in-rules', 'C-0187'], '5.1.3'),
    'resources',
    ({ verbs, resources }) => (!verbs.includes('*') && resources.includes('*') ? '*' : undefined),
  ),
  grantRule(facts('wildcard-verbs', 'medium', ['KSV-0045', 'wildcard-in-rules', 'C-0187'], '5.1.3'), 'verbs', ({ verbs, resources }) =>
    verbs.includes('*') && !resources.includes('*') && resources.length > 0 ? resources.join(', ') : undefined,
  ),
  grantRule(
    facts('read-secrets', 'high', ['KSV-0041', 'KSV-0113', 'access-to-secrets', 'C-0186', 'C-0015'], '5.1.2'),
    'resources',
    (grant) => (grant.named ? undefined : grants(['secrets'], ['get', 'list', 'watch'])(grant)),
  ),
  grantRule(facts('escalate', 'high', ['KSV-0043', 'C-0191', 'C-0065'], '5.1.8'), 'verbs', ({ verbs }) =>
    verbs.find((verb) => ['escalate', 'bind', 'impersonate'].includes(verb)),
  ),
  grantRule(facts('manage-access', 'high', ['KSV-0050', 'KSV-0051', 'KSV-0052', 'KSV-0055']), 'resources', grants(ACCESS, WRITE)),
  grantRule(
    facts('exec', 'high', ['KSV-0053', 'KSV-0054', 'C-0002', 'C-0063']),
    'resources',
    grants(['pods/exec', 'pods/attach', 'pods/portforward', 'pods/ephemeralcontainers', 'pods/*'], ['create', 'get', 'update', 'patch']),
  ),
  grantRule(facts('create-pods', 'low', ['KSV-0048', 'access-to-create-pods', 'C-0188'], '5.1.4'), 'resources', grants(WORKLOADS, WRITE)),
  grantRule(
    facts('node-proxy', 'high', ['KSV-0047', 'C-0279'], '5.1.10'),
    'resources',
    grants(['nodes/proxy', 'nodes/*'], ['get', 'create', 'update', 'patch', 'delete']),
  ),
  grantRule(
    facts('approve-certificates', 'high', ['C-0280'], '5.1.11'),
    'resources',
    grants(['certificatesigningrequests/approval'], ['update', 'patch']),
  ),
  grantRule(
    facts('webhooks', 'high', ['KSV-0114', 'C-0281'], '5.1.12'),
    'resources',
    grants(['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'], WRITE),
  ),
  grantRule(
    facts('create-tokens', 'high', ['C-0282'], '5.1.13'),
    'resources',
    grants(['serviceaccounts/token', 'serviceaccounts/*'], ['create']),
  ),
  grantRule(facts('create-volumes', 'medium', ['C-0278'], '5.1.9'), 'resources', grants(['persistentvolumes'], ['create'])),
];

function bindingRule(rule: RuleFacts, is: (subject: YamlNode) => boolean): KubeRule {
  return objectRule(rule, (object, report) => {
    if (!isBinding(object)) return;
    const role = textOf(at(object.node, 'roleRef', 'name')) ?? '';
    for (const subject of items(at(object.node, 'subjects'))) {
      if (is(subject)) report(entrySpan(subject, 'name') ?? subject, { params: { subject: textOf(at(subject, 'name')) ?? '', role } });
    }
  });
}

function isBinding({ kind, apiVersion }: KubeObject): boolean {
  return /^(Cluster)?RoleBinding$/.test(kind) && apiVersion.startsWith('rbac.authorization.k8s.io/');
}

const named =
  (...names: string[]) =>
  (subject: YamlNode) =>
    names.includes(textOf(at(subject, 'name')) ?? '');

const BINDING_RULES: readonly KubeRule[] = [
  objectRule(facts('cluster-admin', 'high', ['KSV-0111', 'cluster-admin-role-binding', 'C-0185', 'C-0035'], '5.1.1'), (object, report) => {
    const role = at(object.node, 'roleRef');
    if (!isBinding(object) || textOf(at(role, 'name')) !== 'cluster-admin') return;
    const subjects = items(at(object.node, 'subjects')).map((subject) => textOf(at(subject, 'name')) ?? '');
    report(entrySpan(role, 'name') ?? role!, { params: { subjects: subjects.join(', ') } });
  }),
  bindingRule(facts('anonymous', 'critical', ['KSV-0122']), named('system:anonymous', 'system:unauthenticated')),
  bindingRule(facts('authenticated', 'high', ['KSV-01011']), named('system:authenticated', 'system:serviceaccounts')),
  bindingRule(facts('masters', 'critical', ['KSV-0123', 'C-0246'], '5.1.7'), named('system:masters')),
  bindingRule(
    facts('default-account', 'medium', ['C-0189'], '5.1.5'),
    (subject) => textOf(at(subject, 'kind')) === 'ServiceAccount' && textOf(at(subject, 'name')) === 'default',
  ),
];

export const RBAC_RULES: readonly KubeRule[] = [...ROLE_RULES, ...BINDING_RULES].map((rule) => exceptBuiltIn(rule));

/** Roles that Kubernetes itself brings are what they are. */
function exceptBuiltIn(rule: KubeRule): KubeRule {
  return {
    ...rule,
    check: (file, report) =>
      rule.check(
        { ...file, objects: file.objects.filter(({ node }) => !isSet(at(node, 'metadata', 'labels', 'kubernetes.io/bootstrapping'))) },
        report,
      ),
  };
}
