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
 * one entry an instruction, in their order, after those of the base image; both are followed from their ends as long as they agree.
 */
export function historyLines(history: readonly HistoryEntry[], file: Dockerfile): (number | undefined)[] {
  const lines: (number | undefined)[] = history.map(() => undefined);
  const written = instructionsOf(file.stages.at(-1));
  let entry = history.length - 1;
  for (let i = written.length - 1; i >= 0 && entry >= 0; i--) {
    const { keyword, line } = written[i] as Instruction;
    if (keywordOf(history[entry]?.createdBy ?? '') === keyword) lines[entry--] = line + 1;
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

function entryOf({ location, params }: CheckFinding, history: readonly HistoryEntry[], layers: readonly number[]): number | undefined {
  const named = /^history\[(\d+)\]$/.exec(location.file)?.[1];
  if (named !== undefined) return Number(named);
  const keyword = SETS[location.file];
  if (keyword === undefined) return location.layer && layers[location.layer.index];
  const what = String(params.port ?? params.name ?? params.path ?? '');
  const index = history.findLastIndex(({ createdBy = '' }) => keywordOf(createdBy) === keyword && createdBy.includes(what));
  return index < 0 ? undefined : index;
}
