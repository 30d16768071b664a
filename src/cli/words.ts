import { type CliKey, cliEn } from '../messages/cli.en.ts';
import { cliKo } from '../messages/cli.ko.ts';
import { fill, type Language, type Params } from '../messages/fill.ts';

/** The command line's own words in one language. */
export type Words = (key: CliKey, params?: Params) => string;

const CATALOGUES: Record<Language, Record<CliKey, string>> = { en: cliEn, ko: cliKo };

export function wordsOf(language: Language): Words {
  return (key, params = {}) => fill(CATALOGUES[language][key], params);
}
