import type { Language } from '../messages/fill.ts';
import { LANGUAGES, localeLanguage } from '../messages/language.ts';
import { resolveAlone } from '../settings/index.ts';
import type { Io } from './io.ts';

/**
 * The language to speak before the command line is parsed: help and usage errors need one too. Settings that are wrong are
 * reported later, when they are resolved for the command; here they only do not count.
 */
export async function readerLanguage(argv: readonly string[], io: Io): Promise<Language> {
  const given = optionValue('--lang', argv);
  const known = LANGUAGES.find((each) => each === given?.toLowerCase());
  if (known) return known;
  const configPath = optionValue('--config', argv);
  const lang = await resolveAlone('lang', { ...io, flags: {}, ...(configPath === undefined ? {} : { configPath }) }).catch(() => undefined);
  return lang ?? localeLanguage(io.env);
}

function optionValue(option: string, argv: readonly string[]): string | undefined {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length;
  const options = argv.slice(0, end);
  const joined = options.find((each) => each.startsWith(`${option}=`));
  if (joined !== undefined) return joined.slice(option.length + 1);
  const at = options.indexOf(option);
  return at < 0 ? undefined : options[at + 1];
}
