import type { CheckRule, Reported, RuleFacts, Span } from '../types.ts';
import { entrySpan, type YamlNode } from '../yaml-tree.ts';
import type { Container, KubeFile, KubeObject, Pod } from './objects.ts';

export type KubeRule = CheckRule<KubeFile>;
export type Report = (at: Span, reported?: Reported) => void;

/** Pages that several rules follow. */
export const PAGES = {
  standards: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  context: 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
  rbac: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  images: 'https://kubernetes.io/docs/concepts/containers/images/',
  accounts: 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/',
  secrets: 'https://kubernetes.io/docs/concepts/security/secrets-good-practices/',
  resources: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/',
  checklist: 'https://kubernetes.io/docs/concepts/security/application-security-checklist/',
} as const;

/** Clauses of benchmarks that several rules name: CIS Kubernetes Benchmark 1.12, NSA/CISA Kubernetes Hardening Guide 1.2, NIST SP 800-190. */
export const BENCHMARKS = {
  baseline: 'PSS baseline',
  restricted: 'PSS restricted',
  nsaPods: 'NSA/CISA Kubernetes 1.2 Pod security',
  nsaNetwork: 'NSA/CISA Kubernetes 1.2 Network separation and hardening',
  nsaAccess: 'NSA/CISA Kubernetes 1.2 Authentication and authorization',
  /** Insecure container runtime configurations. */
  nistRuntime: 'NIST 800-190 4.4.3',
  /** Image configuration defects. */
  nistImage: 'NIST 800-190 4.1.2',
  /** Embedded clear text secrets. */
  nistSecrets: 'NIST 800-190 4.1.4',
  /** Use of untrusted images. */
  nistTrust: 'NIST 800-190 4.1.5',
  /** Unbounded administrative access. */
  nistAdmin: 'NIST 800-190 4.3.1',
  /** Poorly separated inter-container network traffic. */
  nistTraffic: 'NIST 800-190 4.3.3',
  /** Unbounded network access from containers. */
  nistEgress: 'NIST 800-190 4.4.2',
  /** Host OS file system tampering. */
  nistHostFiles: 'NIST 800-190 4.5.5',
  /** Shared kernel. */
  nistKernel: 'NIST 800-190 4.5.2',
} as const;

export function cis(clause: string): string {
  return `CIS Kubernetes ${clause}`;
}

export function objectRule(facts: RuleFacts, check: (object: KubeObject, report: Report, file: KubeFile) => void): KubeRule {
  return {
    ...facts,
    check(file, report) {
      for (const object of file.objects) check(object, (at, more) => report(at, { resource: object.label, ...more }), file);
    },
  };
}

export function podRule(facts: RuleFacts, check: (pod: Pod, report: Report, file: KubeFile) => void): KubeRule {
  return objectRule(facts, (object, report, file) => {
    if (object.pod) check(object.pod, report, file);
  });
}

export function containerRule(facts: RuleFacts, check: (container: Container, report: Report, pod: Pod, file: KubeFile) => void): KubeRule {
  return podRule(facts, (pod, report, file) => {
    for (const container of pod.containers) {
      check(container, (at, more) => report(at, { resource: container.label, ...more }), pod, file);
    }
  });
}

/** The nearest place to something missing: the deepest key of `path` that is there, else `head`. */
export function nearest(node: YamlNode, head: Span, ...path: readonly string[]): Span {
  let found: Span = head;
  let here: YamlNode | undefined = node;
  for (const key of path) {
    const span = entrySpan(here, key);
    if (span === undefined || here?.kind !== 'map') break;
    found = span;
    here = here.entries.get(key)?.value;
  }
  return found;
}

/** Makes the facts of controls of one level. `control`: its name in the admission controller, which stands among the aliases. */
export function controlsOf(level: 'baseline' | 'restricted') {
  return (
    id: string,
    control: string,
    severity: RuleFacts['severity'],
    aliases: readonly string[],
    more: readonly string[],
  ): RuleFacts => ({
    id: `kubernetes/${id}`,
    aliases: [control, ...aliases],
    severity,
    benchmarks: [BENCHMARKS[level], ...more],
    references: [`${PAGES.standards}#${level}`],
  });
}
