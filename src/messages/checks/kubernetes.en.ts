import { kubernetesClusterEn } from './kubernetes-cluster.en.ts';
import { kubernetesPssEn } from './kubernetes-pss.en.ts';
import { kubernetesWorkloadEn } from './kubernetes-workload.en.ts';
import type { CheckSentences } from './types.ts';

export const kubernetesChecksEn = {
  ...kubernetesPssEn,
  ...kubernetesWorkloadEn,
  ...kubernetesClusterEn,
} as const satisfies Readonly<Record<string, CheckSentences>>;
