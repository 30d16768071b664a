import type { Dockerfile } from './document.ts';

/** A `.dockerignore`, or the `<Dockerfile>.dockerignore` that goes before it. */
export interface IgnoreFile {
  readonly patterns: readonly string[];
  /** It has lines that begin with `!`. */
  readonly exceptions: boolean;
}

const MOST_PATTERNS = 2000;

export function ignoreFile(document: Dockerfile): IgnoreFile | undefined {
  const { read } = document.context;
  const own = document.path.split('/').at(-1) ?? 'Dockerfile';
  const text = read?.(`${own}.dockerignore`) ?? read?.('.dockerignore');
  if (text === undefined) return undefined;
  const lines = text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .slice(0, MOST_PATTERNS);
  return { patterns: lines.filter((line) => !line.startsWith('!')).map(clean), exceptions: lines.some((line) => line.startsWith('!')) };
}

/** The path, or a folder above it, matches a pattern. Of the whole context only what excludes everything does. */
export function ignores(file: IgnoreFile, path: string): boolean {
  const cleaned = clean(path);
  if (cleaned === '') return file.patterns.some((pattern) => ['*', '**', '**/*'].includes(pattern));
  const parts = cleaned.split('/');
  return file.patterns.some((pattern) => {
    const parsed = segments(pattern);
    return parts.some((_, index) => matchSegments(parsed, parts.slice(0, index + 1)));
  });
}

function clean(path: string): string {
  const parts: string[] = [];
  for (const part of path.replaceAll('\\', '/').split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

function segments(pattern: string): string[] {
  return pattern.split('/');
}

function matchSegments(pattern: readonly string[], path: readonly string[]): boolean {
  const [head, ...rest] = pattern;
  if (head === undefined) return path.length === 0;
  if (head === '**') {
    for (let skip = 0; skip <= path.length; skip++) if (matchSegments(rest, path.slice(skip))) return rest.length > 0 || path.length > 0;
    return false;
  }
  return path.length > 0 && glob(head, path[0]!) && matchSegments(rest, path.slice(1));
}

/** `*`, `?` and classes within one part of a path, in time linear in what it sees but for stars. */
function glob(pattern: string, text: string): boolean {
  if (!/[*?[]/.test(pattern)) return pattern === text;
  const source = pattern.replace(/\*+|\?|\[[^\]]*\]|[\\^$.+(){}|\]]/g, (part) => {
    if (part.startsWith('*')) return '[^/]*?';
    if (part === '?') return '[^/]';
    if (part.startsWith('[') && part.length > 1) return part.replace(/\\/g, '\\\\');
    return `\\${part}`;
  });
  try {
    return new RegExp(`^${source.slice(0, 400)}$`).test(text);
  } catch {
    return pattern === text;
  }
}
