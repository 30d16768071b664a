import type { Language } from './fill.ts';
import { hardenEn } from './harden.en.ts';
import { hardenKo } from './harden.ko.ts';

export type HardenWords = Readonly<Record<keyof typeof hardenEn, string>>;

const ALL: Readonly<Record<Language, HardenWords>> = { en: hardenEn, ko: hardenKo };

/** Words of what `plimsoll harden` prints; loaded by it alone. */
export function hardenWords(language: Language): HardenWords {
  return ALL[language];
}
