/**
 * The word of `known` that `word` was probably meant to be; undefined where none is near. `allowance`: how many letters may
 * differ from a word of so many letters; two or a third of them unless told.
 */
export function closest(
  word: string,
  known: readonly string[],
  allowance = (length: number) => Math.max(2, Math.floor(length / 3)),
): string | undefined {
  let best: { readonly word: string; readonly distance: number } | undefined;
  for (const each of known) {
    const distance = editDistance(word, each);
    if (distance <= allowance(each.length) && (!best || distance < best.distance)) best = { word: each, distance };
  }
  return best?.word;
}

/** Insertions, deletions and replacements from one word to the other (Levenshtein); words are cut at 64 letters. */
function editDistance(a: string, b: string): number {
  const from = a.slice(0, 64);
  const to = b.slice(0, 64);
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const replace = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replace, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
