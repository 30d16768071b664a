/** A variable that a word uses, with the offset in the word. */
export interface Use {
  readonly name: string;
  readonly at: number;
  /** It has a default or an alternative (`:-`, `-`, `:+`, `+`), so that not being set is meant. */
  readonly guarded: boolean;
}

export interface Expanded {
  readonly text: string;
  readonly uses: readonly Use[];
  /** A modifier that BuildKit does not know, or a brace that is not closed. */
  readonly bad?: string;
}

export type Values = (name: string) => string | undefined;

const NAME = /^(?:[A-Za-z_][A-Za-z0-9_]*|[0-9]+|[@*#?$!-])/;
const MOST_NESTED = 20;

/**
 * Substitutes variables as BuildKit does: `$x`, `${x}`, `:-`, `-`, `:+`, `+`, `:?`, `?`, `#`, `##`, `%`, `%%`, `/`, `//`; quotes and
 * escapes are taken off. What is not set becomes nothing.
 */
export function expand(word: string, values: Values, mark = '\\', depth = 0): Expanded {
  const uses: Use[] = [];
  let bad: string | undefined;
  let text = '';
  let quote = '';
  for (let at = 0; at < word.length; ) {
    const char = word[at]!;
    if (char === mark && quote !== "'") {
      const next = word[at + 1];
      if (quote === '"' && next !== '"' && next !== '$' && next !== mark) text += char + (next ?? '');
      else text += next ?? '';
      at += 2;
    } else if ((char === '"' || char === "'") && (quote === '' || quote === char)) {
      quote = quote === '' ? char : '';
      at++;
    } else if (char === '$' && quote !== "'") {
      const read = dollar(word, at, values, mark, depth);
      text += read.text;
      uses.push(...read.uses);
      bad ??= read.bad;
      at = read.end;
    } else {
      text += char;
      at++;
    }
  }
  return bad === undefined ? { text, uses } : { text, uses, bad };
}

function dollar(word: string, at: number, values: Values, mark: string, depth: number): Expanded & { end: number } {
  if (word[at + 1] !== '{') {
    const name = NAME.exec(word.slice(at + 1, at + 200))?.[0];
    if (name === undefined) return { text: '$', uses: [], end: at + 1 };
    return { text: values(name) ?? '', uses: [{ name, at, guarded: false }], end: at + 1 + name.length };
  }
  const end = closing(word, at + 2, mark);
  if (end < 0 || depth >= MOST_NESTED) return { text: '', uses: [], bad: word.slice(at, at + 40), end: word.length };
  const body = word.slice(at + 2, end);
  const name = NAME.exec(body)?.[0];
  if (name === undefined) return { text: '', uses: [], bad: word.slice(at, end + 1), end: end + 1 };
  const value = values(name);
  const rest = body.slice(name.length);
  if (rest === '') return { text: value ?? '', uses: [{ name, at, guarded: false }], end: end + 1 };
  const operator = /^(:[-+?]|[-+?]|##?|%%?|\/\/?)/.exec(rest)?.[0];
  if (operator === undefined) return { text: '', uses: [], bad: word.slice(at, end + 1), end: end + 1 };
  const inner = expand(rest.slice(operator.length), values, mark, depth + 1);
  const guarded = /[-+]$/.test(operator);
  const uses = [{ name, at, guarded }, ...inner.uses];
  const result = { text: modified(operator, value, inner.text), uses, end: end + 1 };
  return inner.bad === undefined ? result : { ...result, bad: inner.bad };
}

function closing(word: string, from: number, mark: string): number {
  let depth = 1;
  for (let at = from; at < word.length; at++) {
    const char = word[at]!;
    if (char === mark) at++;
    else if (char === '$' && word[at + 1] === '{') {
      depth++;
      at++;
    } else if (char === '}' && --depth === 0) return at;
  }
  return -1;
}

function modified(operator: string, value: string | undefined, argument: string): string {
  switch (operator) {
    case ':-':
      return value ? value : argument;
    case '-':
      return value ?? argument;
    case ':+':
      return value ? argument : '';
    case '+':
      return value === undefined ? '' : argument;
    case '#':
    case '##':
    case '%':
    case '%%':
      return trimmed(value ?? '', argument, operator);
    case '/':
    case '//':
      return replaced(value ?? '', argument, operator === '//');
    default:
      return value ?? '';
  }
}

/** `*` and `?` of a pattern; greedy or not. Patterns of Dockerfiles are short; longer ones are taken literally. */
function pattern(glob: string, greedy: boolean): string {
  if (glob.length > 100 || (glob.match(/\*/g)?.length ?? 0) > 3) return glob.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return glob.replace(/\\?[\s\S]/g, (part) => {
    if (part === '*') return greedy ? '[\\s\\S]*' : '[\\s\\S]*?';
    if (part === '?') return '[\\s\\S]';
    return part.replace(/^\\(?=.)/, '').replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  });
}

function trimmed(value: string, glob: string, operator: string): string {
  const greedy = operator.length === 2;
  if (operator.startsWith('#')) return value.replace(new RegExp(`^${pattern(glob, greedy)}`), '');
  const whole = new RegExp(`^${pattern(glob, true)}$`);
  // The shortest or the longest end that matches.
  for (let step = 0; step <= value.length; step++) {
    const cut = greedy ? step : value.length - step;
    if (whole.test(value.slice(cut))) return value.slice(0, cut);
  }
  return value;
}

function replaced(value: string, argument: string, all: boolean): string {
  const [from = '', to = ''] = argument.split(/(?<!\\)\/(.*)/s);
  if (from === '') return value;
  return value.replace(new RegExp(pattern(from, true), all ? 'g' : ''), () => to);
}
