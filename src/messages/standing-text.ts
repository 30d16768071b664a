import type { Language } from './fill.ts';
import { standingTextEn } from './standing.en.ts';
import { standingTextKo } from './standing.ko.ts';

export type StandingWords = Readonly<Record<keyof typeof standingTextEn, string>>;

const ALL: Readonly<Record<Language, StandingWords>> = { en: standingTextEn, ko: standingTextKo };

/** Words of reports about exceptions and baselines. */
export function standingWords(language: Language): StandingWords {
  return ALL[language];
}
