import { type Document, isAlias, isCollection, isMap, isScalar, isSeq, type Node, type ParsedNode, parseAllDocuments } from 'yaml';
import type { Span } from './types.ts';

/** A value of a YAML or JSON text with its place. Anchored values are shared between the places that name them. */
export type YamlNode = YamlMap | YamlList | YamlScalar;

export interface YamlMap extends Span {
  readonly kind: 'map';
  /** In the order of the text; of a key that stands twice the last, as the decoders of Kubernetes and Compose do. */
  readonly entries: ReadonlyMap<string, YamlEntry>;
}

export interface YamlEntry {
  readonly key: Span;
  readonly value: YamlNode;
}

export interface YamlList extends Span {
  readonly kind: 'list';
  readonly items: readonly YamlNode[];
}

export interface YamlScalar extends Span {
  readonly kind: 'scalar';
  /** Numbers that are not safe integers or finite stay as text. */
  readonly value: string | number | boolean | null;
}

export interface YamlProblem extends Span {
  /** The parser's own words, in English, or one of ours: `too-large`, `too-deep`, `alias-bomb`. */
  readonly message: string;
}

export interface YamlTexts {
  readonly documents: readonly YamlNode[];
  readonly problems: readonly YamlProblem[];
}

export const YAML_BOUNDS = { length: 8 * 1024 * 1024, depth: 100, nodes: 500_000 } as const;

/**
 * Every document of a text, read by the rules of YAML 1.1 (`yes` and `on` are booleans), as Kubernetes and Compose read it; JSON is a
 * part of it. Merge keys are applied, aliases followed. What is malformed is a problem, and its document is left out,
 * as are empty ones.
 */
export function readYaml(text: string, bounds: { length: number; depth: number; nodes: number } = YAML_BOUNDS): YamlTexts {
  if (text.length > bounds.length) return { documents: [], problems: [{ start: 0, end: 0, message: 'too-large' }] };
  const documents: YamlNode[] = [];
  const problems: YamlProblem[] = [];
  for (const document of parse(text)) {
    const [error] = document.errors;
    if (error) {
      problems.push({ start: error.pos[0], end: Math.max(error.pos[1], error.pos[0]), message: wordsOf(error.message) });
      continue;
    }
    if (document.contents === null) continue;
    const converted = convert(document, bounds);
    if ('message' in converted) problems.push(converted);
    else if (isSet(converted)) documents.push(converted);
  }
  return { documents, problems };
}

/** The value below `node` by keys and indexes; undefined where there is none. */
export function at(node: YamlNode | undefined, ...path: readonly (string | number)[]): YamlNode | undefined {
  let here = node;
  for (const step of path) {
    if (here?.kind === 'map') here = here.entries.get(String(step))?.value;
    else if (here?.kind === 'list' && typeof step === 'number') here = here.items[step];
    else return undefined;
  }
  return here;
}

/** Items of a list, none for anything else. */
export function items(node: YamlNode | undefined): readonly YamlNode[] {
  return node?.kind === 'list' ? node.items : [];
}

export function entries(node: YamlNode | undefined): Iterable<[string, YamlEntry]> {
  return node?.kind === 'map' ? node.entries : [];
}

/** The scalar as text; undefined for null, mappings and lists. */
export function textOf(node: YamlNode | undefined): string | undefined {
  return node?.kind === 'scalar' && node.value !== null ? String(node.value) : undefined;
}

export function scalar(node: YamlNode | undefined): string | number | boolean | null | undefined {
  return node?.kind === 'scalar' ? node.value : undefined;
}

/** True where something stands there that is not null. */
export function isSet(node: YamlNode | undefined): node is YamlNode {
  return node !== undefined && !(node.kind === 'scalar' && node.value === null);
}

/** Span of a key of a mapping with its value on the same entry; the mapping itself where the key is missing. */
export function entrySpan(node: YamlNode | undefined, key: string): Span | undefined {
  const entry = node?.kind === 'map' ? node.entries.get(key) : undefined;
  if (!entry) return undefined;
  return { start: entry.key.start, end: entry.value.kind === 'scalar' ? Math.max(entry.value.end, entry.key.end) : entry.key.end };
}

