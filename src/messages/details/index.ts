import type { Language, Params } from '../fill.ts';
import { detailsKo } from './ko.ts';
import { librariesKo } from './libraries.ko.ts';
import { parsersKo } from './parsers.ko.ts';
import { systemText } from './system.ts';

/** Params that hold words rather than names: why, what, how many of what. */
const WORDED = new Set(['detail', 'reason', 'what', 'unit', 'who', 'origin']);

interface Korean {
  readonly texts: ReadonlyMap<string, string>;
  readonly patterns: readonly (readonly [RegExp, string])[];
}
let korean: Korean | undefined;

/** The params with what systems, libraries and parsers say in the reader's words, as far as it is known. */
export function saidIn(language: Language, params: Params): Params {
  return Object.fromEntries(
    Object.entries(params).map(([key, value]) => [key, WORDED.has(key) && typeof value === 'string' ? detailText(value, language) : value]),
  );
}

/**
 * Why something went wrong, in the reader's language: what a system says by a code in words; what our own code and the libraries say in English as it is, or
 * in Korean. A text that is not known stays: the words of another program are better than none. `x: y` is said in parts.
 */
export function detailText(text: string, language: Language): string {
  const said = systemText(text, language);
  if (said !== undefined) return said;
  return language === 'ko' ? koreanOf(text) : text;
}

function koreanOf(text: string): string {
  const known = knownIn(text);
  if (known !== undefined) return known;
  const cut = text.search(/: |; /);
  if (cut <= 0) return text;
  const [head, mark, rest] = [text.slice(0, cut), text.slice(cut, cut + 2), text.slice(cut + 2)];
  return `${knownIn(head) ?? head}${mark}${systemText(rest, 'ko') ?? koreanOf(rest)}`;
}

function knownIn(text: string): string | undefined {
  korean ??= prepared();
  const whole = korean.texts.get(text);
  if (whole !== undefined) return whole;
  for (const [pattern, words] of korean.patterns) {
    const found = pattern.exec(text);
    if (found) return words.replace(/\{(\d)\}/g, (name, at: string) => found.groups?.[`at${at}`] ?? name);
  }
  return undefined;
}

/** Those with the most words of their own first. */
function prepared(): Korean {
  const texts = new Map(Object.entries({ ...librariesKo, ...parsersKo, ...detailsKo }));
  const filled = [...texts].filter(([english]) => /\{\d\}/.test(english)).sort(([a], [b]) => b.length - a.length);
  return { texts, patterns: filled.map(([english, words]) => [patternOf(english), words]) };
}

function patternOf(english: string): RegExp {
  const parts = english
    .split(/\{(\d)\}/)
    .map((part, i) => (i % 2 === 0 ? part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') : `(?<at${part}>.{1,300}?)`));
  return new RegExp(`^${parts.join('')}$`, 's');
}
