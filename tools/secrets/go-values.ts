/** A value of Go that examples are made of. */
export type GoValue = string | readonly GoValue[] | ReadonlyMap<string, string>;

/** Functions that an expression may call, by the name it calls them. */
export type GoFunctions = Readonly<Record<string, (...values: readonly GoValue[]) => GoValue>>;

type Token = { readonly kind: 'string' | 'name' | 'sign'; readonly text: string };

/** Functions of a Go file: name, and the values that their variables hold at the end, as far as their expressions are ones of strings. */
export function readGoFunctions(
  source: string,
  known: GoFunctions,
): readonly { name: string; text: string; variables: ReadonlyMap<string, GoValue> }[] {
  const lists = [...source.matchAll(/^var (\w+ = \[\]string\{[\s\S]*?^\})$/gm)].map((found) => found[1]!).join('\n');
  const shared = readVariables(tokens(lists), known, new Map());
  return [...source.matchAll(/^func (\w+)\([^)]*\)[^{\n]*\{\n([\s\S]*?)^\}$/gm)].map((found) => ({
    name: found[1]!,
    text: found[2]!,
    variables: readVariables(tokens(found[2]!), known, shared),
  }));
}

function tokens(source: string): readonly Token[] {
  const pattern = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|`[^`]*`|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'|[A-Za-z_]\w*|\d[\w.]*|:=|\.\.\.|\s+|[\s\S]/g;
  return [...source.matchAll(pattern)].flatMap(([text]): Token[] => {
    if (/^(?:\/\/|\/\*|\s)/.test(text)) return [];
    if (text.startsWith('`')) return [{ kind: 'string', text: text.slice(1, -1).replaceAll('\r', '') }];
    if (text.startsWith('"')) return [{ kind: 'string', text: unquoted(text.slice(1, -1)) }];
    return [{ kind: /^\w/.test(text) ? 'name' : 'sign', text }];
  });
}

function unquoted(text: string): string {
  const plain: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v' };
  return text.replace(/\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|([\s\S]))/g, (_, hex?: string, unicode?: string, char?: string) =>
    hex !== undefined || unicode !== undefined ? String.fromCharCode(Number.parseInt((hex ?? unicode)!, 16)) : (plain[char!] ?? char!),
  );
}

/** Assignments in the order of the text; one whose expression is none of strings leaves its variable unset. */
function readVariables(all: readonly Token[], known: GoFunctions, shared: ReadonlyMap<string, GoValue>): ReadonlyMap<string, GoValue> {
  const variables = new Map(shared);
  for (let at = 0; at + 1 < all.length; at++) {
    if (all[at]!.kind !== 'name' || !(all[at + 1]!.text === ':=' || all[at + 1]!.text === '=')) continue;
    try {
      const expression = new Expression(all, at + 2, variables, known);
      variables.set(all[at]!.text, expression.value());
      at = expression.at - 1;
    } catch (error) {
      if (!(error instanceof NotOfStrings)) throw error;
      if (all[at]!.text === 'tps' || all[at]!.text === 'fps') variables.set(`${all[at]!.text} unread`, error.message);
    }
  }
  return variables;
}

class NotOfStrings extends Error {}

class Expression {
  at: number;
  readonly #tokens: readonly Token[];
  readonly #variables: ReadonlyMap<string, GoValue>;
  readonly #known: GoFunctions;

  constructor(all: readonly Token[], at: number, variables: ReadonlyMap<string, GoValue>, known: GoFunctions) {
    this.#tokens = all;
    this.at = at;
    this.#variables = variables;
    this.#known = known;
  }

  value(): GoValue {
    let value = this.#operand();
    while (this.#take('+')) value = `${text(value)}${text(this.#operand())}`;
    return value;
  }

  #operand(): GoValue {
    const token = this.#tokens[this.at++];
    if (token === undefined) throw new NotOfStrings('end');
    if (token.kind === 'string') return token.text;
    if (token.text === '[' && this.#take(']')) return this.#take('byte') ? this.#list('(', ')')[0]! : this.#skip('string').#list('{', '}');
    if (token.kind !== 'name') throw new NotOfStrings(token.text);
    if (token.text === 'map') return this.#map();
    if (/^\d+$/.test(token.text)) return token.text;
    let name = token.text;
    while (this.#take('.')) name += `.${this.#tokens[this.at++]!.text}`;
    if (this.#peek() === '(') return this.#call(name);
    const value = this.#variables.get(name);
    if (value === undefined) throw new NotOfStrings(name);
    return value;
  }

  #call(name: string): GoValue {
    const given = this.#list('(', ')');
    if (name === 'append') return (given[0] as readonly GoValue[]).concat(given.slice(1));
    if (name === 'string') return given[0]!;
    const run = this.#known[name];
    if (run === undefined) throw new NotOfStrings(name);
    return run(...given);
  }

  /** Elements between two signs; `x...` gives those of x. */
  #list(open: string, close: string): readonly GoValue[] {
    this.#skip(open);
    const items: GoValue[] = [];
    while (!this.#take(close)) {
      const item = this.value();
      if (this.#take('...')) items.push(...(item as readonly GoValue[]));
      else items.push(item);
      this.#take(',');
    }
    return items;
  }

  #map(): GoValue {
    this.#skip('[').#skip('string').#skip(']').#skip('string').#skip('{');
    const map = new Map<string, string>();
    while (!this.#take('}')) {
      const key = text(this.value());
      this.#skip(':');
      map.set(key, text(this.value()));
      this.#take(',');
    }
    return map;
  }

  #peek(): string | undefined {
    return this.#tokens[this.at]?.kind === 'string' ? undefined : this.#tokens[this.at]?.text;
  }

  #take(sign: string): boolean {
    if (this.#peek() !== sign) return false;
    this.at++;
    return true;
  }

  #skip(sign: string): this {
    if (!this.#take(sign)) throw new NotOfStrings(`${this.#peek()} for ${sign}`);
    return this;
  }
}

function text(value: GoValue): string {
  if (typeof value !== 'string') throw new NotOfStrings('a list for a string');
  return value;
}
