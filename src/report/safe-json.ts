/** Elements of an array that become text at a time, and characters of a piece: neither makes a piece of more than some megabytes. */
const BATCH = 64;
const PIECE = 1 << 16;
/** Objects and arrays within each other that are taken apart; what lies deeper is small. */
const DEPTH = 4;

/**
 * JSON on several lines, ending with a newline, in pieces: as `JSON.stringify(value, undefined, 2)` writes it, but a report of 14 MB is
 * never one text. Beyond what JSON itself escapes, DEL, C1 controls and characters that reorder or hide text are escaped too: a report is
 * often read with `cat`.
 */
export function* safeJson(value: object): Generator<string, void> {
  let piece = '';
  for (const part of parts(value, 0)) {
    piece += part;
    if (piece.length < PIECE) continue;
    yield escapeUnsafe(piece);
    piece = '';
  }
  yield `${escapeUnsafe(piece)}\n`;
}

const UNSAFE = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** The same JSON without the characters that JSON lets stand and a terminal does not. */
export function escapeUnsafe(json: string): string {
  return json.replace(UNSAFE, escaped);
}

function escaped(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function* parts(value: unknown, depth: number): Generator<string, void> {
  if (depth === DEPTH || typeof value !== 'object' || value === null || 'toJSON' in value) yield indented(value, depth);
  else if (!Array.isArray(value)) yield* members(value, depth);
  else if (value.length <= BATCH && depth < DEPTH - 1) yield* elements(value, depth);
  else yield* batches(value, depth);
}

function* members(value: object, depth: number): Generator<string, void> {
  const present = Object.entries(value).filter(([, each]) => each !== undefined);
  for (const [i, [key, each]] of present.entries()) {
    yield `${i === 0 ? '{' : ','}\n${'  '.repeat(depth + 1)}${JSON.stringify(key)}: `;
    yield* parts(each, depth + 1);
  }
  yield present.length === 0 ? '{}' : `\n${'  '.repeat(depth)}}`;
}

function* elements(value: readonly unknown[], depth: number): Generator<string, void> {
  for (const [i, each] of value.entries()) {
    yield `${i === 0 ? '[' : ','}\n${'  '.repeat(depth + 1)}`;
    yield* parts(each, depth + 1);
  }
  yield value.length === 0 ? '[]' : `\n${'  '.repeat(depth)}]`;
}

function* batches(value: readonly unknown[], depth: number): Generator<string, void> {
  const end = `\n${'  '.repeat(depth)}]`;
  for (let at = 0; at < value.length; at += BATCH) {
    yield at === 0 ? '[' : ',';
    yield indented(value.slice(at, at + BATCH), depth).slice('['.length, -end.length);
  }
  yield value.length === 0 ? '[]' : end;
}

/** The text of a value that stands this deep: that of one in so many arrays, without them. */
function indented(value: unknown, depth: number): string {
  let nested = value;
  for (let i = 0; i < depth; i++) nested = [nested];
  const text = JSON.stringify(nested, undefined, 2);
  return depth === 0 ? text : text.slice(depth * (depth + 3), -depth * (depth + 1));
}
