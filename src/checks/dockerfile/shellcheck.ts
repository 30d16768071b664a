import type { SeverityLevel } from '../../model/index.ts';
import type { RuleRun } from '../run-rules.ts';
import type { RuleFacts, RunTool } from '../types.ts';
import type { Dockerfile, Instruction } from './document.ts';
import type { Mapped } from './parser/mapped.ts';
import { shellBody, shellName } from './parser/run.ts';
import { each, inherited, inStage } from './rules/kit.ts';

/** What shellcheck says of RUN; which of its rules it is, is an alias of the finding: `SC2086`. */
export const SHELLCHECK: RuleFacts = {
  id: 'dockerfile/shellcheck',
  aliases: [],
  severity: 'medium',
  references: ['https://www.shellcheck.net/wiki/'],
};

/** Shells that shellcheck reads, by what it calls them. */
const DIALECTS: Readonly<Record<string, string>> = { sh: 'sh', bash: 'bash', dash: 'dash', ash: 'dash', busybox: 'busybox', ksh: 'ksh' };
const SEVERITIES: Readonly<Record<string, SeverityLevel>> = { error: 'high', warning: 'medium', info: 'low', style: 'negligible' };
/** Sourced files that are not there, and shells that it does not know: nothing that a Dockerfile could mend. */
const EXCLUDED = '1090,1091,2187';
/** What BuildKit sets for every step. */
const PREDEFINED = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'FTP_PROXY', 'ftp_proxy', 'NO_PROXY', 'no_proxy'];
const MOST_STEPS = 200;
const MOST_COMMENTS = 500;

/** Hands every RUN in shell form to shellcheck, with the variables that are set there, and reports what it says at its place in the file. */
export async function shellcheck(document: Dockerfile, run: RunTool, report: RuleRun['report']): Promise<void> {
  let steps = 0;
  for (const { instruction, stage } of each(document, 'RUN')) {
    if (instruction.json || !instruction.script) continue;
    const { body, shell } = shellBody(instruction);
    const dialect = DIALECTS[shellName(shell)];
    if (!dialect || body.text.trim() === '' || ++steps > MOST_STEPS) continue;
    const before = stage ? inherited(stage) : document.instructions;
    const prelude = `${exported(before, instruction)}\n`;
    const output = await run('shellcheck', ['-f', 'json1', '-s', dialect, '-e', EXCLUDED, '-'], prelude + body.text);
    // Not installed, or it gave up: then for all of them.
    if (output === undefined) return;
    for (const comment of readComments(output)) {
      const at = body.span(offset(body, comment.line - 1, comment.column), offset(body, comment.endLine - 1, comment.endColumn));
      if (comment.line < 2) continue;
      const code = `SC${comment.code}`;
      const rule = { ...SHELLCHECK, aliases: [code], references: [`https://www.shellcheck.net/wiki/${code}`] };
      report(rule, at, { params: { code, message: comment.message }, severity: SEVERITIES[comment.level] ?? 'low', ...inStage(stage) });
    }
  }
}

/** `export A=1 B=1`: names that ARG and ENV set are no unknown variables. One line. */
function exported(instructions: readonly Instruction[], before: Instruction): string {
  const names = new Set(PREDEFINED);
  for (const { keyword, start, pairs } of instructions) {
    if ((keyword !== 'ARG' && keyword !== 'ENV') || start > before.start) continue;
    for (const pair of pairs) if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(pair.key.text)) names.add(pair.key.text);
  }
  return `export ${[...names].map((name) => `${name}=1`).join(' ')}`;
}

interface Comment {
  readonly line: number;
  readonly endLine: number;
  readonly column: number;
  readonly endColumn: number;
  readonly level: string;
  readonly code: number;
  readonly message: string;
}

/** shellcheck's json1: `{comments: [...]}`, lines and columns from 1, columns in characters. Anything else is nothing. */
function readComments(output: string): Comment[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(output);
  } catch {
    return [];
  }
  const comments = (parsed as { comments?: unknown } | null)?.comments;
  return Array.isArray(comments) ? comments.slice(0, MOST_COMMENTS).filter(isComment) : [];
}

function isComment(value: unknown): value is Comment {
  const comment = value as Partial<Record<keyof Comment, unknown>> | null;
  const numbers = [comment?.line, comment?.endLine, comment?.column, comment?.endColumn, comment?.code];
  return (
    numbers.every((number) => Number.isSafeInteger(number)) && typeof comment?.level === 'string' && typeof comment.message === 'string'
  );
}

/** Of a line and column, both from 1; columns count code points. */
function offset({ text }: Mapped, line: number, column: number): number {
  let start = 0;
  for (let at = 1; at < line; at++) {
    const feed = text.indexOf('\n', start);
    if (feed < 0) return text.length;
    start = feed + 1;
  }
  let at = start;
  for (let left = column - 1; left > 0 && at < text.length; left--) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return at;
}
