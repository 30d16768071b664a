const NAME = /^[_a-z][_a-z0-9]*/i;

/**
 * Dollar signs of a text after which Compose finds no variable, with a little of what follows each. Source: Compose specification,
 * 12-interpolation.md: `$NAME`, `${NAME}`, with `:-`, `-`, `:?`, `?`, `:+`, `+` and a text that may nest, and `$$` for the sign itself.
 */
export function invalidVariables(text: string): string[] {
  const found: string[] = [];
  for (let at = text.indexOf('$'); at >= 0 && found.length < 10; at = text.indexOf('$', at)) {
    const end = text[at + 1] === '$' ? at + 2 : variableEnd(text, at);
    if (end === undefined) found.push(text.slice(at, at + 20));
    at = end ?? at + 1;
  }
  return found;
}

function variableEnd(text: string, at: number): number | undefined {
  const braced = text[at + 1] === '{';
  const start = at + (braced ? 2 : 1);
  const name = NAME.exec(text.slice(start, start + 300))?.[0];
  if (name === undefined) return undefined;
  const end = start + name.length;
  if (!braced) return end;
  if (text[end] === '}') return end + 1;
  if (!/^:?[-?+]/.test(text.slice(end, end + 2))) return undefined;
  let depth = 1;
  for (let i = end; i < text.length; i++) {
    if (text[i] === '{' && text[i - 1] === '$') depth += 1;
    else if (text[i] === '}') depth -= 1;
    if (depth === 0) return i + 1;
  }
  return undefined;
}
