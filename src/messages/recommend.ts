import { fill, type Language, type Params } from './fill.ts';
import { type RecommendKey, recommendEn } from './recommend.en.ts';
import { recommendKo } from './recommend.ko.ts';

export type RecommendWords = (key: RecommendKey, params?: Params) => string;

const ALL: Readonly<Record<Language, Readonly<Record<RecommendKey, string>>>> = { en: recommendEn, ko: recommendKo };

/** Words of what `plimsoll recommend` prints; loaded by it alone. */
export function recommendWords(language: Language): RecommendWords {
  return (key, params = {}) => fill(ALL[language][key], params);
}
