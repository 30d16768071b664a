import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { lstat, readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { CHECKERS, type LintKind } from '../../checks/index.ts';
import type { CheckContext } from '../../checks/types.ts';
import type { Gap } from '../../model/index.ts';
import { EXIT, PlimsollError } from '../../util/errors.ts';
import type { Rendered } from './render.ts';
import type { ToolRunner } from './run-tool.ts';
import type { LintSource } from './source.ts';

export interface LintSources {
  readonly sources: readonly LintSource[];
  readonly gaps: readonly Gap[];
}

export interface SourceOptions {
  /** Files and folders as the user named them, `-` for standard input. */
  readonly paths?: readonly string[];
  readonly kind?: LintKind;
  readonly cwd: string;
  readonly stdin: AsyncIterable<Buffer>;
  /** Renders charts and kustomizations of folders; absent: they are left alone. */
  readonly render?: { readonly run: ToolRunner; readonly kubernetesVersion?: string };
}

/** Larger files are no configuration that somebody wrote. */
const MAX_BYTES = 4 * 1024 * 1024;
/** Entries of folders that are looked at in one run. */
const MAX_ENTRIES = 200_000;
const NEVER_ENTERED = new Set(['.git', '.hg', '.svn', 'node_modules']);

/** Reads what the user named; of folders every file whose name may be of a known kind, in the order of their paths. */
export async function lintSources({ paths = [], kind, cwd, stdin, render }: SourceOptions): Promise<LintSources> {
  const sources: LintSource[] = [];
  const gaps: Gap[] = [];
  const seen = new Set<string>();
  const budget = { entries: MAX_ENTRIES };
  for (const path of paths) {
    if (path === '-') {
      sources.push({ path: '-', text: await readAll(stdin), context: {}, asked: true, ...(kind === undefined ? {} : { kind }) });
      continue;
    }
    const absolute = resolve(cwd, path);
    const found = await stat(absolute).catch((cause) => {
      throw unreadable(path, cause);
    });
    const files = found.isDirectory() ? await filesBelow(absolute, gaps, budget) : [absolute];
    const showing = (file: string) => join(path, relative(absolute, file));
    const rendered = await renderedOf(found.isDirectory() ? files : [], showing, render);
    sources.push(...(rendered?.sources ?? []));
    gaps.push(...(rendered?.gaps ?? []));
    for (const file of files) {
      if (seen.has(file) || rendered?.parts.has(file)) continue;
      seen.add(file);
      const asked = !found.isDirectory();
      const shown = asked ? path : showing(file);
      const named = kind === undefined ? kindByName(file) : asked ? kind : undefined;
      if (!asked && named === undefined && !(kind === undefined && mayBeKnown(file))) continue;
      const text = await readText(file, shown, asked, gaps);
      if (text === undefined) continue;
      sources.push({ path: shown, text, absolute: file, context: contextOf(file), asked, ...(named === undefined ? {} : { kind: named }) });
    }
  }
  return { sources, gaps };
}

/** Loaded only where there is something to render. */
async function renderedOf(
  files: readonly string[],
  shown: (file: string) => string,
  render: SourceOptions['render'],
): Promise<Rendered | undefined> {
  if (render === undefined || !files.some((file) => /\/(?:Chart\.yaml|kustomization\.ya?ml|Kustomization)$/.test(file))) return undefined;
  const { renderFolders } = await import('./render.ts');
  return renderFolders({ files, shown, ...render });
}

/** The kind that a file's name tells. */
function kindByName(path: string): LintKind | undefined {
  const name = basename(path);
  return CHECKERS.find((each) => each.named?.test(name))?.id;
}

function mayBeKnown(path: string): boolean {
  const name = basename(path);
  return CHECKERS.some((each) => each.maybe?.test(name));
}

async function filesBelow(folder: string, gaps: Gap[], budget: { entries: number }): Promise<string[]> {
  const files: string[] = [];
  const pending = [folder];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const entries = await readdir(at, { withFileTypes: true }).catch(() => {
      gaps.push(gap('unreadable', at));
      return [];
    });
    for (const entry of entries) {
      budget.entries -= 1;
      if (budget.entries < 0) {
        gaps.push({ ...gap('too-large', folder), params: { what: folder, limit: MAX_ENTRIES } });
        return files.sort(byPath);
      }
      const path = join(at, entry.name);
      if (entry.isDirectory() && !NEVER_ENTERED.has(entry.name)) pending.push(path);
      if (entry.isFile()) files.push(path);
    }
  }
  return files.sort(byPath);
}

function byPath(a: string, b: string): number {
  return a < b ? -1 : 1;
}

/** Text of a file; for one that the user named, that it cannot be read is an error. */
async function readText(file: string, shown: string, asked: boolean, gaps: Gap[]): Promise<string | undefined> {
  try {
    const { size } = await lstat(file);
    if (size <= MAX_BYTES) return withoutMark(await readFile(file, 'utf8'));
    if (asked) throw new PlimsollError('file-too-large', { what: shown, limit: MAX_BYTES });
    gaps.push({ ...gap('too-large', shown), params: { what: shown, limit: MAX_BYTES } });
  } catch (cause) {
    if (asked) throw cause instanceof PlimsollError ? cause : unreadable(shown, cause);
    gaps.push(gap('unreadable', shown));
  }
  return undefined;
}

async function readAll(stdin: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    size += chunk.length;
    if (size > MAX_BYTES) throw new PlimsollError('file-too-large', { what: '-', limit: MAX_BYTES });
    chunks.push(chunk);
  }
  return withoutMark(Buffer.concat(chunks).toString('utf8'));
}

function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/** What lies beside a file, looked up when a rule asks. Nothing outside of the file's folder is read. */
function contextOf(file: string): Pick<CheckContext, 'beside' | 'read'> {
  const folder = dirname(file);
  let names: ReadonlySet<string> | undefined;
  return {
    get beside() {
      names ??= namesIn(folder);
      return names;
    },
    read: readBesideOf(file),
  };
}

/** Reads files that lie beside a file, or in folders there; nothing outside. */
export function readBesideOf(file: string): (path: string) => string | undefined {
  const folder = dirname(file);
  return (path) => {
    try {
      const wanted = realpathSync(resolve(folder, path));
      if (!wanted.startsWith(realpathSync(folder) + sep)) return undefined;
      const found = statSync(wanted);
      return found.isFile() && found.size <= MAX_BYTES ? withoutMark(readFileSync(wanted, 'utf8')) : undefined;
    } catch {
      return undefined; // not there, or not for us: the rule does without
    }
  };
}

function namesIn(folder: string): ReadonlySet<string> {
  try {
    return new Set(readdirSync(folder));
  } catch {
    return new Set();
  }
}

function gap(code: 'unreadable' | 'too-large', path: string): Gap {
  return { code, params: { what: path }, stage: 'lint', path, incomplete: true };
}

function unreadable(path: string, cause: unknown): PlimsollError {
  const detail = (cause as NodeJS.ErrnoException).code ?? String(cause);
  return new PlimsollError('lint-unreadable', { path, detail }, { cause, exitCode: EXIT.scanError });
}
