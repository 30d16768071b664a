import type { Language } from './fill.ts';
import { lintEn } from './lint.en.ts';
import { lintKo } from './lint.ko.ts';

export type LintWords = Readonly<Record<keyof typeof lintEn, string>>;

const ALL: Readonly<Record<Language, LintWords>> = { en: lintEn, ko: lintKo };

/** Words of what `plimsoll lint` prints; loaded by it alone. */
export function lintWords(language: Language): LintWords {
  return ALL[language];
}
