const WIDTH = 140;

/** JSON as the repository's formatter writes it: on one line what fits there. Pure. */
export function jsonText(value: unknown): string {
  return `${written(value, 0, 0)}\n`;
}

/** `taken` is how much of its line is: the indentation, the key, the comma after it. */
function written(value: unknown, depth: number, taken: number): string {
  const short = oneLine(value);
  if (taken + short.length <= WIDTH || typeof value !== 'object' || value === null) return short;
  const pad = '  '.repeat(depth + 1);
  const last = Object.keys(value).length - 1;
  const members = Object.entries(value).map(([key, each], i) => {
    const before = Array.isArray(value) ? pad : `${pad}${JSON.stringify(key)}: `;
    return before + written(each, depth + 1, before.length + (i < last ? 1 : 0));
  });
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${members.join(',\n')}\n${'  '.repeat(depth)}${close}`;
}

function oneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${oneLine(each)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}
