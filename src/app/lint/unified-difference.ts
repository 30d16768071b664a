/** Lines around a change that are shown with it. */
const CONTEXT = 3;
/** Lines of each side up to which the shortest difference is looked for; beyond, what lies between first and last change is one. */
const MOST = 2000;

/** The unified difference of two texts, with `a/` and `b/` before the path; empty where they are equal. Source: POSIX diff -u. */
export function unifiedDifference(path: string, before: string, after: string): string {
  if (before === after) return '';
  const [a, b] = [linesOf(before), linesOf(after)];
  const steps = editSteps(a, b);
  const out = [`--- a/${path}`, `+++ b/${path}`];
  for (const hunk of hunks(steps)) {
    const [first] = hunk;
    const olds = hunk.filter(({ sign }) => sign !== '+').length;
    const news = hunk.filter(({ sign }) => sign !== '-').length;
    out.push(`@@ -${range(first?.a ?? 0, olds)} +${range(first?.b ?? 0, news)} @@`);
    for (const { sign, line } of hunk) {
      out.push(`${sign}${line.replace(/\n$/, '')}`);
      if (!line.endsWith('\n')) out.push('\\ No newline at end of file');
    }
  }
  return `${out.join('\n')}\n`;
}

interface Step {
  readonly sign: ' ' | '-' | '+';
  readonly line: string;
  /** Lines of each side before this one. */
  readonly a: number;
  readonly b: number;
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function range(before: number, count: number): string {
  return count === 1 ? String(before + 1) : `${count === 0 ? before : before + 1},${count}`;
}

/** The longest common subsequence by dynamic programming, once what is equal at both ends is set aside. */
function editSteps(a: readonly string[], b: readonly string[]): Step[] {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const [n, m] = [a.length - head - tail, b.length - head - tail];
  const steps: Step[] = [];
  for (let i = 0; i < head; i++) steps.push({ sign: ' ', line: a[i] as string, a: i, b: i });

  const [x, y] = [a.slice(head, head + n), b.slice(head, head + m)];
  let [i, j] = [0, 0];
  const common = n <= MOST && m <= MOST ? commonLengths(x, y) : undefined;
  while (i < n || j < m) {
    const at = { a: head + i, b: head + j };
    if (common && i < n && j < m && x[i] === y[j]) {
      steps.push({ sign: ' ', line: x[i++] as string, ...at });
      j++;
    } else if (i < n && (j >= m || !common || (common[i + 1]?.[j] ?? 0) >= (common[i]?.[j + 1] ?? 0))) {
      steps.push({ sign: '-', line: x[i++] as string, ...at });
    } else steps.push({ sign: '+', line: y[j++] as string, ...at });
  }
  for (let k = 0; k < tail; k++)
    steps.push({ sign: ' ', line: a[a.length - tail + k] as string, a: a.length - tail + k, b: b.length - tail + k });
  return steps;
}

/** `[i][j]`: how many lines the ends of both from there have in common. */
function commonLengths(x: readonly string[], y: readonly string[]): Uint16Array[] {
  const table = Array.from({ length: x.length + 1 }, () => new Uint16Array(y.length + 1));
  for (let i = x.length - 1; i >= 0; i--) {
    const [row, next] = [table[i] as Uint16Array, table[i + 1] as Uint16Array];
    for (let j = y.length - 1; j >= 0; j--)
      row[j] = x[i] === y[j] ? (next[j + 1] as number) + 1 : Math.max(next[j] as number, row[j + 1] as number);
  }
  return table;
}

/** Changes with their context; those whose contexts meet are one. */
function hunks(steps: readonly Step[]): Step[][] {
  const found: Step[][] = [];
  let last = -1;
  for (const [i, { sign }] of steps.entries()) {
    if (sign === ' ') continue;
    const from = Math.max(i - CONTEXT, 0);
    const hunk = found.at(-1);
    if (hunk && from <= last) hunk.push(...steps.slice(last, i + 1 + CONTEXT));
    else found.push(steps.slice(from, i + 1 + CONTEXT));
    last = Math.min(steps.length, i + 1 + CONTEXT);
  }
  return found;
}
