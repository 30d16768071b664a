import type { Language } from '../fill.ts';
import { checkTableEn } from './table.en.ts';
import { checkTableKo } from './table.ko.ts';

export type CheckTableTexts = Readonly<Record<keyof typeof checkTableEn, string>>;

const ALL: Record<Language, CheckTableTexts> = { en: checkTableEn, ko: checkTableKo };

/** To be imported on demand: a scan without checks needs none of them. */
export function checkTableTexts(language: Language): CheckTableTexts {
  return ALL[language];
}
