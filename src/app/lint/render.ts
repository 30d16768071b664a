import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { linesOf } from '../../checks/place.ts';
import { at, items, readYaml, textOf, type YamlNode } from '../../checks/yaml-tree.ts';
import type { CheckFinding, Gap } from '../../model/index.ts';
import { type ResourceFile, sourcePlaces } from './kustomize-places.ts';
import type { ToolResult, ToolRunner } from './run-tool.ts';
import type { LintSource } from './source.ts';

export interface RenderOptions {
  /** Absolute paths of the files that were met below the folder. */
  readonly files: readonly string[];
  /** A file as the user is to see it. */
  readonly shown: (absolute: string) => string;
  readonly run: ToolRunner;
  /** `1.30`: what charts are told that they are rendered for. */
  readonly kubernetesVersion?: string;
}

export interface Rendered {
  readonly sources: readonly LintSource[];
  /** Files that are no manifests by themselves: templates, patches, and what a kustomization that was rendered is made of. */
  readonly parts: ReadonlySet<string>;
  readonly gaps: readonly Gap[];
}

/** Larger files are no manifests that somebody wrote. */
const MAX_RESOURCE = 4 * 1024 * 1024;
const KUSTOMIZATION = /^(?:kustomization\.ya?ml|Kustomization)$/;

/**
 * Manifests that Helm makes of charts and Kustomize of kustomizations, by the tools that are installed here. A chart's findings point
 * to its templates, those of a kustomization to the files that it takes in. Charts within charts, and kustomizations that others are made of, are
 * rendered with those. Where a tool is missing or refuses, that is a gap.
 */
export async function renderFolders(options: RenderOptions): Promise<Rendered> {
  const parts = new Set<string>();
  const gaps: Gap[] = [];
  const sources = [...(await renderCharts(options, parts, gaps)), ...(await renderKustomizations(options, parts, gaps))];
  return { sources, parts, gaps };
}

async function renderCharts(
  { files, shown, run, kubernetesVersion }: RenderOptions,
  parts: Set<string>,
  gaps: Gap[],
): Promise<LintSource[]> {
  const folders = files.filter((file) => basename(file) === 'Chart.yaml').map(dirname);
  const sources: LintSource[] = [];
  for (const folder of folders) {
    for (const file of files) if (file.startsWith(join(folder, 'templates') + sep)) parts.add(file);
    if (folders.some((above) => folder.startsWith(join(above, 'charts') + sep))) continue;
    const version = kubernetesVersion === undefined ? [] : ['--kube-version', kubernetesVersion];
    const result = await run('helm', ['template', 'release', folder, '--skip-tests', '--include-crds', ...version]);
    const gap = problem(result, 'helm', shown(join(folder, 'Chart.yaml')));
    if (gap) gaps.push(gap);
    else sources.push(...(await templatesOf(result?.out ?? '', folder, shown)));
  }
  return sources;
}

