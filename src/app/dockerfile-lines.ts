import type { Dockerfile, Instruction } from '../checks/dockerfile/document.ts';
import { parseDockerfile } from '../checks/dockerfile/parser/parse.ts';
import type { CheckFinding, DockerfileLines, ImageConfig } from '../model/index.ts';

/**
 * The lines of a Dockerfile that made an image's layers: its history is held against the instructions of the last stage from the end on,
 * as long as both agree; what is left is the base image's. `of` are the lines from 1 by layer, and by entry of the history.
 */
export function dockerfileLines(file: string, text: string, config: ImageConfig): DockerfileLines {
  const document = parseDockerfile({ path: file, text });
  const instructions = shipped(document).filter(({ keyword }) => MAKES_HISTORY.has(keyword));
  const layerOf = layersOfHistory(config);
  const layers: { layer: number; line: number }[] = [];
  const history: { entry: number; line: number }[] = [];
  let at = config.history.length - 1;
  for (const instruction of instructions.reverse()) {
    // ARG is in the history of BuildKit's images, and not in those of other builders.
    if (instruction.keyword === 'ARG' && keywordOf(config.history[at]?.createdBy) !== 'ARG') continue;
    const entry = config.history[at];
    if (!entry || !made(instruction, entry.createdBy)) break;
    const line = instruction.line + 1;
    history.unshift({ entry: at, line });
    const layer = layerOf[at];
    if (layer !== undefined) layers.unshift({ layer, line });
    at -= 1;
  }
  return { file, layers, history };
}

/** Settings of an image, and the instruction that makes each. */
const SETTINGS: Readonly<Record<string, string>> = {
  'config.User': 'USER',
  'config.ExposedPorts': 'EXPOSE',
  'config.Env': 'ENV',
  'config.Volumes': 'VOLUME',
  'config.Healthcheck': 'HEALTHCHECK',
};

/** The findings with the line of the Dockerfile that each comes from, where it is known. */
export function atDockerfile(
  findings: readonly CheckFinding[],
  { file, layers, history }: DockerfileLines,
  config: ImageConfig,
): CheckFinding[] {
  const byLayer = new Map(layers.map(({ layer, line }) => [layer, line]));
  const byEntry = new Map(history.map(({ entry, line }) => [entry, line]));
  const lineOf = ({ domain, location, params }: CheckFinding): number | undefined => {
    if (domain !== 'image' && domain !== 'file') return undefined;
    const entry = /^history\[(\d+)\]$/.exec(location.file)?.[1];
    if (entry !== undefined) return byEntry.get(Number(entry));
    const keyword = SETTINGS[location.file];
    if (keyword === undefined) return location.layer && byLayer.get(location.layer.index);
    const subject = String(params.name ?? params.port ?? params.path ?? '');
    const met = history.filter((each) => keywordOf(config.history[each.entry]?.createdBy) === keyword);
    return (met.findLast((each) => config.history[each.entry]?.createdBy?.includes(subject)) ?? met.at(-1))?.line;
  };
  return findings.map((finding) => {
    const line = lineOf(finding);
    return line === undefined ? finding : { ...finding, location: { ...finding.location, dockerfile: { file, line } } };
  });
}

/** What builders write an entry for; FROM brings that of its own. */
const MAKES_HISTORY: ReadonlySet<string> = new Set([
  'ADD',
  'ARG',
  'CMD',
  'COPY',
  'ENTRYPOINT',
  'ENV',
  'EXPOSE',
  'HEALTHCHECK',
  'LABEL',
  'MAINTAINER',
  'ONBUILD',
  'RUN',
  'SHELL',
  'STOPSIGNAL',
  'USER',
  'VOLUME',
  'WORKDIR',
]);

/** The last stage's instructions, after those of the stages of this file that it begins with. */
function shipped({ stages }: Dockerfile): Instruction[] {
  const all: Instruction[] = [];
  for (let stage = stages.at(-1); stage; stage = stage.base) all.unshift(...stage.instructions.filter(({ keyword }) => keyword !== 'FROM'));
  return all;
}

/** The layer that each entry of the history made; undefined for entries that made none. */
function layersOfHistory({ history }: ImageConfig): readonly (number | undefined)[] {
  let layer = 0;
  return history.map(({ emptyLayer }) => (emptyLayer ? undefined : layer++));
}

/** `RUN` for `/bin/sh -c ...` and `|1 A=b /bin/sh -c ...` too, the forms of builders before BuildKit. */
function keywordOf(createdBy: string | undefined): string | undefined {
  if (createdBy === undefined) return undefined;
  const text = createdBy.replace(/^\/bin\/sh -c #\(nop\) +/, '');
  if (/^(\|\d+ |\/bin\/sh -c )/.test(text)) return 'RUN';
  return /^([A-Z]+)\b/.exec(text)?.[1];
}

/** Compared without blanks, quotes and what builders add; of commands their beginning, since the rest may hold build arguments. */
function made(instruction: Instruction, createdBy: string | undefined): boolean {
  const keyword = keywordOf(createdBy);
  if (keyword !== instruction.keyword) return false;
  if (keyword !== 'RUN') return true;
  const bare = (text: string): string => text.replace(/[\s\\"'[\],]+/g, '');
  const written = bare(instruction.words[0]?.text ?? '').slice(0, 24);
  return bare(createdBy ?? '').includes(written);
}
