import { EXIT, PlimsollError } from '../../util/errors.ts';
import type { TemplateFile, Writer } from '../types.ts';
import { ESCAPE, type Form, formOf, lines } from './escape.ts';
import { HELPERS, isObject, isTrue, Raw, textOf, type Value } from './helpers.ts';
import { type Expression, type Node, type Nodes, parseTemplate } from './parse.ts';

/** Parts that one report may be made of, and characters: a template that repeats itself ends. */
const MOST_STEPS = 20_000_000;
const MOST_CHARACTERS = 256 * 1024 * 1024;
const MOST_PARTIALS = 20;
/** Characters that are written at a time. */
const PIECE = 1 << 16;

interface Scope {
  readonly value: Value;
  readonly data: { readonly [name: string]: Value };
  readonly parent?: Scope;
}

/**
 * Writes `template` filled with `root`. Only what `root` itself has is seen: no prototypes, no files, no time.
 *
 * @throws PlimsollError template-malformed, template-go, template-limit
 */
export function renderTemplate(template: TemplateFile, root: Value, out: Writer): void {
  new Renderer(template, root, out).whole();
}

class Renderer {
  readonly #template: TemplateFile;
  readonly #form: Form;
  readonly #root: Value;
  readonly #out: Writer;
  readonly #partials = new Map<string, Nodes>();
  #steps = 0;
  #characters = 0;
  #piece = '';

  constructor(template: TemplateFile, root: Value, out: Writer) {
    this.#template = template;
    this.#form = formOf(template.name);
    this.#root = root;
    this.#out = out;
  }

  whole(): void {
    const { text, name } = this.#template;
    this.#nodes(parseTemplate(text, name), { value: this.#root, data: { root: this.#root } }, 0);
    this.#flush();
  }

  #nodes(nodes: Nodes, scope: Scope, depth: number): void {
    for (const node of nodes) {
      if (++this.#steps > MOST_STEPS) throw this.#limit(`${MOST_STEPS} steps`);
      if (node.kind === 'text') this.#write(node.text);
      else if (node.kind === 'value') this.#write(this.#text(this.#value(node.value, scope, node.line), node.raw));
      else if (node.kind === 'partial') this.#partial(node, scope, depth);
      else this.#block(node, scope, depth);
    }
  }

  #write(text: string): void {
    this.#characters += text.length;
    if (this.#characters > MOST_CHARACTERS) throw this.#limit(`${MOST_CHARACTERS} characters`);
    this.#piece += text;
    if (this.#piece.length > PIECE) this.#flush();
  }

  #flush(): void {
    this.#out.write(this.#piece);
    this.#piece = '';
  }

  #text(value: Value, raw: boolean): string {
    if (value instanceof Raw) return value.text;
    return raw ? lines(textOf(value)) : ESCAPE[this.#form](textOf(value));
  }

  #block({ name, value: of, body, otherwise, line }: Node & { kind: 'block' }, scope: Scope, depth: number): void {
    const value = this.#value(of, scope, line);
    if (name === 'each') this.#each(value, body, otherwise, scope, depth);
    else if (isTrue(value) === (name === 'unless')) this.#nodes(otherwise, scope, depth);
    else this.#nodes(body, name === 'with' ? { value, data: scope.data, parent: scope } : scope, depth);
  }

  #each(value: Value, body: Nodes, otherwise: Nodes, scope: Scope, depth: number): void {
    const entries: readonly (readonly [number | string, Value])[] = Array.isArray(value)
      ? [...value.entries()]
      : isObject(value)
        ? Object.entries(value)
        : [];
    for (const [index, [key, each]] of entries.entries()) {
      const data = { ...scope.data, index, key, first: index === 0, last: index === entries.length - 1 };
      this.#nodes(body, { value: each, data, parent: scope }, depth);
    }
    if (entries.length === 0) this.#nodes(otherwise, scope, depth);
  }

  #partial({ name, value, line }: Node & { kind: 'partial' }, scope: Scope, depth: number): void {
    if (depth >= MOST_PARTIALS) throw this.#limit(`${MOST_PARTIALS} partials`);
    const text = this.#template.partials.get(name);
    if (text === undefined) throw this.#wrong(line, `there is no partial ${name} beside the template`);
    const nodes = this.#partials.get(name) ?? parseTemplate(text, name);
    this.#partials.set(name, nodes);
    const inner = value === undefined ? scope : { value: this.#value(value, scope, line), data: scope.data, parent: scope };
    this.#nodes(nodes, inner, depth + 1);
  }

  #value(of: Expression, scope: Scope, line: number): Value {
    if (of.kind === 'literal') return of.value;
    if (of.kind === 'path') return found(of, scope);
    const helper = Object.hasOwn(HELPERS, of.helper) ? HELPERS[of.helper] : undefined;
    if (!helper) throw this.#wrong(line, `there is no helper ${of.helper}; there are ${Object.keys(HELPERS).join(', ')}`);
    this.#steps += of.values.length;
    return helper(...of.values.map((each) => this.#value(each, scope, line)));
  }

  #wrong(line: number, detail: string): PlimsollError {
    return new PlimsollError('template-malformed', { name: this.#template.name, line, detail }, { exitCode: EXIT.usage });
  }

  #limit(limit: string): PlimsollError {
    return new PlimsollError('template-limit', { name: this.#template.name, limit }, { exitCode: EXIT.usage });
  }
}

/** Own members only: neither `constructor` nor `__proto__` leads anywhere. */
function found({ up, data, names }: Expression & { kind: 'path' }, scope: Scope): Value {
  let at: Scope | undefined = scope;
  for (let i = 0; i < up && at; i++) at = at.parent;
  let value: Value = data ? at?.data : at?.value;
  for (const name of names) {
    if (typeof value === 'object' && value !== null && !(value instanceof Raw) && Object.hasOwn(value, name)) {
      value = (value as { readonly [name: string]: Value })[name];
    } else return undefined;
  }
  return value;
}
