import type { kubernetesChecksEn } from './kubernetes.en.ts';
import { kubernetesPssKo } from './kubernetes-pss.ko.ts';
import type { CheckSentences } from './types.ts';

export const kubernetesChecksKo: Readonly<Record<keyof typeof kubernetesChecksEn, CheckSentences>> = { ...kubernetesPssKo };
