import type { Language } from './fill.ts';

export const LANGUAGES: readonly Language[] = ['en', 'ko'];

/**
 * The reader's language from the locale variables, in the order POSIX gives them (LC_ALL, LC_MESSAGES, LANG; the first that
 * is set and not empty decides). English where it is none of ours. Source: POSIX.1-2024, XBD 8.2.
 */
export function localeLanguage(env: Readonly<Record<string, string | undefined>>): Language {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return /^ko(?:[_.@-]|$)/i.test(locale) ? 'ko' : 'en';
}