function parse(text: string): Iterable<Document.Parsed<ParsedNode>> {
  return parseAllDocuments(text, { version: '1.1', merge: true, uniqueKeys: false, logLevel: 'silent', prettyErrors: false });
}

/** The parser turns an overflow of its stack into an error of the document. */
function wordsOf(message: string): string {
  return /call stack/i.test(message) ? 'too-deep' : (message.split('\n', 1)[0] ?? message);
}

class Refused extends Error {
  readonly at: Span;
  constructor(message: string, at: Span) {
    super(message);
    this.at = at;
  }
}

/** Values of one document, shared where aliased; the count is of what a walk would meet, so that an alias bomb is refused. */
function convert(document: Document.Parsed<ParsedNode>, bounds: { depth: number; nodes: number }): YamlNode | YamlProblem {
  const done = new Map<Node, { readonly node: YamlNode; readonly count: number }>();
  const open = new Set<Node>();

  const visit = (node: Node | null | undefined, depth: number, fallback: Span): { node: YamlNode; count: number } => {
    if (!node) return { node: { kind: 'scalar', value: null, ...fallback }, count: 1 };
    const span = spanOf(node, fallback);
    if (isAlias(node)) {
      const target = node.resolve(document);
      if (!target) throw new Refused('unresolved alias', span);
      return visit(target, depth, span);
    }
    const known = done.get(node);
    if (known) return known;
    if (open.has(node)) throw new Refused('alias-bomb', span);
    if (depth > bounds.depth) throw new Refused('too-deep', span);
    open.add(node);
    const made = isCollection(node) ? collection(node, depth, span) : { node: scalarOf(node, span), count: 1 };
    open.delete(node);
    if (made.count > bounds.nodes) throw new Refused(open.size > 0 || done.size > 0 ? 'alias-bomb' : 'too-large', span);
    done.set(node, made);
    return made;
  };

  const collection = (node: Node, depth: number, span: Span): { node: YamlNode; count: number } => {
    let count = 1;
    if (isSeq<Node>(node)) {
      const list = node.items.map((item) => {
        const made = visit(item, depth + 1, span);
        count += made.count;
        return made.node;
      });
      return { node: { kind: 'list', items: list, ...span }, count };
    }
    const found = new Map<string, YamlEntry>();
    const merged: YamlNode[] = [];
    if (isMap<Node, Node | null>(node)) {
      for (const { key, value } of node.items) {
        const keySpan = spanOf(key, span);
        const name = isScalar(key) ? (typeof key.value === 'string' ? key.value : (key.source ?? String(key.value))) : undefined;
        const made = visit(value, depth + 1, { start: keySpan.end, end: keySpan.end });
        count += made.count;
        if (isMergeKey(key)) merged.push(...(made.node.kind === 'list' ? made.node.items : [made.node]));
        else if (name !== undefined) found.set(name, { key: keySpan, value: made.node });
      }
    }
    for (const from of merged) {
      if (from.kind === 'map') for (const [name, entry] of from.entries) if (!found.has(name)) found.set(name, entry);
    }
    return { node: { kind: 'map', entries: found, ...span }, count };
  };

  try {
    return visit(document.contents, 0, { start: 0, end: 0 }).node;
  } catch (error) {
    if (error instanceof Refused) return { ...error.at, message: error.message };
    throw error;
  }
}

function isMergeKey(key: Node): boolean {
  return isScalar(key) && (key.source === '<<' || typeof key.value === 'symbol') && key.type === 'PLAIN';
}

function scalarOf(node: Node, span: Span): YamlScalar {
  const value = isScalar(node) ? node.value : null;
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return { kind: 'scalar', value, ...span };
  if (typeof value === 'number' && Number.isFinite(value)) return { kind: 'scalar', value, ...span };
  return { kind: 'scalar', value: isScalar(node) ? (node.source ?? String(value)) : '', ...span };
}

function spanOf(node: Node, fallback: Span): Span {
  const range = node.range;
  return range ? { start: range[0], end: range[1] } : fallback;
}
