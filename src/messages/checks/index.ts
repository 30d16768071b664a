import type { Language } from '../fill.ts';
import { composeChecksEn } from './compose.en.ts';
import { composeChecksKo } from './compose.ko.ts';
import { dockerfileChecksEn } from './dockerfile.en.ts';
import { dockerfileChecksKo } from './dockerfile.ko.ts';
import { fileChecksEn } from './file.en.ts';
import { fileChecksKo } from './file.ko.ts';
import { imageChecksEn } from './image.en.ts';
import { imageChecksKo } from './image.ko.ts';
import { kubernetesChecksEn } from './kubernetes.en.ts';
import { kubernetesChecksKo } from './kubernetes.ko.ts';
import { runChecksEn } from './run.en.ts';
import { runChecksKo } from './run.ko.ts';
import { sharedChecksEn } from './shared.en.ts';
import { sharedChecksKo } from './shared.ko.ts';
import type { CheckSentences } from './types.ts';

const ALL: Readonly<Record<Language, Readonly<Record<string, CheckSentences>>>> = {
  en: {
    ...sharedChecksEn,
    ...dockerfileChecksEn,
    ...kubernetesChecksEn,
    ...composeChecksEn,
    ...runChecksEn,
    ...imageChecksEn,
    ...fileChecksEn,
  },
  ko: {
    ...sharedChecksKo,
    ...dockerfileChecksKo,
    ...kubernetesChecksKo,
    ...composeChecksKo,
    ...runChecksKo,
    ...imageChecksKo,
    ...fileChecksKo,
  },
};

/** The sentences of a rule; undefined for a custom rule, which brings its own. To be imported on demand: a scan without checks needs none of it. */
export function checkSentences(id: string, language: Language): CheckSentences | undefined {
  const all = ALL[language];
  return Object.hasOwn(all, id) ? all[id] : undefined;
}
