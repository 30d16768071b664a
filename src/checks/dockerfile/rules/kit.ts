import type { SeverityLevel } from '../../../model/index.ts';
import type { CheckRule, Reported, Span } from '../../types.ts';
import type { Dockerfile, Instruction, Keyword, Stage } from '../document.ts';
import { type Call, calls } from '../shell/calls.ts';
import type { Script } from '../shell/script.ts';

export type Report = (at: Span, reported?: Reported) => void;
export type DockerfileRule = CheckRule<Dockerfile>;

/** A rule in the order in which one thinks of it. `ids`: what others call it; from these come its references. */
export function rule(
  name: string,
  severity: SeverityLevel,
  ids: readonly string[],
  check: (document: Dockerfile, report: Report) => void,
  more: { readonly references?: readonly string[]; readonly benchmarks?: readonly string[]; readonly optIn?: boolean } = {},
): DockerfileRule {
  const references = [...ids.flatMap(referenceOf), ...(more.references ?? [])];
  return {
    id: `dockerfile/${name}`,
    aliases: ids.flatMap((id) => (id.startsWith('DS-') ? [id, `AVD-${id}`] : [id])),
    severity,
    references,
    ...(more.benchmarks ? { benchmarks: more.benchmarks } : {}),
    ...(more.optIn ? { optIn: true } : {}),
    check,
  };
}

function referenceOf(id: string): string[] {
  if (/^DL\d+$/.test(id)) return [`https://github.com/hadolint/hadolint/wiki/${id}`];
  if (/^DS-\d+$/.test(id)) return [];
  if (/^[A-Z][a-zA-Z]+$/.test(id)) {
    return [`https://docs.docker.com/reference/build-checks/${id.replace(/(?<!^)([A-Z])(?=[a-z])/g, '-$1').toLowerCase()}/`];
  }
  return [];
}

export const BEST_PRACTICES = 'https://docs.docker.com/build/building/best-practices/';
export const REFERENCE = 'https://docs.docker.com/reference/dockerfile/';

/** An instruction with the stage that it is in; triggers of ONBUILD included where asked. */
export interface Placed {
  readonly instruction: Instruction;
  readonly stage: Stage | undefined;
  readonly triggered: boolean;
}

/** All instructions of the given kinds in order, triggers of ONBUILD too. */
export function* each(document: Dockerfile, ...keywords: readonly Keyword[]): Generator<Placed> {
  for (const placed of walk(document)) {
    if (keywords.includes(placed.instruction.keyword)) yield placed;
    const { trigger } = placed.instruction;
    if (trigger && keywords.includes(trigger.keyword)) yield { instruction: trigger, stage: placed.stage, triggered: true };
  }
}

/** All instructions in order, with FROM first in its stage; triggers as their ONBUILD. */
export function* walk(document: Dockerfile): Generator<Placed> {
  let at = -1;
  for (const instruction of document.instructions) {
    if (instruction.keyword === 'FROM') at++;
    yield { instruction, stage: document.stages[at], triggered: false };
  }
}

/** RUN instructions that a shell reads, triggers of ONBUILD too. */
export function* runs(document: Dockerfile): Generator<Placed & { readonly script: Script }> {
  for (const placed of each(document, 'RUN')) {
    const { script } = placed.instruction;
    if (script) yield { ...placed, script };
  }
}

/** Programs that RUN instructions run. */
export function* allCalls(document: Dockerfile): Generator<Placed & { readonly script: Script; readonly call: Call }> {
  for (const placed of runs(document)) {
    for (const call of calls(placed.script)) yield { ...placed, call };
  }
}

/** A rule that looks at each program by itself and reports its place. */
export function onCalls(
  check: (call: Call, placed: Placed & { readonly script: Script }, document: Dockerfile) => Reported | boolean | undefined,
) {
  return (document: Dockerfile, report: Report): void => {
    for (const placed of allCalls(document)) {
      const found = check(placed.call, placed, document);
      if (found) report(callSpan(placed.call), { ...inStage(placed.stage), ...(found === true ? {} : found) });
    }
  };
}

/** From a program's name to its last argument. */
export function callSpan(call: Call): Span {
  return { start: call.word.start, end: Math.max(call.word.end, call.args.at(-1)?.end ?? 0) };
}

export function inStage(stage: Stage | undefined): Pick<Reported, 'resource'> {
  if (!stage) return {};
  return { resource: `stage ${stage.name ?? stage.index}` };
}

/** More instructions are written in small letters than in capitals. */
export function mostlyLower(document: Dockerfile): boolean {
  const texts = document.instructions.filter((instruction) => instruction.keyword !== '?').map((instruction) => instruction.written.text);
  const lower = texts.filter((text) => text === text.toLowerCase()).length;
  const upper = texts.filter((text) => text === text.toUpperCase()).length;
  return lower > upper;
}

export function inCase(text: string, lower: boolean): string {
  return lower ? text.toLowerCase() : text.toUpperCase();
}

/** Quotes around a path or name taken off. */
export function unquoted(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && (text[start] === '"' || text[start] === "'")) start++;
  while (end > start && (text[end - 1] === '"' || text[end - 1] === "'")) end--;
  return text.slice(start, end);
}

export function isUrl(text: string): boolean {
  return /^(?:https?|ftp):\/\//i.test(unquoted(text));
}

/** A git repository as ADD takes it. */
export function isGit(text: string): boolean {
  return /^(?:git:\/\/|git@|ssh:\/\/)|\.git(?:[#?].*)?$/i.test(unquoted(text));
}

export function isDynamic(text: string): boolean {
  return text.includes('$');
}

const ARCHIVES = '.tar .Z .bz2 .gz .lz .lzma .tZ .tb2 .tbz .tbz2 .tgz .tlz .tpz .txz .xz .zst .tzst'.split(' ');

/** An archive that ADD unpacks, by its name. */
export function isArchive(path: string): boolean {
  const name = unquoted(path);
  return ARCHIVES.some((end) => name.endsWith(end));
}

/** Stages from the one that ships to its base, and what stage an instruction belongs to, nearest first. */
export function ancestry(stage: Stage | undefined): readonly Stage[] {
  const found: Stage[] = [];
  for (let at = stage; at && !found.includes(at); at = at.base) found.push(at);
  return found;
}

/** Instructions that hold in a stage: those of the stages that it begins with first. */
export function inherited(stage: Stage): readonly Instruction[] {
  return ancestry(stage)
    .toReversed()
    .flatMap((one) => one.instructions);
}
