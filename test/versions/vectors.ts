import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** One line `a < b` of a vector file. */
export interface Vector {
  /** 1-based. */
  readonly line: number;
  readonly a: string;
  readonly b: string;
  readonly order: -1 | 0 | 1;
}

const SHARED = fileURLToPath(new URL('../../../shared/data/versions/', import.meta.url));

/** Path of a vector file of ../shared/data (seen from the repository's root); undefined where it is absent. */
export function sharedVectors(name: string): string | undefined {
  const path = `${SHARED}${name}`;
  return existsSync(path) ? path : undefined;
}

/**
 * The orderings in a vector file: `a < b`, `a = b`, `a > b`. Blank lines and comments (`#` or `//` at the start) are
 * skipped; any other line throws, so that none is passed over in silence.
 */
export function readVectors(path: string): Vector[] {
  return readFileSync(path, 'utf8').split('\n').flatMap(readLine);
}

function readLine(text: string, index: number): Vector[] {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.startsWith('#') || trimmed.startsWith('//')) return [];
  const parts = /^(\S+)\s+([<=>])\s+(\S+)$/.exec(trimmed);
  if (parts?.[1] === undefined || parts[3] === undefined) throw new Error(`line ${index + 1} is no ordering: ${text}`);
  return [{ line: index + 1, a: parts[1], b: parts[3], order: parts[2] === '<' ? -1 : parts[2] === '>' ? 1 : 0 }];
}

/** A vector as in its file, for messages. */
export function showVector({ line, a, b, order }: Vector): string {
  return `${line}: ${a} ${order < 0 ? '<' : order > 0 ? '>' : '='} ${b}`;
}
