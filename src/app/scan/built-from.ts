import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Dockerfile } from '../../checks/dockerfile/document.ts';
import { parseDockerfile } from '../../checks/dockerfile/parser/parse.ts';
import type { ChecksReport, DockerfileLines, ImageConfig } from '../../model/index.ts';
import { PlimsollError } from '../../util/errors.ts';
import { historyLines, isSetting, tieToDockerfile } from '../checks/dockerfile-lines.ts';
import { lintSources } from '../lint/sources.ts';

/** The Dockerfile that an image is built from. */
export type BuiltFrom = Pick<Dockerfile, 'path' | 'text'> & { readonly document: Dockerfile };

/** Reads it; in reports it is called as the user named it. Throws `lint-unreadable`. */
export async function readBuiltFrom(path: string, cwd: string): Promise<BuiltFrom> {
  if (statSync(resolve(cwd, path), { throwIfNoEntry: false })?.isDirectory())
    throw new PlimsollError('lint-unreadable', { path, detail: 'EISDIR' });
  const { sources } = await lintSources({ paths: [path], kind: 'dockerfile', cwd, stdin: nothing() });
  const source = { path, text: sources[0]?.text ?? '' };
  return { ...source, document: parseDockerfile(source) };
}

async function* nothing(): AsyncGenerator<Buffer> {}

/** The lines that made the image's layers, and its checks with theirs. */
export function tied(
  { path, text, document }: BuiltFrom,
  config: ImageConfig,
  checks: ChecksReport | undefined,
): { readonly dockerfile: DockerfileLines; readonly checks?: ChecksReport } {
  const lines = historyLines(config.history, document);
  const ofLayers = config.history.flatMap((entry, i) => (entry.emptyLayer ? [] : [isSetting(entry) ? undefined : lines[i]]));
  const layers = ofLayers.flatMap((line, layer) => (line === undefined ? [] : [{ layer, line }]));
  return {
    dockerfile: { file: path, layers },
    ...(checks ? { checks: { ...checks, findings: tieToDockerfile(checks.findings, config, { path, text }) } } : {}),
  };
}
