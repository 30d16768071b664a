import { kubernetesPssEn } from './kubernetes-pss.en.ts';
import type { CheckSentences } from './types.ts';

export const kubernetesChecksEn = { ...kubernetesPssEn } as const satisfies Readonly<Record<string, CheckSentences>>;
