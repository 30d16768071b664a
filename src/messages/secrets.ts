import { SECRET_WORDS, type SecretLiveness, type SecretNote, type SecretWord } from '../model/index.ts';
import { fill, type Language, type Params } from './fill.ts';
import { secretsEn } from './secrets.en.ts';
import { secretsKo } from './secrets.ko.ts';
import { serviceName } from './services.ts';

export type SecretTexts = Readonly<Record<keyof typeof secretsEn, string>>;

const ALL: Readonly<Record<Language, SecretTexts>> = { en: secretsEn, ko: secretsKo };

/** The words about secrets in the reader's language. To be imported on demand: a scan without secrets needs none of them. */
export function secretTexts(language: Language): SecretTexts {
  return ALL[language];
}

/**
 * `GitHub token`. A service that the word repeats is left out, and so is a word that a title of the user's ends with, in whatever language: `Acme
 * token`. The word `secret` says nothing more than any of the others. A service that is no name of anybody's is in the reader's language.
 */
export function secretTitle({ service, word }: { readonly service: string; readonly word: SecretWord }, texts: SecretTexts): string {
  const name = texts[`word.${word}`];
  if (service.toLowerCase() === name.toLowerCase()) return name;
  const said = (word === 'secret' ? SECRET_WORDS : [word]).flatMap((each) =>
    Object.values(ALL).map((one) => one[`word.${each}`].toLowerCase()),
  );
  return said.some((each) => service.toLowerCase().endsWith(` ${each}`))
    ? service
    : fill(texts.title, { service: serviceName(service, texts), word: name });
}

/** The params of a check with the reader's word for the secret's service, where it has one. */
export function withService(params: Params, texts: SecretTexts): Params {
  return typeof params.service === 'string' ? { ...params, service: serviceName(params.service, texts) } : params;
}

/** What to do about a secret of this kind; where an upper layer deleted it, that this was not enough. */
export function secretRemedy({ word, visible }: { readonly word: SecretWord; readonly visible: boolean }, texts: SecretTexts): string {
  return visible ? texts[`remedy.${word}`] : `${texts[`remedy.${word}`]} ${texts['remedy.deleted']}`;
}

/** What the secret's own service says of it. */
export function livenessText({ code, host = '' }: SecretLiveness, texts: SecretTexts): string {
  return fill(texts[`live.${code}`], { host });
}

export function secretNote({ code, params }: SecretNote, texts: SecretTexts): string {
  return fill(texts[`note.${code}`], params);
}
