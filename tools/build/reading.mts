/** Files below src/ that may decide what is found in a layer, or what is made of it: what earlier code kept is not used by later one. */
export const READING =
  /^(app\/(?:checks|inventory|secrets|index-target)|cache|checks|extract|image|licenses|match\/(?:distros|third-party)|model|secrets|util)\b/;
