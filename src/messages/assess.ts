import { type AssessKey, assessEn } from './assess.en.ts';
import { assessKo } from './assess.ko.ts';
import { fill, type Language, type Params } from './fill.ts';

/** Words of the comprehensive report in one language. */
export type AssessWords = (key: AssessKey, params?: Params) => string;

export function assessWords(language: Language): AssessWords {
  const all: Readonly<Record<AssessKey, string>> = language === 'ko' ? assessKo : assessEn;
  return (key, params = {}) => fill(all[key], params);
}
