import type { CheckSentences } from './types.ts';

export type ContainerSentences = Readonly<Record<string, CheckSentences>>;
type OfSurface<Surface extends string, Texts> = { readonly [Key in keyof Texts & string as `${Surface}/${Key}`]: CheckSentences };

/** The sentences of rules that Compose files and command lines share, under the ids of one of them: `[[compose|run]]` is what either writes. */
export function ofSurface<Surface extends 'compose' | 'run', Texts extends ContainerSentences>(
  surface: Surface,
  texts: Texts,
): OfSurface<Surface, Texts> {
  const choose = (text: string) => text.replace(/\[\[(.*?)\|(.*?)\]\]/g, surface === 'compose' ? '$1' : '$2');
  const entries = Object.entries(texts).map(([key, { title, message, why, remedy }]) => {
    const sentences = { title: choose(title), message: choose(message), why: choose(why), remedy: choose(remedy) };
    return [`${surface}/${key}`, sentences];
  });
  return Object.fromEntries(entries) as OfSurface<Surface, Texts>;
}
