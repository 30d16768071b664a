import type { CheckContext, SourceText } from '../../types.ts';
import type { Directive, Dockerfile, Instruction, Pair, Problem, Stage } from '../document.ts';
import { type HadolintSettings, NO_SETTINGS } from '../settings.ts';
import { expand, type Values } from '../variables.ts';
import { heredocWord, readHeredocs } from './heredoc.ts';
import { imageName } from './image-name.ts';
import { type Draft, FORMS, readInstruction } from './instruction.ts';
import { LineReader } from './lines.ts';
import { mounts } from './mounts.ts';
import { scriptOf } from './run.ts';

/** A Dockerfile beyond it is nobody's work. */
const MOST_TEXT = 1024 * 1024;
const MOST_INSTRUCTIONS = 5000;
const DEFAULT_SHELL: readonly string[] = ['/bin/sh', '-c'];

/** Reads a Dockerfile as BuildKit's frontend does. Never throws: what BuildKit would refuse is in `problems`. */
export function parseDockerfile(source: SourceText, context: CheckContext = {}, settings: HadolintSettings = NO_SETTINGS): Dockerfile {
  const text = source.text.length > MOST_TEXT ? source.text.slice(0, MOST_TEXT) : source.text;
  const reader = new LineReader(text);
  const problems = reader.problems;
  if (text.length < source.text.length)
    problems.push({ start: MOST_TEXT, end: MOST_TEXT, code: 'too-large', params: { met: source.text.length, expected: MOST_TEXT } });
  const drafts: (Draft & { heredocs: Instruction['heredocs'] })[] = [];
  for (let line = reader.logical(); line; line = reader.logical()) {
    if (drafts.length >= MOST_INSTRUCTIONS) {
      problems.push({ ...line.text.span(0, 1), code: 'too-large', params: { met: drafts.length, expected: MOST_INSTRUCTIONS } });
      break;
    }
    const draft = readInstruction(
      line.text,
      { escape: reader.escape, line: line.first, endLine: line.last, comments: line.comments },
      problems,
    );
    const inner = draft.trigger ?? draft;
    const takes = (inner.keyword === 'RUN' || inner.keyword === 'ADD' || inner.keyword === 'COPY') && !inner.json;
    const read = takes ? readHeredocs(line.text.text, reader, text) : { heredocs: [], last: undefined };
    if (read.unterminated !== undefined) {
      problems.push({
        start: draft.start,
        end: draft.end,
        code: 'heredoc',
        params: { met: `<<${read.unterminated}`, expected: `<<${read.unterminated} ... ${read.unterminated}` },
      });
    }
    drafts.push({ ...draft, endLine: read.last?.index ?? draft.endLine, heredocs: read.heredocs });
  }
  if (drafts.every(({ keyword }) => keyword === 'ARG')) problems.push({ start: 0, end: text.length, code: 'empty', params: {} });
  return assemble(source.path, text, reader, drafts, context, settings);
}

interface StageDraft {
  readonly index: number;
  readonly from: Instruction;
  readonly name: string | undefined;
  readonly base: number | undefined;
  readonly resolved: Stage['resolved'];
  readonly instructions: Instruction[];
  shell: readonly string[];
}

function assemble(
  path: string,
  text: string,
  reader: LineReader,
  drafts: readonly (Draft & { heredocs: Instruction['heredocs'] })[],
  context: CheckContext,
  settings: HadolintSettings,
): Dockerfile {
  const problems: Problem[] = reader.problems;
  const instructions: Instruction[] = [];
  const globals: Instruction[] = [];
  const stages: StageDraft[] = [];
  const defaults = new Map<string, string>();
  const pragmas = pragmaShells(reader);
  let shell = DEFAULT_SHELL;
  for (const draft of drafts) {
    const current = stages.at(-1);
    if (draft.keyword === 'FROM') shell = inheritedShell(draft, stages) ?? DEFAULT_SHELL;
    while (pragmas[0] && pragmas[0].line < draft.line) shell = pragmas.shift()!.shell;
    if (draft.keyword === 'SHELL' && draft.json && draft.words.length > 0) shell = draft.words.map((word) => word.text);
    const instruction = complete(draft, draft.heredocs, shell);
    instructions.push(instruction);
    checkInstruction(instruction, problems);
    if (draft.keyword === 'FROM') stages.push(newStage(instruction, stages, defaults, shell));
    else if (current) {
      current.instructions.push(instruction);
      current.shell = shell;
    } else if (draft.keyword === 'ARG') {
      globals.push(instruction);
      for (const pair of instruction.pairs) setDefault(pair, defaults, reader.escape);
    }
  }
  return {
    path,
    text,
    directives: reader.directives,
    escape: reader.escape,
    instructions,
    globals,
    stages: finish(stages),
    comments: reader.comments,
    emptyContinuations: reader.emptyContinuations,
    problems,
    context,
    settings,
  };
}

