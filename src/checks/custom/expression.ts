import { setFlagsFromString } from 'node:v8';
import { Environment, EvaluationError } from '@marcbachmann/cel-js';
import { CustomRuleError } from './types.ts';

/** Bounds of an expression, and of its evaluation for one item. */
const LIMITS = { maxAstNodes: 1000, maxDepth: 50, maxListElements: 200, maxMapEntries: 50, maxCallArguments: 16 };
const MAX_LENGTH = 4000;
/** Elements of lists that one evaluation may look at, those looked at again counted again. */
const MAX_STEPS = 100_000;
/** Characters of a text that expressions see. */
const MAX_TEXT = 20_000;
/** Macros that go through a list, one in another. */
const MAX_NESTED = 3;
const MACROS = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);

/** A pattern that would backtrack without end is handed to V8's linear engine, in rules over texts that somebody else wrote. */
setFlagsFromString('--enable-experimental-regexp-engine-on-excessive-backtracks');

export interface Expression {
  /** Undefined where a key that is asked for is not there, as CEL's error says. Throws CustomRuleError for every other error. */
  evaluate(values: Readonly<Record<string, unknown>>): unknown;
}

/** Compiles an expression over these variables. Throws Error with the reason, in English. */
export function compile(source: string, variables: readonly string[]): Expression {
  if (source.length > MAX_LENGTH) throw new Error(`longer than ${MAX_LENGTH} characters`);
  const environment = new Environment({ limits: LIMITS, homogeneousAggregateLiterals: false, enableOptionalTypes: true });
  for (const variable of variables) environment.registerVariable(variable, 'dyn');
  const parsed = environment.parse(source);
  if (nesting(parsed.ast) > MAX_NESTED) throw new Error(`more than ${MAX_NESTED} macros one in another`);
  const checked = parsed.check();
  if (!checked.valid) throw new Error(firstLine(checked.error));
  return {
    evaluate(values) {
      const budget = { left: MAX_STEPS };
      const counted = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, count(value, budget)]));
      try {
        return parsed(counted);
      } catch (error) {
        if (error instanceof EvaluationError && /no such key/i.test(error.message)) return undefined;
        throw new CustomRuleError(firstLine(error), { cause: error });
      }
    },
  };
}

/** The value with each look at an element of a list counted. Keys of mappings are copied when they are asked for. */
function count(value: unknown, budget: { left: number }): unknown {
  if (typeof value === 'string') return value.length > MAX_TEXT ? value.slice(0, MAX_TEXT) : value;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof value !== 'object' || value === null) return value ?? null;
  const inner = new Map<PropertyKey, unknown>();
  return new Proxy(value, {
    get(target, key, receiver) {
      const given: unknown = Reflect.get(target, key, receiver);
      if (typeof key === 'symbol' || typeof given === 'function' || key === 'length' || key === 'constructor') return given;
      budget.left -= 1;
      if (budget.left < 0) throw new CustomRuleError(`looks at more than ${MAX_STEPS} values`);
      if (!inner.has(key)) inner.set(key, count(given, budget));
      return inner.get(key);
    },
  });
}

/** How deep macros stand one in another. */
function nesting(node: unknown): number {
  if (typeof node !== 'object' || node === null) return 0;
  if (Array.isArray(node)) return Math.max(0, ...node.map(nesting));
  const { op, args } = node as { op?: string; args?: unknown };
  if (op === undefined) return 0;
  const macro = op === 'rcall' && Array.isArray(args) && MACROS.has(String(args[0])) ? 1 : 0;
  return nesting(args) + macro;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}
