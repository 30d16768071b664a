import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Language } from '../messages/fill.ts';
import { LANGUAGES, localeLanguage } from '../messages/language.ts';
import { resolveAlone, userConfigDir } from '../settings/index.ts';
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
  const input = { ...io, flags: {}, ...(configPath === undefined ? {} : { configPath }) };
  const lang = await resolveAlone('lang', input).catch(() => languageOfBroken(configPath, io));
  return lang ?? localeLanguage(io.env);
}

/** What the variable says, else the line `lang: ko` of the file, whatever is wrong with the rest. */
function languageOfBroken(configPath: string | undefined, { env, cwd, home, platform }: Io): Language | undefined {
  const variable = LANGUAGES.find((each) => each === env.PLIMSOLL_LANG?.toLowerCase());
  if (variable) return variable;
  const given = configPath ?? env.PLIMSOLL_CONFIG;
  const paths = given
    ? [resolve(cwd, given)]
    : [cwd, userConfigDir({ env, home, platform })].map((folder) => join(folder, 'plimsoll.yaml'));
  for (const path of paths) {
    try {
      const said = /^lang:[ \t]{0,9}["']?(\w{2})\b/m.exec(readFileSync(path, 'utf8'))?.[1];
      const known = LANGUAGES.find((each) => each === said);
      if (known) return known;
    } catch {
      // What cannot be read is said when the command reads it.
    }
  }
  return undefined;
}

function optionValue(option: string, argv: readonly string[]): string | undefined {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length;
  const options = argv.slice(0, end);
  const joined = options.find((each) => each.startsWith(`${option}=`));
  if (joined !== undefined) return joined.slice(option.length + 1);
  const at = options.indexOf(option);
  return at < 0 ? undefined : options[at + 1];
}