function complete(draft: Draft, heredocs: Instruction['heredocs'], shell: readonly string[]): Instruction {
  const { trigger, ...rest } = draft;
  const base: Instruction = { ...rest, heredocs, shell };
  const script = scriptOf(base);
  return {
    ...base,
    ...(script ? { script } : {}),
    ...(trigger ? { trigger: complete(trigger, heredocs, shell) } : {}),
  };
}

/** `# hadolint shell=...` anywhere between two instructions holds from there on. */
function pragmaShells(reader: LineReader): { line: number; shell: readonly string[] }[] {
  return reader.comments.flatMap(({ line, text }) => {
    const match = /^hadolint\s+shell\s*=\s*(\S+)/.exec(text);
    return match ? [{ line, shell: [match[1]!, '-c'] }] : [];
  });
}

function setDefault(pair: Pair, defaults: Map<string, string>, mark: string): void {
  const value = pair.value && expand(pair.value.text, (name) => defaults.get(name), mark).text;
  if (value !== undefined) defaults.set(pair.key.text, value);
}

function inheritedShell(draft: Draft, stages: readonly StageDraft[]): readonly string[] | undefined {
  const name = draft.words[0]?.text.toLowerCase();
  return stages.find((stage) => stage.name !== undefined && stage.name === name)?.shell;
}

function newStage(
  from: Instruction,
  stages: readonly StageDraft[],
  defaults: ReadonlyMap<string, string>,
  shell: readonly string[],
): StageDraft {
  const image = from.words[0];
  const values: Values = (name) => defaults.get(name);
  const filled = image && expand(image.text, values);
  const base = filled && stages.findLast((stage) => stage.name !== undefined && stage.name === filled.text.toLowerCase());
  const name = from.words.length === 3 ? from.words[2]!.text.toLowerCase() : undefined;
  const known = filled !== undefined && filled.bad === undefined && filled.uses.every((use) => use.guarded || defaults.has(use.name));
  return {
    index: stages.length,
    from,
    name,
    base: base?.index,
    resolved: image && imageName(known ? filled.text : image.text),
    instructions: [],
    shell,
  };
}

function finish(drafts: readonly StageDraft[]): Stage[] {
  const stages: Stage[] = [];
  const shipped = new Set<number>();
  for (let index: number | undefined = drafts.length - 1; index !== undefined && index >= 0; index = drafts[index]?.base)
    shipped.add(index);
  for (const draft of drafts) {
    stages.push({
      index: draft.index,
      from: draft.from,
      image: draft.from.words[0],
      resolved: draft.resolved,
      name: draft.name,
      alias: draft.from.words.length === 3 ? draft.from.words[2] : undefined,
      base: draft.base === undefined ? undefined : stages[draft.base],
      instructions: draft.instructions,
      final: draft.index === drafts.length - 1,
      shipped: shipped.has(draft.index),
    });
  }
  return stages;
}

function checkInstruction(instruction: Instruction, problems: Problem[]): void {
  for (const mount of mounts(instruction)) {
    if (mount.bad === undefined) continue;
    const { start, end } = mount.flag;
    problems.push({ start, end, code: 'mount', params: { met: mount.bad, expected: '--mount=type=bind|cache|tmpfs|secret|ssh,...' } });
  }
  const { keyword, words } = instruction;
  if ((keyword === 'COPY' || keyword === 'ADD') && words.length > 1 && !instruction.json && heredocWord(words.at(-1)!.text)) {
    problems.push({
      start: instruction.start,
      end: instruction.end,
      code: 'heredoc',
      params: { met: words.at(-1)!.text, expected: FORMS[keyword] },
    });
  }
}

export function directive(document: Dockerfile, name: Directive['name']): Directive | undefined {
  return document.directives.find((candidate) => candidate.name === name);
}
