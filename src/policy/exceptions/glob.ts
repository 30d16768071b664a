/** More of these in one pattern are refused: each may make matching slower by a factor. */
const MAX_STARS = 12;
const MAX_LENGTH = 1024;

/**
 * Whether a pattern is one that can be matched: `*` and `?` stop at `/`, `**` does not, `{a,b}` are alternatives, `[a-z]` classes, `\` takes
 * the next character as it is.
 */
export function isGlob(pattern: string): boolean {
  return compiled(pattern) !== undefined;
}

/** The whole of `text` under `pattern`; a pattern that is none matches nothing. */
export function matchesGlob(pattern: string, text: string, { ignoreCase = false } = {}): boolean {
  if (!/[*?[{\\]/.test(pattern)) return ignoreCase ? pattern.toLowerCase() === text.toLowerCase() : pattern === text;
  const expression = compiled(ignoreCase ? pattern.toLowerCase() : pattern);
  return expression?.test(ignoreCase ? text.toLowerCase() : text) ?? false;
}

const known = new Map<string, RegExp | undefined>();

function compiled(pattern: string): RegExp | undefined {
  if (!known.has(pattern)) known.set(pattern, compile(pattern));
  return known.get(pattern);
}

function compile(pattern: string): RegExp | undefined {
  if (pattern.length === 0 || pattern.length > MAX_LENGTH) return undefined;
  if ((pattern.match(/\*+/g) ?? []).length > MAX_STARS) return undefined;
  let depth = 0;
  let balanced = true;
  const source = pattern.replace(/\\.|\*\*\/|\*\*|\*|\?|\[!?[^\]/]+\]|[{},]|[^\w\s]/gsu, (part) => {
    if (part === '**/') return '(?:[^]*/)?';
    if (part === '**') return '[^]*';
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    if (part === '{') {
      depth += 1;
      return '(?:';
    }
    if (part === '}') {
      depth -= 1;
      if (depth < 0) balanced = false;
      return ')';
    }
    if (part === ',' && depth > 0) return '|';
    if (part.startsWith('[') && part.length > 2)
      return `[${part[1] === '!' ? '^' : ''}${inClass(part.slice(part[1] === '!' ? 2 : 1, -1))}]`;
    return escaped(part.startsWith('\\') && part.length > 1 ? part.slice(1) : part);
  });
  if (!balanced || depth !== 0) return undefined;
  try {
    return new RegExp(`^${source}$`, 'u');
  } catch {
    return undefined;
  }
}

function inClass(text: string): string {
  return text.replace(/[\\\]^[]/g, '\\$&');
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
