import { describe, expect, it } from 'vitest';
import { checkSentences } from '../../messages/checks/index.ts';
import { fill } from '../../messages/fill.ts';
import type { CheckFinding } from '../../model/index.ts';
import { kubernetes } from './index.ts';

function check(text: string, enabled?: string): CheckFinding[] {
  return [...kubernetes.check({ path: 'a.yaml', text }, {}, enabled === undefined ? undefined : new Set([enabled]))];
}

function of(id: string, text: string): CheckFinding[] {
  return check(text, `kubernetes/${id}`).filter((finding) => finding.id === `kubernetes/${id}`);
}

const object = (kind: string, rest: string, apiVersion = 'v1') =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: x}\n${rest}\n`;
const pod = (container: string, spec = '') =>
  object('Pod', `spec: {containers: [{name: web, ${container}}]${spec === '' ? '' : `, ${spec}`}}`);
const RBAC = 'rbac.authorization.k8s.io/v1';
const role = (rule: string) => object('Role', `rules: [{apiGroups: [""], ${rule}}]`, RBAC);
const binding = (subject: string, name = 'view') =>
  object('ClusterRoleBinding', `roleRef: {kind: ClusterRole, name: ${name}}\nsubjects: [${subject}]`, RBAC);
const env = (name: string, value: string) => pod(`env: [{name: ${name}, value: ${value}}]`);
const config = (data: string) => object('ConfigMap', `data:\n${data}`);
const DIGEST = `sha256:${'a'.repeat(64)}`;
const githubToken = ['ghp', '_', 'A1b2'.repeat(9)].join('');

/** For each rule: what it finds, and what it leaves alone. */
const CASES: Readonly<Record<string, { bad: readonly string[]; good: readonly string[] }>> = {
  'memory-limit-missing': {
    bad: [pod('image: a'), pod('resources: {limits: {cpu: 1}}')],
    good: [pod('resources: {limits: {memory: 1Gi}}')],
  },
  'memory-request-missing': {
    bad: [pod('resources: {requests: {cpu: 1}}')],
    good: [pod('resources: {requests: {memory: 1Gi}}'), pod('resources: {limits: {memory: 1Gi}}')],
  },
  'cpu-limit-missing': {
    bad: [pod('image: a')],
    good: [pod('resources: {limits: {cpu: 500m}}'), pod('image: a', 'resources: {limits: {cpu: 1}}')],
  },
  'cpu-request-missing': { bad: [pod('image: a')], good: [pod('resources: {requests: {cpu: 1}}')] },
  'liveness-probe-missing': {
    bad: [pod('image: a')],
    good: [
      pod('livenessProbe: {exec: {command: [x]}}'),
      pod('image: a', 'restartPolicy: Never'),
      object('Job', 'spec: {template: {spec: {containers: [{name: a}]}}}', 'batch/v1'),
      object('Pod', 'spec: {initContainers: [{name: a}]}'),
    ],
  },
  'readiness-probe-missing': { bad: [pod('image: a')], good: [pod('readinessProbe: {exec: {command: [x]}}')] },
  'writable-root-filesystem': {
    bad: [pod('image: a'), pod('securityContext: {readOnlyRootFilesystem: false}')],
    good: [pod('securityContext: {readOnlyRootFilesystem: true}'), pod('image: a', 'os: {name: windows}')],
  },
  'run-as-low-user': {
    bad: [pod('securityContext: {runAsUser: 999}'), pod('image: a', 'securityContext: {runAsUser: 1}')],
    good: [pod('securityContext: {runAsUser: 10000}'), pod('securityContext: {runAsUser: 0}'), pod('image: a')],
  },
  'root-group': {
    bad: [
      pod('securityContext: {runAsGroup: 0}'),
      pod('image: a', 'securityContext: {supplementalGroups: [1, 0]}'),
      pod('image: a', 'securityContext: {fsGroup: 0}'),
    ],
    good: [pod('securityContext: {runAsGroup: 1}')],
  },
  'service-account-token': {
    bad: [pod('image: a'), pod('image: a', 'automountServiceAccountToken: true')],
    good: [
      pod('image: a', 'automountServiceAccountToken: false'),
      `${pod('image: a', 'serviceAccountName: s')}---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: s}\nautomountServiceAccountToken: false\n`,
    ],
  },
  'default-service-account': {
    bad: [pod('image: a'), pod('image: a', 'serviceAccountName: default')],
    good: [pod('image: a', 'serviceAccountName: shop'), pod('image: a', 'automountServiceAccountToken: false')],
  },
  'shared-processes': { bad: [pod('image: a', 'shareProcessNamespace: true')], good: [pod('image: a', 'shareProcessNamespace: false')] },
  'ssh-port': { bad: [pod('ports: [{containerPort: 22}]')], good: [pod('ports: [{containerPort: 2222}]')] },
  'apparmor-missing': { bad: [pod('image: a')], good: [pod('image: a', 'securityContext: {appArmorProfile: {type: RuntimeDefault}}')] },
  'image-tag-latest': {
    bad: [pod('image: nginx'), pod('image: "localhost:5000/nginx:latest"')],
    good: [pod('image: "nginx:1.29"'), pod(`image: "nginx@${DIGEST}"`), pod(`image: "nginx:latest@${DIGEST}"`)],
  },
  'image-not-pinned': { bad: [pod('image: "nginx:1.29"')], good: [pod(`image: "nginx:1.29@${DIGEST}"`), pod('image: nginx')] },
  'image-pull-policy': {
    bad: [pod('image: "nginx:latest", imagePullPolicy: IfNotPresent'), pod('image: nginx, imagePullPolicy: Never')],
    good: [pod('image: nginx'), pod('image: nginx, imagePullPolicy: Always'), pod('image: "nginx:1", imagePullPolicy: IfNotPresent')],
  },
  'image-digest-doubled': { bad: [pod(`image: "nginx@sha256:${DIGEST}"`)], good: [pod(`image: "nginx@${DIGEST}"`)] },
  'image-digest-malformed': {
    bad: [pod('image: "nginx@sha256:abc"'), pod('image: "nginx@latest"')],
    good: [pod(`image: "nginx@${DIGEST}"`), pod('image: nginx')],
  },
  'secret-in-env': {
    bad: [
      env('DB_PASSWORD', 'hunter2'),
      env('API_KEY', 'abc'),
      env('ANY', `"${githubToken}"`),
      env('DATABASE_URL', '"postgres://shop:hunter2@db/shop"'),
    ],
    good: [
      env('DB_PASSWORD', '""'),
      env('DB_PASSWORD', '$(OTHER)'),
      env('DB_PASSWORD_FILE', '/run/secrets/db'),
      env('TOKEN_TTL', '"3600"'),
      env('SECRET_NAME', 'shop'),
      env('KEYBOARD', 'us'),
      env('API_TOKEN', '"https://example.com/token"'),
      env('DATABASE_URL', '"postgres://db/shop"'),
    ],
  },
  'env-from-secret': {
    bad: [pod('env: [{name: A, valueFrom: {secretKeyRef: {name: s, key: k}}}]'), pod('envFrom: [{secretRef: {name: s}}]')],
    good: [pod('env: [{name: A, valueFrom: {configMapKeyRef: {name: s, key: k}}}]')],
  },
  'secret-in-config-map': {
    bad: [
      config('  password: hunter2'),
      config(`  app.conf: |\n    user=a\n    db.password = hunter2\n`),
      config('  app.json: |\n    {\n      "apiKey": "abc",\n    }'),
    ],
    good: [
      config('  password: ""'),
      config(`  app.conf: |\n    timeout=5\n    password=\${DB}\n`),
      config('  tokens: "5"'),
      config(`  app.yaml: |\n    token: $slack-token\n`),
    ],
  },
  'secret-in-manifest': {
    bad: [object('Secret', 'data: {password: aHVudGVyMg==}'), object('Secret', 'stringData: {a: b}')],
    good: [
      object('Secret', 'data: {password: ""}'),
      object('Secret', 'stringData: {a: "$(A)"}'),
      object('Secret', 'data: {a: b}', 'example.com/v1'),
      object('Secret', 'stringData: {type: git, url: https://git.example/app, username: me, tls.crt: x}'),
    ],
  },
  'rbac-wildcard-everything': {
    bad: [role('resources: ["*"], verbs: ["*"]')],
    good: [role('resources: [pods], verbs: ["*"]'), role('resources: ["*"], verbs: [get]')],
  },
  'rbac-wildcard-resources': { bad: [role('resources: ["*"], verbs: [get]')], good: [role('resources: [pods], verbs: [get]')] },
  'rbac-wildcard-verbs': { bad: [role('resources: [pods], verbs: ["*"]')], good: [role('resources: [pods], verbs: [get]')] },
  'rbac-read-secrets': {
    bad: [role('resources: [secrets], verbs: [list]'), role('resources: [pods, secrets], verbs: ["*"]')],
    good: [role('resources: [secrets], verbs: [create]'), role('resources: [secrets], resourceNames: [one], verbs: [get]')],
  },
  'rbac-escalate': {
    bad: [role('resources: [roles], verbs: [bind]'), role('resources: [users], verbs: [impersonate]')],
    good: [role('resources: [roles], verbs: [get]')],
  },
  'rbac-manage-access': {
    bad: [role('resources: [rolebindings], verbs: [create]')],
    good: [role('resources: [rolebindings], verbs: [list]')],
  },
  'rbac-exec': { bad: [role('resources: [pods/exec], verbs: [create]')], good: [role('resources: [pods/log], verbs: [get]')] },
  'rbac-create-pods': { bad: [role('resources: [deployments], verbs: [patch]')], good: [role('resources: [deployments], verbs: [get]')] },
  'rbac-node-proxy': { bad: [role('resources: [nodes/proxy], verbs: [get]')], good: [role('resources: [nodes/metrics], verbs: [get]')] },
  'rbac-approve-certificates': {
    bad: [role('resources: [certificatesigningrequests/approval], verbs: [update]')],
    good: [role('resources: [certificatesigningrequests], verbs: [update]')],
  },
  'rbac-webhooks': {
    bad: [role('resources: [mutatingwebhookconfigurations], verbs: [patch]')],
    good: [role('resources: [mutatingwebhookconfigurations], verbs: [get]')],
  },
  'rbac-create-tokens': {
    bad: [role('resources: [serviceaccounts/token], verbs: [create]')],
    good: [role('resources: [serviceaccounts], verbs: [create]')],
  },
  'rbac-create-volumes': {
    bad: [role('resources: [persistentvolumes], verbs: [create]')],
    good: [role('resources: [persistentvolumeclaims], verbs: [create]')],
  },
  'rbac-cluster-admin': { bad: [binding('{kind: User, name: eve}', 'cluster-admin')], good: [binding('{kind: User, name: eve}', 'admin')] },
  'rbac-anonymous': {
    bad: [binding('{kind: User, name: "system:anonymous"}'), binding('{kind: Group, name: "system:unauthenticated"}')],
    good: [binding('{kind: User, name: eve}')],
  },
  'rbac-authenticated': { bad: [binding('{kind: Group, name: "system:authenticated"}')], good: [binding('{kind: Group, name: shop}')] },
  'rbac-masters': { bad: [binding('{kind: Group, name: "system:masters"}')], good: [binding('{kind: Group, name: masters}')] },
  'rbac-default-account': {
    bad: [binding('{kind: ServiceAccount, name: default, namespace: x}')],
    good: [binding('{kind: User, name: default}')],
  },
  'service-external-ips': {
    bad: [object('Service', 'spec: {externalIPs: [192.0.2.1]}')],
    good: [object('Service', 'spec: {externalIPs: []}')],
  },
  'service-node-port': { bad: [object('Service', 'spec: {type: NodePort}')], good: [object('Service', 'spec: {type: ClusterIP}')] },
  'service-load-balancer-open': {
    bad: [object('Service', 'spec: {type: LoadBalancer}')],
    good: [
      object('Service', 'spec: {type: LoadBalancer, loadBalancerSourceRanges: [192.0.2.0/24]}'),
      'apiVersion: v1\nkind: Service\nmetadata: {name: x, annotations: {networking.gke.io/load-balancer-type: Internal}}\nspec: {type: LoadBalancer}\n',
    ],
  },
  'ingress-without-tls': {
    bad: [object('Ingress', 'spec: {rules: []}', 'networking.k8s.io/v1')],
    good: [object('Ingress', 'spec: {tls: [{secretName: a}]}', 'networking.k8s.io/v1')],
  },
  'namespace-not-enforced': {
    bad: [
      object('Namespace', ''),
      'apiVersion: v1\nkind: Namespace\nmetadata: {name: x, labels: {pod-security.kubernetes.io/enforce: privileged}}\n',
    ],
    good: ['apiVersion: v1\nkind: Namespace\nmetadata: {name: x, labels: {pod-security.kubernetes.io/enforce: restricted}}\n'],
  },
  'namespace-default': {
    bad: ['apiVersion: v1\nkind: Service\nmetadata: {name: x, namespace: default}\n'],
    good: [object('Service', 'spec: {}')],
  },
  'namespace-kube-system': {
    bad: ['apiVersion: v1\nkind: Pod\nmetadata: {name: x, namespace: kube-system}\nspec: {containers: []}\n'],
    good: ['apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, namespace: kube-system}\n', pod('image: a')],
  },
  'api-removed': {
    bad: [
      object('CronJob', 'spec: {}', 'batch/v1beta1'),
      object('Ingress', 'spec: {}', 'extensions/v1beta1'),
      object('Deployment', '', 'apps/v1beta2'),
    ],
    good: [object('CronJob', 'spec: {}', 'batch/v1'), object('Event', '', 'v1')],
  },
  'network-policy-missing': {
    bad: [
      pod('image: a'),
      `${pod('image: a')}---\n${object('NetworkPolicy', 'spec: {podSelector: {matchLabels: {app: b}}}', 'networking.k8s.io/v1')}`,
    ],
    good: [`${pod('image: a')}---\n${object('NetworkPolicy', 'spec: {podSelector: {}}', 'networking.k8s.io/v1')}`],
  },
  'syntax': { bad: ['apiVersion: v1\nkind: [\n'], good: [pod('image: a')] },
};

describe.each(Object.entries(CASES))('kubernetes/%s', (id, { bad, good }) => {
  it.each(bad)('finds it once, with sentences that name what was met: %j', (text) => {
    const found = of(id, text);
    expect(found).toHaveLength(1);
    const { params, location, references } = found[0]!;
    expect(location.line).toBeGreaterThan(0);
    expect(references.length).toBeGreaterThan(0);
    for (const language of ['en', 'ko'] as const) {
      const sentences = checkSentences(`kubernetes/${id}`, language)!;
      expect(fill(sentences.message, params)).not.toMatch(/\{\w+\}/);
    }
  });

  it.each(good)('leaves alone: %j', (text) => {
    expect(of(id, text)).toEqual([]);
  });
});

describe('rules', () => {
  const outside = kubernetes.rules.filter(({ benchmarks }) => !benchmarks?.some((name) => name.startsWith('PSS ')));

  it('outside of the standards all have cases here; all have sentences, and a name of their own', () => {
    expect(outside.map(({ id }) => id.replace('kubernetes/', '')).sort()).toEqual(Object.keys(CASES).sort());
    expect(kubernetes.rules.filter(({ id }) => !checkSentences(id, 'en') || !checkSentences(id, 'ko'))).toEqual([]);
    expect(new Set(kubernetes.rules.map(({ id }) => id)).size).toBe(kubernetes.rules.length);
  });

  it('name clauses of benchmarks, but for those that are about running well', () => {
    const without = kubernetes.rules.filter(({ benchmarks = [] }) => benchmarks.length === 0).map(({ id }) => id);
    expect(without).toEqual([
      'kubernetes/syntax',
      'kubernetes/liveness-probe-missing',
      'kubernetes/readiness-probe-missing',
      'kubernetes/api-removed',
    ]);
  });

  it('never show a secret', () => {
    const texts = [env('DB_PASSWORD', 'hunter2'), config('  password: hunter2'), object('Secret', 'stringData: {password: hunter2}')];
    for (const text of texts) expect(JSON.stringify(check(text).filter(({ id }) => id.includes('secret-in')))).not.toContain('hunter2');
  });

  it('point to the line of what they are about', () => {
    const text =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec:\n  hostNetwork: true\n  containers:\n    - name: web\n      image: nginx:1.29\n';
    const lines = Object.fromEntries(check(text).map(({ id, location }) => [id.replace('kubernetes/', ''), location.line]));
    expect(lines).toMatchObject({ 'host-network': 5, 'image-not-pinned': 8, 'allow-privilege-escalation': 7, 'service-account-token': 4 });
  });

  it('are ignored by a comment', () => {
    const text =
      'apiVersion: v1\nkind: Pod\nspec:\n  # plimsoll:ignore kubernetes/host-network node agent\n  hostNetwork: true\n  hostPID: true\n';
    const suppressed = check(text)
      .filter((finding) => finding.suppressed)
      .map(({ id }) => id);
    expect(suppressed).toEqual(['kubernetes/host-network']);
  });

  it('mend what has one meaning only', () => {
    const apply = (text: string) => {
      const edits = check(text)
        .flatMap(({ fix = [] }) => fix)
        .sort((a, b) => b.start - a.start);
      return edits.reduce((result, { start, end, text: by }) => result.slice(0, start) + by + result.slice(end), text);
    };
    expect(apply(pod(`image: "nginx@sha256:${DIGEST}"`))).toBe(pod(`image: "nginx@${DIGEST}"`));
    expect(apply(pod(`image: nginx@sha256:@${DIGEST}`))).toBe(pod(`image: nginx@${DIGEST}`));
    expect(apply(object('CronJob', 'spec: {}', 'batch/v1beta1'))).toBe(object('CronJob', 'spec: {}', 'batch/v1'));
    expect(apply(object('Ingress', 'spec: {tls: [{}]}', 'extensions/v1beta1'))).toBe(
      object('Ingress', 'spec: {tls: [{}]}', 'extensions/v1beta1'),
    );
  });
});

describe('recognises', () => {
  const recognises = (text: string, path = 'a.yaml') => kubernetes.recognises({ path, text });
  it('manifests in YAML and JSON, and nothing else', () => {
    expect(recognises(pod('image: a'))).toBe(true);
    expect(recognises('{"kind": "Pod", "apiVersion": "v1"}', 'a.json')).toBe(true);
    expect(recognises('# x\n---\napiVersion: v1\nkind: Pod\n')).toBe(true);
    expect(recognises('services:\n  web: {image: a}\n')).toBe(false);
    expect(recognises('{"name": "x", "version": "1.0.0"}', 'package.json')).toBe(false);
    expect(recognises('apiVersion: v1\nkind: ConfigMap\ndata:\n  a.tmpl: |\n    {{ define "x" }}\n')).toBe(true);
    expect(recognises('{{- if .Values.x }}\napiVersion: v1\nkind: Pod\n{{- end }}\n')).toBe(false);
  });
});

describe('malformed objects', () => {
  it('are never a throw', () => {
    const odd = [
      'spec: 5',
      'spec: {containers: 5}',
      'spec: {containers: [5, null, {}]}',
      'spec: {containers: [{name: [], image: {}, env: {}, ports: [1]}]}',
      'spec: {volumes: [null, 1, {}]}',
      'spec: {securityContext: []}',
      'metadata: []',
      'rules: [1, {verbs: 1}]',
      'subjects: 1\nroleRef: 1',
      'data: [1]',
    ];
    for (const kind of [
      'Pod',
      'Deployment',
      'CronJob',
      'Role',
      'ClusterRoleBinding',
      'ConfigMap',
      'Secret',
      'Service',
      'Ingress',
      'List',
      'toString',
    ]) {
      for (const text of odd) expect(() => check(`apiVersion: v1\nkind: ${kind}\n${text}\n`)).not.toThrow();
      for (const text of odd) expect(() => check(`apiVersion: ${RBAC}\nkind: ${kind}\n${text}\n`)).not.toThrow();
    }
  });
});
