import type { ImportedFinding } from '../../model/index.ts';
import { type Fields, fields, text } from '../../util/fields.ts';

/** Characters of a snippet that are kept. */
const LONGEST_SNIPPET = 300;
/** Bases that are built on each other. */
const DEEPEST = 8;

export interface Located {
  readonly place: NonNullable<ImportedFinding['location']>;
  readonly snippet?: string;
}

/** Where a result is: the file as the tool names it, below the bases that its run states, and the region's lines (SARIF 3.28 to 3.30). */
export function locationOf(location: Fields, origins: ReadonlyMap<string, string>, artifacts: readonly Fields[]): Located | undefined {
  const physical = fields(location.physicalLocation);
  const stated = fields(physical.artifactLocation);
  const { index } = stated;
  const artifact = text(stated.uri) === undefined && typeof index === 'number' ? fields(artifacts[index]?.location) : stated;
  const uri = text(artifact.uri);
  if (uri === undefined) return undefined;
  const base = text(artifact.uriBaseId);
  const region = fields(physical.region);
  const lines = {
    line: from1(region.startLine),
    column: from1(region.startColumn),
    endLine: from1(region.endLine),
    endColumn: from1(region.endColumn),
  };
  const place = {
    file: fileOf(`${(base === undefined ? undefined : origins.get(base)) ?? ''}${uri}`),
    ...Object.fromEntries(Object.entries(lines).filter(([, value]) => value !== undefined)),
  };
  const snippet = text(fields(region.snippet).text)?.split('\n', 1)[0]?.slice(0, LONGEST_SNIPPET);
  return { place, ...(snippet === undefined ? {} : { snippet }) };
}

/** Relative bases of a run by their ids (SARIF 3.14.14). Absolute ones tell of the machine that the tool ran on, and are left out. */
export function originsOf(run: Fields): ReadonlyMap<string, string> {
  const stated = fields(run.originalUriBaseIds);
  const origins = new Map<string, string>();
  for (const id of Object.keys(stated)) {
    let path = '';
    let at: string | undefined = id;
    for (let depth = 0; at !== undefined && depth < DEEPEST; depth++) {
      const base: Fields = fields(stated[at]);
      path = `${text(base.uri) ?? ''}${path}`;
      at = text(base.uriBaseId);
    }
    if (path !== '' && !/^[a-z][a-z0-9+.-]*:|^\//i.test(path)) origins.set(id, path);
  }
  return origins;
}

/** A URI reference as people write paths; a URI that is no file's stays as it is. */
function fileOf(uri: string): string {
  const path = uri.replace(/^file:(\/\/[^/]*)?/i, '');
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
