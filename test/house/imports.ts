import { posix } from 'node:path';

/** One import statement as written. */
export interface Import {
  /** A path from the repository's root for our own files, else the module's name. */
  readonly to: string;
  /** True for a file of the repository, false for a module. */
  readonly own: boolean;
  readonly typeOnly: boolean;
  readonly line: number;
}

/** Source text by path from the repository's root. */
export type Sources = ReadonlyMap<string, string>;

export interface Violation {
  readonly rule: string;
  /** From an entry point, where one leads there, to the file that must not be imported. */
  readonly chain: readonly string[];
  readonly at: string;
}

/** Folders below src/ that any other may import. */
const BASE = ['model', 'util', 'messages'];

/** What each folder below src/ may import beside itself and BASE; `types` stands for another family's types.ts, types only. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'model': [],
  'util': [],
  'messages': [],
  'oci': [],
  'image': ['oci'],
  'extract': [],
  'versions': [],
  'advisories': ['oci', 'versions'],
  'match': ['versions'],
  'risk': [],
  'licenses': [],
  'secrets': [],
  'checks': [],
  'harden': [],
  'policy': [],
  'report': ['sbom'],
  'cache': ['oci'],
  'sbom': [],
  'imported': [],
  'settings': [],
  'app': [
    'oci',
    'image',
    'cache',
    'sbom',
    'imported',
    'extract',
    'versions',
    'advisories',
    'match',
    'licenses',
    'secrets',
    'checks',
    'harden',
    'risk',
    'policy',
    'report',
    'settings',
  ],
  'cli': ['app', 'settings'],
};

/** Families whose folders are plug-ins, and how deep those folders are. */
const PLUGIN = /^src\/(extract\/(?:os|lang|bin)|versions|advisories|report|match\/distros)\/([^/]+)\//;
const NOT_PLUGINS = new Set([
  'src/report/sbom',
  'src/report/gitlab-security',
  'src/advisories/db',
  'src/advisories/mirror',
  'src/advisories/starter',
]);

const IMPORT =
  /(?:^|\n)[ \t]*(?:import|export)[ \t\n]+(type[ \t\n])?(?:[\w*{}\s,$]+?[ \t\n]from[ \t\n]*)?['"]([^'"\n]+)['"]|\bimport\(\s*['"]([^'"\n]+)['"]\s*\)/g;

/** The static and dynamic imports of a file. A named import of types only (`{ type A, type B }`) counts as type-only. */
export function readImports(file: string, source: string): Import[] {
  const text = blankComments(source);
  return [...text.matchAll(IMPORT)].map((match) => {
    const name = (match[2] ?? match[3])!;
    const names = /\{([^}]*)\}/.exec(match[0])?.[1];
    const allTypes =
      names !== undefined &&
      !/import\s+\w+\s*,/.test(match[0]) &&
      names.split(',').every((part) => part.trim() === '' || part.trim().startsWith('type '));
    const start = match.index + match[0].search(/\S/);
    return {
      to: name.startsWith('.') ? posix.join(posix.dirname(file), name) : name,
      own: name.startsWith('.'),
      typeOnly: match[1] !== undefined || allTypes,
      line: text.slice(0, start).split('\n').length,
    };
  });
}

/** Comments replaced by blanks of the same shape, so that lines stay; strings that contain `//` stay whole. */
function blankComments(source: string): string {
  const token = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
  return source.replace(token, (text) => (text.startsWith('//') || text.startsWith('/*') ? text.replace(/[^\n]/g, ' ') : text));
}

/** Every import in `sources` that a rule forbids. `dependencies` are the packages that src/ may import at run time. */
export function checkImports(sources: Sources, dependencies: ReadonlySet<string>): Violation[] {
  const graph = new Map([...sources].map(([file, source]) => [file, readImports(file, source)]));
  const violations: Violation[] = [];
  for (const [file, imports] of graph) {
    for (const found of imports) {
      const rule = forbidden(file, found, dependencies);
      if (rule !== undefined) violations.push({ rule, chain: [...chainTo(graph, file), found.to], at: `${file}:${found.line}` });
    }
  }
  return violations;
}

