import type { Pragma } from '../pragmas.ts';
import type { Dockerfile, Instruction } from './document.ts';
import { directive } from './parser/parse.ts';
import { type DockerfileRule, rule } from './rules/kit.ts';

const HADOLINT =
  /^hadolint[ \t]+(?<scope>global[ \t]+|stage[ \t]+)?ignore[ \t]*=[ \t]*(?<codes>(?:DL|SC)\d+(?:[ \t]*,[ \t]*(?:DL|SC)\d+)*)[ \t]*(?:#[ \t]*(?<reason>.*))?$/;
const DOCKER = /^check\s*=\s*(?<value>.+)$/i;

/** Ignores of hadolint's and Docker's own forms, for whoever already has them. */
export function foreignPragmas(document: Dockerfile): Pragma[] {
  return [...(document.settings.heedPragmas ? hadolint(document) : []), ...docker(document)];
}

function hadolint(document: Dockerfile): Pragma[] {
  const found: Pragma[] = [];
  for (const comment of document.comments) {
    const match = HADOLINT.exec(comment.text)?.groups;
    if (!match) continue;
    const rules = match.codes!.split(',').map((code) => code.trim());
    const pragma = { rules, at: comment, ...(match.reason ? { reason: match.reason } : {}) };
    const scope = match.scope?.trim();
    if (scope === 'global') found.push(pragma);
    else if (scope === 'stage') {
      const lines = stageLines(document, comment.line);
      if (lines) found.push({ ...pragma, lines });
    } else {
      const next = following(document, comment.line);
      if (next) found.push({ ...pragma, lines: linesOf(next) });
    }
  }
  return found;
}

/** The instruction that a comment stands before, with nothing but comments and blank lines between. */
function following(document: Dockerfile, line: number): Instruction | undefined {
  const next = document.instructions.find((instruction) => instruction.endLine >= line);
  return next;
}

function linesOf(instruction: Instruction): { first: number; last: number } {
  return { first: instruction.line + 1, last: instruction.endLine + 1 };
}

function stageLines(document: Dockerfile, line: number): { first: number; last: number } | undefined {
  const index = document.stages.findIndex((stage) => stage.from.line > line);
  const stage = document.stages[index];
  if (!stage) return undefined;
  const next = document.stages[index + 1];
  return { first: stage.from.line + 1, last: next ? next.from.line : Number.MAX_SAFE_INTEGER };
}

/** `# check=skip=A,B` at the top for the whole file, or before an instruction for it. */
function docker(document: Dockerfile): Pragma[] {
  const found: Pragma[] = [];
  const top = directive(document, 'check');
  if (top) found.push(...skips(top.value).map((rules) => ({ rules, at: top })));
  for (const instruction of document.instructions) {
    for (const comment of instruction.comments) {
      const value = DOCKER.exec(comment.text)?.groups?.value;
      if (value === undefined || comment.start === top?.start) continue;
      const [options = '', reason] = value.split(/\s+\/\/\s*/);
      found.push(...skips(options).map((rules) => ({ rules, at: comment, lines: linesOf(instruction), ...(reason ? { reason } : {}) })));
    }
  }
  return found;
}

function skips(value: string): string[][] {
  const option = value.split(';').find((part) => /^\s*skip\s*=/.test(part));
  if (option === undefined) return [];
  const names = option
    .slice(option.indexOf('=') + 1)
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return names.length === 0 ? [] : [names.some((name) => name.toLowerCase() === 'all') ? ALL_DOCKER : names];
}

/** `all` of Docker's checks, not of ours. */
const ALL_DOCKER = [
  'StageNameCasing',
  'FromAsCasing',
  'NoEmptyContinuation',
  'ConsistentInstructionCasing',
  'DuplicateStageName',
  'ReservedStageName',
  'JSONArgsRecommended',
  'MaintainerDeprecated',
  'UndefinedArgInFrom',
  'WorkdirRelativePath',
  'UndefinedVar',
  'MultipleInstructionsDisallowed',
  'LegacyKeyValueFormat',
  'RedundantTargetPlatform',
  'SecretsUsedInArgOrEnv',
  'InvalidDefaultArgInFrom',
  'FromPlatformFlagConstDisallowed',
  'CopyIgnoredFile',
  'InvalidDefinitionDescription',
  'ExposeProtoCasing',
  'ExposeInvalidFormat',
];

/** Where a team wants no exceptions within files. */
const inlineIgnore = rule(
  'inline-ignore',
  'negligible',
  ['DL1001'],
  (document, report) => {
    for (const comment of document.comments) {
      const match = HADOLINT.exec(comment.text)?.groups;
      if (match && match.scope === undefined) report(comment, { params: { rules: match.codes! } });
    }
  },
  { optIn: true },
);

export const pragmaRules: readonly DockerfileRule[] = [inlineIgnore];
