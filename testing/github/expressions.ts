import { data, Evaluator, Lexer, Parser } from '@actions/expressions';

/** What expressions are about: `github`, `inputs`, `steps` and so on, as plain JSON. */
export type Contexts = Readonly<Record<string, unknown>>;

const STATUS = ['success', 'failure', 'always', 'cancelled'];

/** A text with its `${{ ... }}` replaced, evaluated by GitHub's own library. */
export function expand(text: string, contexts: Contexts): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_, expression: string) => evaluate(expression, contexts, true).coerceString());
}

/** Whether a step with this `if` runs; `ok` is false after a step that failed. Without a function of the status it wants success. */
export function holds(condition: string | undefined, contexts: Contexts, ok: boolean): boolean {
  if (condition === undefined) return ok;
  const expression = condition.replace(/^\s*\$\{\{|\}\}\s*$/g, '');
  const answer = evaluate(expression, contexts, ok);
  const truthy = !['', 'false', '0', 'null'].includes(answer.coerceString());
  return STATUS.some((name) => expression.includes(`${name}()`)) ? truthy : ok && truthy;
}

function evaluate(expression: string, contexts: Contexts, ok: boolean): data.ExpressionData {
  const of = (value: boolean) => ({ minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(value) });
  const functions = new Map(
    [of(ok), of(!ok), of(true), of(false)].map((definition, i) => [STATUS[i]!, { name: STATUS[i]!, ...definition }] as const),
  );
  const { tokens } = new Lexer(expression.trim()).lex();
  const parsed = new Parser(tokens, Object.keys(contexts), [...functions.values()]).parse();
  const known = JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary;
  return new Evaluator(parsed, known, functions).evaluate();
}
