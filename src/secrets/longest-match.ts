/**
 * Bytes of the longest text that a pattern can match, what it merely looks at (`(?=`, `(?<!`) not counted; Infinity where it has an
 * unbounded quantifier or a back reference. Patterns are read as Latin-1, one byte a character.
 */
export function longestMatch({ source }: Pick<RegExp, 'source'>): number {
  let at = 0;

  function alternatives(): number {
    let longest = 0;
    for (;;) {
      longest = Math.max(longest, sequence());
      if (source[at] !== '|') return longest;
      at += 1;
    }
  }

  function sequence(): number {
    let length = 0;
    while (at < source.length && source[at] !== '|' && source[at] !== ')') {
      const one = atom();
      const times = quantifier();
      length += one === 0 ? 0 : one * times;
    }
    return length;
  }

  function atom(): number {
    const char = source[at];
    at += 1;
    if (char === '^' || char === '$') return 0;
    if (char === '[') return skipClass();
    if (char === '(') return group();
    return char === '\\' ? escaped() : 1;
  }

  function group(): number {
    const head = /^\?(?:<?[=!]|<[A-Za-z_]\w*>|[a-z]*(?:-[a-z]+)?:)/.exec(source.slice(at, at + 64))?.[0] ?? '';
    at += head.length;
    const length = alternatives();
    at += 1;
    return /[=!]$/.test(head) ? 0 : length;
  }

  function skipClass(): number {
    while (at < source.length && source[at] !== ']') at += source[at] === '\\' ? 2 : 1;
    at += 1;
    return 1;
  }

  function escaped(): number {
    const char = source[at] ?? '';
    at += char === 'x' ? 3 : char === 'u' ? 5 : 1;
    if (char === 'b' || char === 'B') return 0;
    return /[1-9k]/.test(char) ? Number.POSITIVE_INFINITY : 1;
  }

  function quantifier(): number {
    if (!QUANTIFIERS.has(source[at] as string)) return 1;
    const found = /^(?:[*+]|\?|\{(\d+)(,(\d*))?\})\??/.exec(source.slice(at, at + 24));
    if (!found) return 1;
    at += found[0].length;
    const [text, least, range, most] = found;
    if (text.startsWith('?')) return 1;
    if (least === undefined || (range !== undefined && most === '')) return Number.POSITIVE_INFINITY;
    return Number(most ?? least);
  }

  return alternatives();
}

const QUANTIFIERS: ReadonlySet<string> = new Set('*+?{');