function forbidden(file: string, found: Import, dependencies: ReadonlySet<string>): string | undefined {
  if (!file.startsWith('src/') || isTest(file)) return undefined;
  if (!found.own) return forbiddenModule(file, found, dependencies);
  if (SHIPPED.test(found.to)) return undefined;
  if (!found.to.startsWith('src/')) return `src/ imports nothing from ${found.to.split('/')[0]}/, which is not shipped`;

  const from = folderOf(file);
  const to = folderOf(found.to);
  if (from === undefined) return undefined; // src/index.ts, the library's door, may name anything
  const allowed = MAY_IMPORT[from];
  if (allowed === undefined) return `src/${from} is in no import rule; add it to MAY_IMPORT and docs/architecture.md`;
  if (to === undefined) return 'nothing below src/ imports the library door';
  const foreignTypes = found.typeOnly && found.to === `src/${to}/types.ts` && !isBase(from) && from !== 'oci';
  if (from !== to && !isBase(to) && !allowed.includes(to) && !foreignTypes) return `src/${from} does not import src/${to}`;
  if (isBase(to) && isBase(from)) return undefined;
  return forbiddenSibling(file, found.to);
}

/** A plug-in does not know its siblings, nor the list that it stands in. */
function forbiddenSibling(file: string, to: string): string | undefined {
  const from = pluginOf(file);
  if (from === undefined) return undefined;
  const other = pluginOf(to);
  if (other !== undefined && other !== from) return `plug-in ${from} does not import its sibling ${other}`;
  const families = [from.split('/').slice(0, 2).join('/'), posix.dirname(from)];
  const lists = families.flatMap((folder) => [`${folder}/index.ts`, `${folder}/upstreams.ts`]);
  return lists.includes(to) ? `plug-in ${from} does not import the list of its family` : undefined;
}

/** What stands beside src/ in the package. */
const SHIPPED = /^(package\.json$|schema\/|data\/)/;
const NETWORK = /^node:(http|https|http2|net|tls|dgram|dns)(\/|$)/;

function forbiddenModule(file: string, found: Import, dependencies: ReadonlySet<string>): string | undefined {
  if (NETWORK.test(found.to) && !file.startsWith('src/util/http/')) return 'only src/util/http opens network connections';
  if (found.to.startsWith('node:') || found.typeOnly) return undefined;
  const name = found.to
    .split('/')
    .slice(0, found.to.startsWith('@') ? 2 : 1)
    .join('/');
  return dependencies.has(name) ? undefined : `${name} is not a run-time dependency in package.json`;
}

function isBase(folder: string): boolean {
  return BASE.includes(folder);
}

export function isTest(file: string): boolean {
  return file.endsWith('.test.ts') || file.includes('/testdata/');
}

function folderOf(file: string): string | undefined {
  const parts = file.split('/');
  return parts.length > 2 ? parts[1] : undefined;
}

/** `src/extract/os/apk` for a file of that plug-in; undefined for what the family shares. */
export function pluginOf(file: string): string | undefined {
  const match = PLUGIN.exec(file);
  const plugin = match ? `src/${match[1]}/${match[2]}` : undefined;
  return plugin === undefined || NOT_PLUGINS.has(plugin) ? undefined : plugin;
}

/** The shortest way from an entry point of the product to `file`; `file` alone where none leads there. */
function chainTo(graph: ReadonlyMap<string, readonly Import[]>, file: string): string[] {
  const cameFrom = new Map<string, string | undefined>();
  const queue = ['src/cli/main.ts', 'src/index.ts'].filter((entry) => graph.has(entry));
  for (const entry of queue) cameFrom.set(entry, undefined);
  for (const at of queue) {
    for (const { to } of graph.get(at) ?? []) {
      if (cameFrom.has(to) || !graph.has(to)) continue;
      cameFrom.set(to, at);
      queue.push(to);
    }
  }
  const chain = [file];
  for (let at = cameFrom.get(file); at !== undefined; at = cameFrom.get(at)) chain.unshift(at);
  return chain;
}

/** As a test prints it: what, where and by which way. */
export function describeViolation(violation: Violation): string {
  return `${violation.at}: ${violation.rule}\n    ${violation.chain.join('\n    -> ')}`;
}
