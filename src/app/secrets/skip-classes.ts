import { SKIP_CLASSES, SKIP_PRESETS, type SkipClass } from '../../secrets/paths.ts';
import { EXIT, PlimsollError } from '../../util/errors.ts';

/** The classes that words name, see SecretsOptions.skip. Throws setting-choice for a word that is none. */
export function skipClasses(words: readonly string[]): readonly SkipClass[] {
  const chosen = new Set<SkipClass>(words[0]?.startsWith('-') ? SKIP_PRESETS.default : []);
  for (const word of words) {
    const away = word.startsWith('-');
    const name = away ? word.slice(1) : word;
    for (const one of named(name, word)) {
      if (away) chosen.delete(one);
      else chosen.add(one);
    }
  }
  return SKIP_CLASSES.filter((one) => chosen.has(one));
}

function named(name: string, word: string): readonly SkipClass[] {
  if (Object.hasOwn(SKIP_PRESETS, name)) return SKIP_PRESETS[name as keyof typeof SKIP_PRESETS];
  const found = SKIP_CLASSES.find((one) => one === name);
  if (found) return [found];
  const choices = [...Object.keys(SKIP_PRESETS), ...SKIP_CLASSES].join(', ');
  throw new PlimsollError('setting-choice', { where: 'secrets.skip', value: word, choices }, { exitCode: EXIT.usage });
}
