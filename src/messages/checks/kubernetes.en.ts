import type { CheckSentences } from './types.ts';

export const kubernetesChecksEn = {} as const satisfies Readonly<Record<string, CheckSentences>>;
