import { type CompareKey, compareEn } from './compare.en.ts';
import { compareKo } from './compare.ko.ts';
import { fill, type Language, type Params } from './fill.ts';

export type CompareWords = (key: CompareKey, params?: Params) => string;

const ALL: Readonly<Record<Language, Readonly<Record<CompareKey, string>>>> = { en: compareEn, ko: compareKo };

/** Words of what `plimsoll compare` prints; loaded by it alone. */
export function compareWords(language: Language): CompareWords {
  return (key, params = {}) => fill(ALL[language][key], params);
}
