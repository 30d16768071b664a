import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { EXIT, PlimsollError } from '../../util/errors.ts';

/** A value of a YAML file with where it stands; exactly one of the four members, none of null. */
export interface Placed {
  /** `file:line:column`. */
  readonly where: string;
  readonly line: number;
  /** Of a value of a mapping: where its key stands. */
  readonly keyAt?: string;
  /** A scalar as written, so that the version `1.10` is not a number. */
  readonly text?: string;
  readonly items?: readonly Placed[];
  readonly fields?: ReadonlyMap<string, Placed>;
}

/** Bytes of a file of exceptions that are read. */
export const MAX_BYTES = 4_000_000;
/** Values that a file may have, those that aliases repeat included, and aliases. */
const MAX_VALUES = 200_000;
const MAX_ALIASES = 100;

/** The only document of a YAML file. Throws exceptions-syntax with the line and column of what is broken. */
export function readYaml(file: string, text: string): Placed {
  if (text.length > MAX_BYTES) throw syntax(`${file}:1:1`, `more than ${MAX_BYTES} characters`);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, strict: true, uniqueKeys: true });
  const [broken] = document.errors;
  if (broken) {
    const { line, col } = lines.linePos(broken.pos[0]);
    throw syntax(`${file}:${line}:${col}`, broken.message.split(/ at line |\n/)[0] ?? broken.message);
  }
  return placed(document.contents, { file, document, lines, left: MAX_VALUES, aliases: MAX_ALIASES });
}

interface Reading {
  readonly file: string;
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
  left: number;
  aliases: number;
}

function placed(node: Node | null | undefined, reading: Reading, at?: Node, depth = 0): Placed {
  const place = placeOf(node ?? at, reading);
  reading.left -= 1;
  if (reading.left < 0 || depth > 20) throw syntax(place.where, 'too many values');
  if (isAlias(node)) reading.aliases -= 1;
  if (reading.aliases < 0) throw syntax(place.where, 'too many aliases');
  if (isAlias(node)) return placed(node.resolve(reading.document), reading, node, depth + 1);
  if (isSeq(node)) return { ...place, items: node.items.map((each) => placed(each as Node | null, reading, node, depth + 1)) };
  if (isMap(node)) {
    const fields = node.items.map(({ key, value }): [string, Placed] => [
      isScalar(key) ? (key.source ?? String(key.value)) : '?',
      { ...placed(value as Node | null, reading, key as Node, depth + 1), keyAt: placeOf(key as Node, reading).where },
    ]);
    return { ...place, fields: new Map(fields) };
  }
  if (!isScalar(node) || node.value === null) return place;
  return { ...place, text: node.source ?? String(node.value) };
}

function placeOf(node: Node | undefined, { file, lines }: Reading): Pick<Placed, 'where' | 'line'> {
  const { line, col } = lines.linePos(node?.range?.[0] ?? 0);
  return { where: `${file}:${Math.max(line, 1)}:${Math.max(col, 1)}`, line: Math.max(line, 1) };
}

function syntax(where: string, detail: string): PlimsollError {
  return new PlimsollError('exceptions-syntax', { where, detail }, { exitCode: EXIT.usage });
}

/** The value is not what it has to be; `expected` in words that need no translation. */
export function wrongValue(key: string, { where, text, items }: Placed, expected: string): PlimsollError {
  const value = text === '' ? "''" : (text ?? (items ? '[...]' : '{...}'));
  return new PlimsollError('exceptions-value', { where, key, value, expected }, { exitCode: EXIT.usage });
}

/** A scalar or a list of such; undefined where the key is not there or empty. */
export function textsOf(fields: ReadonlyMap<string, Placed>, key: string): readonly Placed[] | undefined {
  const field = fields.get(key);
  if (field === undefined || (field.text === undefined && !field.items && !field.fields)) return undefined;
  if (field.fields) throw wrongValue(key, field, '"...", ["...", ...]');
  const all = field.items ?? [field];
  for (const each of all) if (each.text === undefined || each.text === '') throw wrongValue(key, each, '"..."');
  return all.length > 0 ? all : undefined;
}

/** One scalar. */
export function textOf(fields: ReadonlyMap<string, Placed>, key: string): Placed | undefined {
  const [first, second] = textsOf(fields, key) ?? [];
  if (second) throw wrongValue(key, fields.get(key) as Placed, '"..."');
  return first;
}

/** A list of mappings; empty where the key is not there. */
export function mappingsOf(fields: ReadonlyMap<string, Placed>, key: string): readonly (Placed & Required<Pick<Placed, 'fields'>>)[] {
  const field = fields.get(key);
  if (field === undefined || (field.text === undefined && !field.items && !field.fields)) return [];
  if (!field.items) throw wrongValue(key, field, `[{...}, ...]`);
  return field.items.map((each) => {
    if (!each.fields) throw wrongValue(key, each, '{...}');
    return { ...each, fields: each.fields };
  });
}
