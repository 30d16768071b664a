import type { ImportedFinding } from '../../model/index.ts';
import { type Fields, fields, list, records, text } from '../../util/fields.ts';

/** Characters of a snippet that are kept. */
const LONGEST_SNIPPET = 300;
/** Bases that are built on each other. */
const DEEPEST = 8;

export interface Located {
  readonly place: NonNullable<ImportedFinding['location']>;
  readonly snippet?: string;
}

/** What a run states about where its files are. */
export interface Places {
  /** Relative bases by their ids. */
  readonly origins: ReadonlyMap<string, string>;
  /** Absolute folders that paths are told from, the shortest first; each ends with a slash. */
  readonly roots: readonly string[];
  readonly artifacts: readonly Fields[];
}

/**
 * Where a result is: its first location in a file, else the file that was looked at (SARIF 3.27.12, 3.27.13). The file as the tool names it,
 * below the bases that its run states, and the region's lines (3.28 to 3.30).
 */
export function locationOf(result: Fields, { origins, roots, artifacts }: Places): Located | undefined {
  const physicals = list(result.locations).map((each) => fields(fields(each).physicalLocation));
  for (const physical of [...physicals, { artifactLocation: result.analysisTarget }]) {
    const stated = fields(physical.artifactLocation);
    const { index } = stated;
    const artifact = text(stated.uri) === undefined && typeof index === 'number' ? fields(artifacts[index]?.location) : stated;
    const uri = text(artifact.uri);
    if (uri === undefined) continue;
    const base = text(artifact.uriBaseId);
    const region = fields(physical.region);
    const lines = {
      line: from1(region.startLine),
      column: from1(region.startColumn),
      endLine: from1(region.endLine),
      endColumn: from1(region.endColumn),
    };
    const place = {
      file: below(roots, fileOf(`${(base === undefined ? undefined : origins.get(base)) ?? ''}${uri}`)),
      ...Object.fromEntries(Object.entries(lines).filter(([, value]) => value !== undefined)),
    };
    const snippet = text(fields(region.snippet).text)?.split('\n', 1)[0]?.trimEnd().slice(0, LONGEST_SNIPPET);
    return { place, ...(snippet === undefined ? {} : { snippet }) };
  }
  return undefined;
}

/** Characters of a name that are kept. */
const LONGEST_NAME = 500;

/** The first place that the result names in words: a function, a resource, a package (SARIF 3.28.4, 3.33; by its index in the run's list, 3.14.17). */
export function logicalOf(result: Fields, run: Fields): string | undefined {
  for (const each of list(result.locations).flatMap((location) => records(fields(location).logicalLocations))) {
    const cached = typeof each.index === 'number' ? fields(list(run.logicalLocations)[each.index]) : {};
    const names = [each, cached].flatMap((of) => [text(of.fullyQualifiedName), text(of.decoratedName), text(of.name)]);
    const name = names.find((one) => one !== undefined && one !== '');
    if (name !== undefined) return name.slice(0, LONGEST_NAME);
  }
  return undefined;
}

/**
 * The bases of a run (SARIF 3.14.14). Absolute ones, the folders that it was run in (3.20.19) and `root` are of one machine: paths are told from them,
 * so that a finding is the same on another one.
 */
export function placesOf(run: Fields, root?: string): Places {
  const stated = fields(run.originalUriBaseIds);
  const origins = new Map<string, string>();
  const roots = list(run.invocations).map((each) => text(fields(fields(each).workingDirectory).uri));
  for (const id of Object.keys(stated)) {
    let path = '';
    let at: string | undefined = id;
    for (let depth = 0; at !== undefined && depth < DEEPEST; depth++) {
      const base: Fields = fields(stated[at]);
      path = `${text(base.uri) ?? ''}${path}`;
      at = text(base.uriBaseId);
    }
    if (isAbsolute(path)) roots.push(path);
    else if (path !== '') origins.set(id, path);
  }
  const folders = [...roots.map((each) => (each === undefined ? undefined : fileOf(each))), root].flatMap((each) =>
    each === undefined ? [] : [each.replace(/[\\/]*$/, '/')],
  );
  const absolute = folders.filter((each) => /^(?:\/|[A-Za-z]:\/)./.test(each));
  return { origins, roots: absolute.sort((a, b) => a.length - b.length), artifacts: records(run.artifacts) };
}

/** The path from the outermost of the folders that it is in. */
function below(roots: readonly string[], path: string): string {
  const root = roots.find((each) => path.startsWith(each) && path.length > each.length);
  return root === undefined ? path : path.slice(root.length);
}

function isAbsolute(uri: string): boolean {
  return /^[a-z][a-z0-9+.-]*:|^\//i.test(uri);
}

/** A URI reference as people write paths; a URI that is no file's stays as it is. */
function fileOf(uri: string): string {
  // `C:\src` is no URI, and some tools write it.
  const path = uri.replace(/^file:(\/\/[^/]*)?/i, '').replace(/^\/?([A-Za-z]:)[\\/]/, '$1/');
  if (/^[a-z][a-z0-9+.-]+:/i.test(path)) return path;
  try {
    return decodeURIComponent(path).replace(/^\.\//, '');
  } catch {
    return path;
  }
}

function from1(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 ? value : undefined;
}
