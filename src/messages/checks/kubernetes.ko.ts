import type { kubernetesChecksEn } from './kubernetes.en.ts';
import { kubernetesClusterKo } from './kubernetes-cluster.ko.ts';
import { kubernetesPssKo } from './kubernetes-pss.ko.ts';
import { kubernetesWorkloadKo } from './kubernetes-workload.ko.ts';
import type { CheckSentences } from './types.ts';

export const kubernetesChecksKo: Readonly<Record<keyof typeof kubernetesChecksEn, CheckSentences>> = {
  ...kubernetesPssKo,
  ...kubernetesWorkloadKo,
  ...kubernetesClusterKo,
};
