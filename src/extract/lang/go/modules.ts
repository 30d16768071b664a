/** A module that is linked into a program. */
export interface GoModule {
  readonly path: string;
  /** `v1.2.3`, a pseudo-version, `v2.0.0+incompatible`; empty where unknown: `(devel)`, or replaced by a folder. */
  readonly version: string;
  /** What it stands for, where the go.mod of the build replaces it: `path version`. */
  readonly replaces?: string;
  /** The folder that replaces it. */
  readonly folder?: string;
}

export interface GoModules {
  /** Import path of the main package. */
  readonly path?: string;
  readonly main?: GoModule;
  readonly dependencies: readonly GoModule[];
  /** Build settings: `GOOS`, `CGO_ENABLED`, `-ldflags`, `vcs.revision`, ... */
  readonly settings: Readonly<Record<string, string>>;
}

/** What a reader or a matcher may want to know of the build; the others (flags with paths and secrets of the builder) stay out. */
const KEPT = new Set([
  'GOOS',
  'GOARCH',
  'GOAMD64',
  'GOARM',
  'GOARM64',
  'GOEXPERIMENT',
  'GOFIPS140',
  'CGO_ENABLED',
  '-buildmode',
  '-compiler',
  '-tags',
]);
const MAX_MODULES = 50_000;

/**
 * Reads the text of build information: `path`, `mod`, `dep`, `=>` and `build` lines with tab-separated fields. Lines of other
 * kinds are skipped; undefined where a known one has the wrong form. Source: Go's runtime/debug, `ParseBuildInfo`.
 */
export function parseModules(text: string): GoModules | undefined {
  let path: string | undefined;
  let main: GoModule | undefined;
  let last: 'main' | 'dependency' | undefined;
  const dependencies: GoModule[] = [];
  const settings: Record<string, string> = {};
  for (const line of text.split('\n')) {
    const [kind, ...fields] = line.split('\t');
    switch (kind) {
      case 'path':
        path = fields[0];
        break;
      case 'mod':
      case 'dep': {
        const module = toModule(fields);
        if (!module || dependencies.length >= MAX_MODULES) return undefined;
        last = kind === 'mod' ? 'main' : 'dependency';
        if (kind === 'mod') main = module;
        else dependencies.push(module);
        break;
      }
      case '=>': {
        const replaced = last === 'main' ? main : last && dependencies.pop();
        const module = replaced && replace(replaced, fields);
        if (!module) return undefined;
        if (last === 'main') main = module;
        else dependencies.push(module);
        last = undefined;
        break;
      }
      case 'build': {
        const [key, value] = setting(line.slice(6));
        if (KEPT.has(key) || key.startsWith('vcs')) settings[key] = value;
        break;
      }
    }
  }
  return { ...(path ? { path } : {}), ...(main ? { main } : {}), dependencies, settings };
}

function toModule([path, version = '']: readonly string[]): GoModule | undefined {
  if (!path || path.length > 1024 || version.length > 256) return undefined;
  return { path, version: version === '(devel)' ? '' : version };
}

/** A replacement module is what is linked; a replacement folder is the module still, at a version that nobody knows. */
function replace(replaced: GoModule, fields: readonly string[]): GoModule | undefined {
  const by = toModule(fields);
  if (!by) return undefined;
  const replaces = `${replaced.path} ${replaced.version}`.trim();
  const isFolder = /^(\.{0,2}\/|[a-zA-Z]:[\\/]|\.{1,2}$)/.test(by.path) || by.version === '';
  return isFolder ? { path: replaced.path, version: '', replaces, folder: by.path } : { ...by, replaces };
}

/** `key=value`, each quoted as a Go string where it has odd characters. */
function setting(text: string): [string, string] {
  const equals = text.startsWith('"') ? text.indexOf('"=') + 1 : text.indexOf('=');
  return equals <= 0 ? [text, ''] : [unquote(text.slice(0, equals)), unquote(text.slice(equals + 1))];
}

function unquote(text: string): string {
  if (!text.startsWith('"')) return text.startsWith('`') ? text.slice(1, -1) : text;
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}
