import type { Dockerfile, Instruction, Stage } from '../../checks/dockerfile/document.ts';
import { parseDockerfile } from '../../checks/dockerfile/parser/parse.ts';
import type { CheckFinding, HistoryEntry, ImageConfig } from '../../model/index.ts';

/** A Dockerfile as the user named it. */
export interface NamedDockerfile {
  readonly path: string;
  readonly text: string;
}

/** The keyword by which a member of the configuration is set. */
const SETS: Readonly<Record<string, string>> = {
  'config.User': 'USER',
  'config.ExposedPorts': 'EXPOSE',
  'config.Env': 'ENV',
  'config.Volumes': 'VOLUME',
  'config.Healthcheck': 'HEALTHCHECK',
};

/** The findings of an image with the lines of the Dockerfile that it was built from, as far as its history fits. Pure. */
export function tieToDockerfile(findings: readonly CheckFinding[], config: ImageConfig, file: NamedDockerfile): readonly CheckFinding[] {
  const { history } = config;
  const lines = historyLines(history, parseDockerfile(file));
  const layers = history.flatMap(({ emptyLayer }, i) => (emptyLayer ? [] : [i]));
  return findings.map((finding) => {
    const entry = entryOf(finding, history, layers);
    const line = entry === undefined ? undefined : lines[entry];
    if (line === undefined) return finding;
    return { ...finding, location: { ...finding.location, dockerfile: { file: file.path, line } } };
  });
}

/**
 * For each entry of a history the line (from 1) of the instruction that wrote it; undefined where none of this file did. A build writes
 * one entry an instruction, in their order, after those of the base image; both are followed from their ends as long as they agree, in
 * what they do and with what. Entries that say nothing (of images that were squashed) are passed over.
 */
export function historyLines(history: readonly HistoryEntry[], file: Dockerfile): (number | undefined)[] {
  const lines: (number | undefined)[] = history.map(() => undefined);
  const written = instructionsOf(file.stages.at(-1));
  let entry = history.length - 1;
  for (let i = written.length - 1; i >= 0 && entry >= 0; i--) {
    const instruction = written[i] as Instruction;
    const { keyword, line } = instruction;
    while (entry > 0 && (history[entry]?.createdBy ?? '') === '') entry--;
    const createdBy = history[entry]?.createdBy ?? '';
    if (keywordOf(createdBy) === keyword && agrees(instruction, createdBy)) lines[entry--] = line + 1;
    // Older builders leave no trace of these.
    else if (keyword !== 'ARG' && keyword !== 'ONBUILD') break;
  }
  return lines;
}

/** Of a stage and the stages of the file that it begins with. */
function instructionsOf(stage: Stage | undefined): readonly Instruction[] {
  if (!stage) return [];
  return [...instructionsOf(stage.base), ...stage.instructions.filter(({ keyword }) => keyword !== 'FROM')];
}

/** `RUN`, of an entry as BuildKit (`RUN |1 A=b /bin/sh -c x # buildkit`) or the older builder (`/bin/sh -c #(nop)  USER x`) writes it. */
function keywordOf(createdBy: string): string | undefined {
  const plain = createdBy.replace(/^\/bin\/sh -c #\(nop\)\s+/, '');
  const keyword = /^[A-Z]+(?=\s)/.exec(plain)?.[0];
  return keyword ?? (/^(?:\|\d+ |\/bin\/\w*sh |cmd |powershell )/.test(plain) ? 'RUN' : undefined);
}

/** True for an entry of an instruction that changes the configuration alone: a layer of its own is what was squashed into it. */
export function isSetting({ createdBy = '' }: HistoryEntry): boolean {
  return SETTINGS.has(keywordOf(createdBy) ?? '');
}

const SETTINGS: ReadonlySet<string> = new Set(['ARG', 'CMD', 'ENTRYPOINT', 'ENV', 'EXPOSE', 'HEALTHCHECK', 'LABEL', 'MAINTAINER', 'ONBUILD', 'SHELL', 'STOPSIGNAL', 'USER']); // biome-ignore format: a list

/** False where an entry of the same instruction is of another one for sure: another command, other files, other names. */
function agrees({ keyword, words, pairs, rest, json, heredocs }: Instruction, createdBy: string): boolean {
  const entry = squeezed(createdBy).replace(/ # buildkit$/, '');
  // Variables are filled in, and each builder quotes in its own way.
  const has = (text: string): boolean => /[$"'\\<>&]/.test(text) || isWithin(entry, squeezed(text));
  const hasPath = (path: string): boolean => has(path.replace(/^(?:\.?\/)+|\/+$/g, ''));
  switch (keyword) {
    case 'RUN':
      if (json) return words.every(({ text }) => has(text));
      return [rest, ...heredocs.map(({ content }) => content)].some(({ text }) => isWithin(entry, squeezed(text)));
    case 'COPY':
    case 'ADD': {
      // The older builder and buildah: `COPY file:0123... in /app `, of which only the end of the path can be told.
      const isHashed = /\b(?:file|dir|multi):[0-9a-f]{8,}/.test(entry);
      const last = words.at(-1)?.text ?? '';
      return isHashed
        ? hasPath(last.replace(/\/+$/, '').replace(/^.*\//, '').replace(/^\.$/, ''))
        : words.every(({ text }) => hasPath(text));
    }
    case 'ARG':
    case 'ENV':
    case 'LABEL':
      return pairs.every(({ key }) => has(key.text));
    case 'EXPOSE':
      return words.every(({ text }) => !/^\d+(?:\/\w+)?$/.test(text) || has(text.replace(/\/.*$/, '')));
    case 'WORKDIR':
      return words.every(({ text }) => hasPath(text));
    case 'CMD':
    case 'ENTRYPOINT':
    case 'USER':
    case 'VOLUME':
      return words.every(({ text }) => has(text));
    default:
      return true;
  }
}

/** True where it stands there by itself, and not as a part of longer words. */
function isWithin(entry: string, text: string): boolean {
  if (text === '') return true;
  for (let at = entry.indexOf(text); at >= 0; at = entry.indexOf(text, at + 1))
    if (!/[\w.-]/.test(entry[at - 1] ?? ' ') && !/[\w-]/.test(entry[at + text.length] ?? ' ')) return true;
  return false;
}

/** Continuations and runs of white space as one blank. */
function squeezed(text: string): string {
  return text
    .replace(/\\\r?\n/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function entryOf({ location, params }: CheckFinding, history: readonly HistoryEntry[], layers: readonly number[]): number | undefined {
  const named = /^history\[(\d+)\]$/.exec(location.file)?.[1];
  if (named !== undefined) return Number(named);
  const keyword = SETS[location.file];
  if (keyword === undefined) return location.layer && layers[location.layer.index];
  const what = String(params.port ?? params.name ?? params.path ?? '');
  const index = history.findLastIndex(({ createdBy = '' }) => keywordOf(createdBy) === keyword && createdBy.includes(what));
  return index < 0 ? undefined : index;
}
