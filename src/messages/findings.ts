import type { Language, Params } from './fill.ts';
import { fill } from './fill.ts';
import { type FindingsKey, findingsEn } from './findings.en.ts';
import { findingsKo } from './findings.ko.ts';

/** Sentences about findings in one language. */
export type FindingWords = (key: FindingsKey, params?: Params) => string;

export function findingWords(language: Language): FindingWords {
  const all: Readonly<Record<FindingsKey, string>> = language === 'ko' ? findingsKo : findingsEn;
  return (key, params = {}) => fill(all[key], params);
}
