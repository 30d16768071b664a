import { isAlias, isMap, isNode, isScalar, isSeq, type Node, parseAllDocuments, type YAMLMap } from 'yaml';
import type { Span } from '../types.ts';

/** A YAML value with its place; anchors are followed and merge keys merged. */
export type Located = LocatedMap | LocatedList | LocatedScalar;

export interface LocatedMap {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, Entry>;
  readonly at: Span;
}
export interface Entry {
  readonly key: Span;
  readonly value: Located;
}
export interface LocatedList {
  readonly kind: 'list';
  readonly items: readonly Located[];
  readonly at: Span;
}
export interface LocatedScalar {
  readonly kind: 'scalar';
  /** As YAML says it. */
  readonly value: unknown;
  /** As text: `true`, `0.5`; empty for null. */
  readonly text: string;
  /** Of the text, without quotes. */
  readonly at: Span;
}

export interface Problem {
  readonly detail: string;
  readonly at: Span;
}

export interface YamlText {
  /** One a document of the file. */
  readonly documents: readonly Located[];
  readonly problems: readonly Problem[];
}

/** Values of one file, those reached through anchors counted each time: more are a bomb. */
const MAX_VALUES = 200_000;
const MAX_DEPTH = 200;

/** Reads YAML. What is malformed is a problem with its place, never a throw. */
export function readYaml(text: string): YamlText {
  try {
    const parsed = parseAllDocuments(text, {
      logLevel: 'silent',
      strict: true,
      uniqueKeys: true,
      merge: false,
    });
    const documents = Array.isArray(parsed) ? parsed : [];
    const problems = documents.flatMap(({ errors }) =>
      errors.map(({ message, pos }) => ({ detail: message.split(/ at line |\n/)[0] ?? message, at: { start: pos[0], end: pos[1] } })),
    );
    const located = problems.length > 0 ? [] : documents.flatMap((document) => locateAll(document.contents) ?? []);
    return { documents: located, problems };
  } catch (error) {
    // Nesting that the parser itself cannot follow, and bombs.
    const detail = error instanceof RangeError ? 'nested too deeply' : error instanceof Error ? error.message : String(error);
    return { documents: [], problems: [{ detail, at: { start: 0, end: 1 } }] };
  }
}

/** The value of a document. What an anchor names is located once and shared; its values count at each use. */
function locateAll(contents: unknown): Located | undefined {
  const anchors = new Map<string, { readonly value: Located; readonly size: number }>();
  let left = MAX_VALUES;
  return locate(contents, 0);

  function locate(node: unknown, depth: number): Located | undefined {
    if (depth > MAX_DEPTH) throw new RangeError('depth');
    spend(1);
    if (isAlias(node)) {
      const anchor = anchors.get(node.source);
      spend(anchor?.size ?? 0);
      return anchor?.value;
    }
    const before = left;
    const value = locateOne(node, depth);
    if (value && isNode(node) && 'anchor' in node && node.anchor) anchors.set(node.anchor, { value, size: before - left });
    return value;
  }

  function locateOne(node: unknown, depth: number): Located | undefined {
    if (isMap(node)) return locateMap(node, depth);
    if (isSeq(node)) {
      const items = node.items.flatMap((item) => locate(item, depth + 1) ?? []);
      return { kind: 'list', items, at: spanOf(node) };
    }
    if (!isScalar(node)) return undefined;
    const { value } = node;
    return {
      kind: 'scalar',
      value,
      text: value === null || value === undefined ? '' : (node.source ?? String(value)),
      at: plainSpan(node),
    };
  }

  function locateMap(node: YAMLMap, depth: number): LocatedMap {
    const entries = new Map<string, Entry>();
    const merged: LocatedMap[] = [];
    for (const { key, value } of node.items) {
      if (!isScalar(key)) continue;
      const name = String(key.value);
      const located = locate(value, depth + 1) ?? { kind: 'scalar', value: null, text: '', at: spanOf(key) };
      if (name === '<<') merged.push(...mapsOf(located));
      else entries.set(name, { key: spanOf(key), value: located });
    }
    // Keys of the mapping itself win over merged ones, earlier merged ones over later. Source: yaml.org/type/merge.html.
    for (const map of merged) {
      spend(map.entries.size);
      for (const [key, entry] of map.entries) if (!entries.has(key)) entries.set(key, entry);
    }
    return { kind: 'map', entries, at: spanOf(node) };
  }

  function spend(values: number): void {
    left -= values;
    if (left < 0) throw new Error('anchors multiply to too many values');
  }
}

function mapsOf(value: Located): LocatedMap[] {
  if (value.kind === 'map') return [value];
  return value.kind === 'list' ? value.items.flatMap((item) => (item.kind === 'map' ? [item] : [])) : [];
}

function spanOf(node: Pick<Node, 'range'>): Span {
  const [start = 0, end = start] = node.range ?? [];
  return { start, end };
}

/** Without the quotes around it. */
function plainSpan(node: Pick<Node, 'range'> & { type?: string | undefined }): Span {
  const { start, end } = spanOf(node);
  const quoted = node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE';
  return quoted && end - start >= 2 ? { start: start + 1, end: end - 1 } : { start, end };
}

/** The entry of a mapping; undefined for other values too. */
export function entry(value: Located | undefined, ...path: readonly string[]): Entry | undefined {
  let at: Entry | undefined;
  let here = value;
  for (const key of path) {
    at = here?.kind === 'map' ? here.entries.get(key) : undefined;
    here = at?.value;
  }
  return at;
}

/** Values of a list, a single one as a list of one. */
export function itemsOf(value: Located | undefined): readonly Located[] {
  if (value === undefined) return [];
  return value.kind === 'list' ? value.items : [value];
}

/** The text of a scalar; undefined for other values and for null. */
export function scalar(value: Located | undefined): { readonly value: string; readonly at: Span } | undefined {
  return value?.kind === 'scalar' && value.value !== null ? { value: value.text, at: value.at } : undefined;
}
