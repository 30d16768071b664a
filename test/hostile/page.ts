import { fill } from '../../src/messages/fill.ts';
import type { Answer } from './case.ts';
import { HOSTILE } from './cases/index.ts';
import type { Outcome } from './run-case.ts';

const FIGURES = ['peak MB', 'seconds'];
const COLUMNS = ['case', 'what is in it', 'answer', ...FIGURES];

/** Largest resident set that any case may reach, bytes: what a hostile input can cost. */
export const MEMORY_BOUND = 500 * 2 ** 20;

/** docs/safety.md, with the figures that were measured. */
export function safetyPage(outcomes: ReadonlyMap<string, Outcome>): string {
  const parts = HOSTILE.map(({ title, cases }) => {
    const rows = cases.map(({ id, input, answer }) => {
      const { peak, seconds } = outcomes.get(id) as Outcome;
      return row([id, input, answerText(answer), (peak / 2 ** 20).toFixed(0), seconds.toFixed(1)]);
    });
    return [`## ${title}`, '', row(COLUMNS), row(COLUMNS.map(() => '---')), ...rows].join('\n');
  });
  return `${fill(INTRODUCTION, { bound: MEMORY_BOUND / 2 ** 20 })}\n${parts.join('\n\n')}\n`;
}

/** The rows of a page without its figures: what does not change from machine to machine. */
export function factsOf(page: string): readonly string[] {
  return page
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split(' | ').slice(0, -FIGURES.length).join(' | '));
}

function row([first, ...rest]: readonly string[]): string {
  const name = first === COLUMNS[0] || first === '---' ? first : `\`${first}\``;
  return `| ${[name, ...rest].join(' | ')} |`;
}

function answerText(answer: Answer): string {
  if ('error' in answer) return `error \`${answer.error}\``;
  if ('gap' in answer) return `gap \`${answer.gap}\``;
  return answer.how;
}

const INTRODUCTION = `# Safety: what a hostile image can do

<!-- Made by \`npm run docs:safety\`, which runs every case; change test/hostile instead. -->

An image is input from somebody else. Each row is an image, a file in one or a registry that means harm; the cases stand in
[test/hostile](../test/hostile) and run in every test run, each in a process of its own. A scan answers with

- an [error](errors.md): it ends with exit code 3, and there is no report;
- a [gap](errors.md): the report names what could not be read, and a gate (\`--fail-on\`) answers unknown, exit code 5;
- or it reads the input as what it is.

It never ends without a code, never writes outside its own folders, never runs code of an image, and stays below {bound} MB.
Figures were measured once on two cores, with the start of the program in them; a scan of a small image takes 65 MB and 0.2 seconds.
`;
