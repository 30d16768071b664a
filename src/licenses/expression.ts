/** A licence expression: an identifier (exception included), or a choice or sum of others. */
export type Expression = string | { readonly op: 'AND' | 'OR'; readonly of: readonly Expression[] };

/** What stands between operators, as the identifier or expression it means. */
export type Resolve = (name: string) => Expression;

/** `GPL-2.0-only` and what follows `with`, as an identifier with its exception; undefined where there is none. */
export type ResolveException = (base: Expression, exception: string) => string | undefined;

/** Operators nest no deeper than this. */
const MAX_DEPTH = 20;

/**
 * Reads `A and (B or C), and D` with operators in any case. `and` binds stronger than `or`; a comma before either makes it the weakest of
 * all (DEP-5, "Syntax"), and stands for `and` where no operator follows. Undefined where parentheses or operators do not fit.
 * Source: SPDX specification, annex "SPDX license expressions".
 */
export function parseExpression(text: string, resolve: Resolve, exception: ResolveException): Expression | undefined {
  const tokens = text.match(/[(),]|[^\s(),]+/g) ?? [];
  let at = 0;
  let failed = false;
  const result = weakest(0);
  return failed || at < tokens.length ? undefined : result;

  function weakest(depth: number): Expression {
    let left = choice(depth);
    while (tokens[at] === ',') {
      at++;
      const or = isWord('or');
      if (or || isWord('and')) at++;
      left = join(or ? 'OR' : 'AND', [left, choice(depth)]);
    }
    return left;
  }
  function choice(depth: number): Expression {
    const parts = [sum(depth)];
    while (isWord('or')) {
      at++;
      parts.push(sum(depth));
    }
    return join('OR', parts);
  }
  function sum(depth: number): Expression {
    const parts = [term(depth)];
    while (isWord('and')) {
      at++;
      parts.push(term(depth));
    }
    return join('AND', parts);
  }
  function term(depth: number): Expression {
    if (tokens[at] === '(') {
      at++;
      failed ||= depth >= MAX_DEPTH;
      const inner = failed ? '' : weakest(depth + 1);
      if (tokens[at] === ')') at++;
      else failed = true;
      return inner;
    }
    const name = words();
    if (name === '') failed = true;
    if (!isWord('with')) return resolve(name);
    at++;
    const said = words();
    return exception(resolve(name), said) ?? resolve(`${name} with ${said}`);
  }
  function words(): string {
    const start = at;
    while (at < tokens.length && !/^([(),]|and|or|with)$/i.test(tokens[at] ?? '')) at++;
    return tokens.slice(start, at).join(' ');
  }
  function isWord(word: string): boolean {
    return tokens[at]?.toLowerCase() === word;
  }
}

/** Flat where operators are the same, without repetitions. */
export function join(op: 'AND' | 'OR', parts: readonly Expression[]): Expression {
  const flat = parts.flatMap((part) => (typeof part === 'object' && part.op === op ? part.of : [part]));
  const unique = [...new Map(flat.map((part) => [show(part), part])).values()];
  return unique.length === 1 && unique[0] !== undefined ? unique[0] : { op, of: unique };
}

export function show(expression: Expression): string {
  if (typeof expression === 'string') return expression;
  const parts = expression.of.map((part) =>
    expression.op === 'AND' && typeof part === 'object' && part.op === 'OR' ? `(${show(part)})` : show(part),
  );
  return parts.join(` ${expression.op} `);
}
