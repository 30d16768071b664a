import { forSurface } from '../container-options/rule.ts';
import { CONTAINER_RULES } from '../container-options/rules.ts';
import { linesOf } from '../place.ts';
import type { Scope } from '../pragmas.ts';
import { openRun } from '../run-rules.ts';
import type { Checker } from '../types.ts';
import { optionsOf } from './options.ts';
import { type RunCommand, runCommands } from './parse.ts';
import { RUN_RULES } from './rules.ts';

const SHARED = forSurface(CONTAINER_RULES, 'run');

/** `docker run` and `docker create` lines, of Podman and nerdctl too: one line, a script, or notes that hold some. */
export const run: Checker = {
  id: 'run',
  rules: [...RUN_RULES, ...SHARED],
  recognises: ({ text }) => runCommands(text).length > 0,
  scope: ({ text }) => scopeOf(text, runCommands(text)),
  check(source, context, enabled) {
    const commands = runCommands(source.text);
    const scope = scopeOf(source.text, commands);
    const findings = openRun(source, { domain: 'run', context, scope, ...(enabled === undefined ? {} : { enabled }) });
    findings.run(commands, RUN_RULES);
    findings.run(
      commands.map((command) => optionsOf(command)),
      SHARED,
    );
    return findings.findings();
  },
};

/** An ignore on or above any line of a command covers all of it. */
function scopeOf(text: string, commands: readonly RunCommand[]): Scope {
  const lines = linesOf(text);
  const spans = commands.map(({ span }) => ({ first: lines.place(span.start).line, last: lines.place(span.end).line }));
  return (line) => spans.find(({ first, last }) => line >= first && line <= last) ?? { first: line, last: line };
}
