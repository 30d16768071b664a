import { saidIn } from './details/index.ts';
import type { ErrorText } from './error-text.ts';
import { type ErrorCode, errorsEn } from './errors.en.ts';
import { errorsKo } from './errors.ko.ts';
import { fill, type Language, type Params } from './fill.ts';
import { gapEn } from './gap.en.ts';
import { gapKo } from './gap.ko.ts';
import { reportEn } from './report.en.ts';
import { reportKo } from './report.ko.ts';
import { warningEn } from './warning.en.ts';
import { warningKo } from './warning.ko.ts';

/** The catalogues that every part of the program shares; the command line's own words are in cli.en.ts and cli.ko.ts. */
export interface Catalogues {
  readonly language: Language;
  readonly errors: typeof errorsKo;
  readonly report: typeof reportKo;
  readonly warning: typeof warningKo;
  readonly gap: typeof gapKo;
}

const ALL: Record<Language, Catalogues> = {
  en: { language: 'en', errors: errorsEn, report: reportEn, warning: warningEn, gap: gapEn },
  ko: { language: 'ko', errors: errorsKo, report: reportKo, warning: warningKo, gap: gapKo },
};

export function catalogues(language: Language): Catalogues {
  return ALL[language];
}

/** What an error says, in the reader's language: what happened, and what to do next. */
export function errorSentences({ code, params }: { readonly code: ErrorCode; readonly params: Params }, language: Language): ErrorText {
  const { what, next } = ALL[language].errors[code];
  const said = saidIn(language, params);
  return { what: fill(what, said), next: fill(next, said) };
}
