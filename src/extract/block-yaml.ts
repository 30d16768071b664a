/** A mapping: values are texts (flow collections as they are written), mappings, or lists of texts. */
export type BlockMap = ReadonlyMap<string, BlockValue>;
export type BlockValue = string | BlockMap | readonly string[];

export interface BlockDocuments {
  /** In order; an empty text has none. */
  readonly documents: readonly BlockMap[];
  /** Lines that fit nowhere: what they say is lost. */
  readonly odd: number;
}

/** A mapping that is being read. Its keys stand at `indent`, which is known with the first of them. */
interface Open {
  readonly map: Map<string, BlockValue>;
  indent: number;
}

/** Lock files nest five deep. */
const MAX_DEPTH = 50;

/**
 * Reads the part of YAML that programs write lock files in: block mappings, scalars on one line, lists of scalars. Comments,
 * `|` and `>` texts are skipped, `? key` is understood (what a key becomes beyond 1,024 characters); anchors, tags and flow collections
 * are not, and stay as texts. A general YAML parser is right for all else, and a hundred times slower.
 * Source: YAML 1.2.2, chapters 6 to 8.
 */
export function parseBlockYaml(text: string): BlockDocuments {
  const documents: Map<string, BlockValue>[] = [];
  let open: Open[] = [];
  let odd = 0;
  /** The key, and the mapping it stands in, whose value may follow on deeper lines. */
  let pending: { readonly owner: Open; readonly key: string } | undefined;
  /** Lines deeper than this belong to a text that is skipped. */
  let skipBelow = -1;

  for (const line of linesOf(text)) {
    const indent = line.length - line.trimStart().length;
    const content = line.trim();
    if (content === '' || content.startsWith('#')) continue;
    if (skipBelow >= 0 && indent > skipBelow) continue;
    skipBelow = -1;
    if (indent === 0 && content === '---') {
      open = [];
      pending = undefined;
    } else if (content.startsWith('- ') || content === '-') item(indent, content.slice(1).trim());
    else if (content.startsWith('? ')) key(indent, unquote(content.slice(2).trim()), '');
    else if (content === ':' || content.startsWith(': ')) afterKey(indent, content.slice(1).trim());
    else pair(indent, content);
  }
  return { documents, odd };

  function pair(indent: number, content: string): void {
    const end = endOfKey(content);
    if (end < 0) odd++;
    else key(indent, unquote(content.slice(0, end).trimEnd()), content.slice(end + 1).trim());
  }

  function key(indent: number, name: string, value: string): void {
    const owner = ownerAt(indent);
    if (!owner) {
      odd++;
      return;
    }
    pending = undefined;
    if (/^[|>][-+0-9]*( #.*)?$/.test(value)) {
      owner.map.set(name, '');
      skipBelow = indent;
    } else if (value === '' || value.startsWith('#')) {
      owner.map.set(name, '');
      pending = { owner, key: name };
    } else owner.map.set(name, unquote(value));
  }

  /** `: value` behind `? key`. */
  function afterKey(indent: number, value: string): void {
    if (!pending || pending.owner.indent !== indent) odd++;
    else if (endOfKey(value) >= 0) pair(indent + 2, value);
    else if (value !== '') pending.owner.map.set(pending.key, unquote(value));
  }

  function item(indent: number, value: string): void {
    if (!pending || indent < pending.owner.indent) {
      odd++;
      return;
    }
    const known = pending.owner.map.get(pending.key);
    const list: string[] = Array.isArray(known) ? known : [];
    list.push(unquote(value));
    pending.owner.map.set(pending.key, list);
    if (endOfKey(value) >= 0) skipBelow = indent;
  }

  /** The mapping whose keys stand at `indent`: one that is open, or the value of the pending key. */
  function ownerAt(indent: number): Open | undefined {
    while (open.length > 0 && (open[open.length - 1] as Open).indent > indent) open.pop();
    const top = open[open.length - 1];
    if (top?.indent === indent) return top;
    if (open.length >= MAX_DEPTH || (top && !pending)) return undefined;
    const next: Open = { map: new Map(), indent };
    if (pending && top === pending.owner) top.map.set(pending.key, next.map);
    else if (top) return undefined;
    else documents.push(next.map);
    open.push(next);
    return next;
  }
}

/** The mapping under `key`, empty where there is none. */
export function mapAt(map: BlockMap | undefined, key: string): BlockMap {
  const value = map?.get(key);
  return value instanceof Map ? value : EMPTY;
}

/** The text under `key`; undefined where there is none or something else. */
export function textAt(map: BlockMap | undefined, key: string): string | undefined {
  const value = map?.get(key);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

const EMPTY: BlockMap = new Map();

function* linesOf(text: string): Generator<string> {
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at);
    yield text.slice(at, end < 0 ? text.length : end);
    if (end < 0) return;
    at = end + 1;
  }
}

/** Index of the colon that ends a key; -1 where there is none. */
function endOfKey(content: string): number {
  const quote = content[0];
  if (quote === '"' || quote === "'") {
    const close = closingQuote(content, quote);
    return close > 0 && content[close + 1] === ':' ? close + 1 : -1;
  }
  const colon = content.indexOf(': ');
  if (colon > 0) return colon;
  return content.endsWith(':') && content.length > 1 ? content.length - 1 : -1;
}

function closingQuote(content: string, quote: string): number {
  for (let i = 1; i < content.length; i++) {
    if (content[i] === '\\' && quote === '"') i++;
    else if (content[i] === quote) {
      if (quote === "'" && content[i + 1] === "'") i++;
      else return i;
    }
  }
  return -1;
}

/** A scalar without its quotes, or without the comment behind it. */
function unquote(text: string): string {
  const quote = text[0];
  if (quote === '"' || quote === "'") {
    const close = closingQuote(text, quote);
    const inner = text.slice(1, close < 0 ? undefined : close);
    return quote === "'" ? inner.replaceAll("''", "'") : inner.replace(/\\(.)/g, '$1');
  }
  const comment = text.indexOf(' #');
  return comment < 0 ? text : text.slice(0, comment).trimEnd();
}