/** One source a template: the documents that `# Source: chart/templates/...` says are of it. */
async function templatesOf(out: string, folder: string, shown: RenderOptions['shown']): Promise<LintSource[]> {
  const texts = new Map<string, string[]>();
  for (const document of out.split(/^---\s*$/m)) {
    const [, path] = /^# Source: [^/\n]+\/(\S.*)$/m.exec(document) ?? [];
    if (path === undefined || path.split('/').includes('..')) continue;
    texts.set(path, [...(texts.get(path) ?? []), document.replace(/^# Source: .*$/m, '')]);
  }
  return Promise.all(
    [...texts].map(async ([path, documents]) => {
      const file = join(folder, path);
      const template = await readFile(file, 'utf8').catch(() => '');
      const text = documents.join('---\n');
      return { path: shown(file), text, kind: 'kubernetes' as const, context: {}, asked: false, relocate: relocation(text, template) };
    }),
  );
}

async function renderKustomizations({ files, shown, run }: RenderOptions, parts: Set<string>, gaps: Gap[]): Promise<LintSource[]> {
  const found = new Map<string, Kustomization>();
  for (const file of files.filter((each) => KUSTOMIZATION.test(basename(each)))) {
    parts.add(file);
    const kustomization = await readKustomization(file);
    found.set(dirname(file), kustomization);
    for (const patch of kustomization.patches) parts.add(patch);
  }
  const used = new Set([...found.values()].flatMap(({ resources }) => resources));
  const sources: LintSource[] = [];
  for (const [folder, { file, remote }] of found) {
    if (used.has(folder)) continue;
    if (remote !== undefined) {
      gaps.push({ code: 'not-here', params: { what: remote }, stage: 'lint', path: shown(file), incomplete: true });
      continue;
    }
    const result = (await run('kustomize', ['build', folder])) ?? (await run('kubectl', ['kustomize', folder]));
    const gap = problem(result, 'kustomize', shown(file));
    if (gap) {
      gaps.push(gap);
      continue;
    }
    const own = partsOf(folder, found);
    for (const part of own) parts.add(part);
    const text = result?.out ?? '';
    const relocate = sourcePlaces(text, await resourceFiles([...own], folder, shown));
    sources.push({ path: shown(file), text, kind: 'kubernetes', context: {}, asked: false, relocate });
  }
  return sources;
}

async function resourceFiles(files: readonly string[], folder: string, shown: RenderOptions['shown']): Promise<ResourceFile[]> {
  const all: ResourceFile[] = [];
  for (const file of files) {
    const size = await stat(file).then(
      (found) => (found.isFile() ? found.size : Number.POSITIVE_INFINITY),
      () => Number.POSITIVE_INFINITY,
    );
    // The tool read it; what cannot be read here is only not pointed to.
    const text = size > MAX_RESOURCE ? undefined : await readFile(file, 'utf8').catch(() => undefined);
    if (text !== undefined) all.push({ path: shown(file), relative: relative(folder, file).replaceAll('\\', '/'), text });
  }
  return all;
}

interface Kustomization {
  readonly file: string;
  /** Absolute paths of files and folders that it takes in. */
  readonly resources: readonly string[];
  readonly patches: readonly string[];
  /** The first thing that lies elsewhere: rendering would fetch it. */
  readonly remote?: string;
}

/** Fields of kustomize.config.k8s.io Kustomization and Component. Source: kubectl.docs.kubernetes.io, "kustomization". */
async function readKustomization(file: string): Promise<Kustomization> {
  const [document] = readYaml(await readFile(file, 'utf8').catch(() => '')).documents;
  const texts = (...keys: readonly string[]) => keys.flatMap((key) => items(at(document, key)).flatMap((item) => textOf(item) ?? []));
  const pathsIn = (...keys: readonly string[]) =>
    keys.flatMap((key) => items(at(document, key)).flatMap((item) => textOf(at(item, 'path')) ?? []));
  const taken = texts('resources', 'bases', 'components', 'crds', 'generators', 'transformers', 'validators');
  const patches = [...texts('patchesStrategicMerge'), ...pathsIn('patches', 'patchesJson6902', 'replacements')];
  const remote = [...taken, ...patches].find(isRemote) ?? chartOf(document);
  const absolute = (path: string) => resolve(dirname(file), path);
  const local = (paths: readonly string[]) => paths.filter((path) => !path.includes('\n') && !isRemote(path)).map(absolute);
  return { file, resources: local(taken), patches: local(patches), ...(remote === undefined ? {} : { remote }) };
}

function isRemote(path: string): boolean {
  return !path.includes('\n') && (/^[a-z+]+:\/\/|^git@|\?ref=/i.test(path) || /^(?:github|gitlab|bitbucket)\.\w+[/:]/i.test(path));
}

function chartOf(document: YamlNode | undefined): string | undefined {
  return items(at(document, 'helmCharts')).map((chart) => textOf(at(chart, 'name')) ?? 'helmCharts')[0];
}

/** Files that a kustomization is made of, through all that it takes in. */
function partsOf(folder: string, all: ReadonlyMap<string, Kustomization>): Set<string> {
  const parts = new Set<string>();
  const pending = [folder];
  const seen = new Set<string>();
  for (let here = pending.pop(); here !== undefined; here = pending.pop()) {
    if (seen.has(here)) continue;
    seen.add(here);
    for (const resource of all.get(here)?.resources ?? []) {
      if (all.has(resource)) pending.push(resource);
      else parts.add(resource);
    }
  }
  return parts;
}

function problem(result: ToolResult | undefined, tool: string, path: string): Gap | undefined {
  if (result === undefined) return { code: 'tool-missing', params: { what: path, tool }, stage: 'lint', path, incomplete: false };
  if (result.code === 0) return undefined;
  const detail = result.err.trim().split('\n').at(-1)?.slice(0, 500) ?? '';
  return { code: 'tool-failed', params: { what: path, tool, detail }, stage: 'lint', path, incomplete: true };
}

/**
 * Places in what a tool made mean nothing to anybody: they become those of the one line of the template that reads the same, and are
 * left out where there is none, or several.
 */
function relocation(text: string, template: string): (finding: CheckFinding) => CheckFinding {
  const lines = linesOf(text);
  const places = new Map<string, number>();
  const source = template.split(/\r?\n/);
  for (const [i, line] of source.entries()) places.set(line.trim(), places.has(line.trim()) ? -1 : i);
  return ({ location, fix: _, ...finding }) => {
    const whole = location.line === undefined ? '' : lines.text(location.line);
    const line = whole.trim() === '' ? -1 : (places.get(whole.trim()) ?? -1);
    if (line < 0) return { ...finding, location: { file: location.file } };
    const shift = indentOf(source[line] ?? '') - indentOf(whole);
    const moved = (column: number | undefined) => (column === undefined ? 1 : Math.max(1, column + shift));
    return {
      ...finding,
      location: {
        file: location.file,
        line: line + 1,
        column: moved(location.column),
        endLine: line + 1,
        endColumn: moved(location.endColumn),
      },
    };
  };
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
