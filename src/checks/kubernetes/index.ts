import { openRun } from '../run-rules.ts';
import type { CheckContext, Checker, RuleFacts, SourceText } from '../types.ts';
import { readYaml } from '../yaml-tree.ts';
import { CLUSTER_RULES } from './cluster.ts';
import { IMAGE_RULES } from './images.ts';
import { objectsOf } from './objects.ts';
import { PSS_BASELINE } from './pss-baseline.ts';
import { PSS_RESTRICTED } from './pss-restricted.ts';
import { RBAC_RULES } from './rbac.ts';
import type { KubeRule } from './rule.ts';
import { SECRET_RULES } from './secret-values.ts';
import { WORKLOAD_RULES } from './workloads.ts';

/** The newest version whose Pod Security Standards we know: 1.37. */
const NEWEST_MINOR = 37;

const SYNTAX: RuleFacts = {
  id: 'kubernetes/syntax',
  aliases: ['schema-validation'],
  severity: 'high',
  references: ['https://kubernetes.io/docs/concepts/overview/working-with-objects/#describing-a-kubernetes-object'],
};

const KUBERNETES_RULES: readonly KubeRule[] = [
  ...PSS_BASELINE,
  ...PSS_RESTRICTED,
  ...WORKLOAD_RULES,
  ...IMAGE_RULES,
  ...SECRET_RULES,
  ...RBAC_RULES,
  ...CLUSTER_RULES,
];

/** Manifests of Kubernetes: YAML or JSON, of one or more documents. */
export const kubernetes: Checker = {
  id: 'kubernetes',
  rules: [SYNTAX, ...KUBERNETES_RULES],

  recognises({ text }) {
    if (!hasKey(text, 'apiVersion') || !hasKey(text, 'kind')) return false;
    // A template of Helm's is rendered first; templates in the values of a manifest are texts like others.
    return !/^\s*\{\{/m.test(text) || readYaml(text).problems.length === 0;
  },

  check(source: SourceText, context: CheckContext, enabled) {
    const run = openRun(source, { domain: 'kubernetes', context, ...(enabled === undefined ? {} : { enabled }) });
    const { documents, problems } = readYaml(source.text);
    for (const { start, end, message } of problems) run.report(SYNTAX, { start, end }, { params: { problem: message } });
    const objects = documents.flatMap((document) => objectsOf(document));
    run.run({ objects, minor: minorOf(context.kubernetesVersion) }, KUBERNETES_RULES);
    return run.findings();
  },
};

/** Of `1.30`, `v1.30` or `v1.30.4`; the newest where it is not known. */
function minorOf(version: string | undefined): number {
  const minor = /^v?1\.(\d{1,3})(?:\.|$)/.exec(version ?? '')?.[1];
  return minor === undefined ? NEWEST_MINOR : Number(minor);
}

function hasKey(text: string, key: string): boolean {
  return new RegExp(`(?:^|[\\s{,-])["']?${key}["']?\\s*:`).test(text);
}
