import type { Extractor, LayerContext, MergedView } from '../../extract/types.ts';

/** Where the image's package managers install from, and which packages ask for which. */
export interface InstallFacts {
  readonly apt: readonly AptSource[];
  /** URLs of /etc/apk/repositories. */
  readonly apk: readonly string[];
  /** Enabled repositories of yum, dnf and zypper. */
  readonly rpm: number;
  readonly npm: readonly NpmManifest[];
  readonly pypi: readonly PypiMetadata[];
}

export interface AptSource {
  readonly uri: string;
  readonly suites: readonly string[];
}

/** A package.json. */
export interface NpmManifest {
  /** Its folder; empty for the root. */
  readonly folder: string;
  readonly name: string;
  /** By name, with the range that is asked for. */
  readonly dependencies: Readonly<Record<string, string>>;
}

/** METADATA of a distribution of Python. */
export interface PypiMetadata {
  readonly name: string;
  /** By normalised name, with what versions are asked for; those of extras left out. */
  readonly requires: Readonly<Record<string, string>>;
}

type Fact =
  | { readonly kind: 'apt'; readonly sources: readonly AptSource[] }
  | { readonly kind: 'apk'; readonly urls: readonly string[] }
  | { readonly kind: 'rpm'; readonly enabled: number }
  | { readonly kind: 'npm'; readonly name: string; readonly dependencies: Readonly<Record<string, string>> }
  | { readonly kind: 'pypi'; readonly metadata: PypiMetadata };

const MAX_BYTES = 1 << 20;
const MAX_ENTRIES = 10_000;

/** Reads the facts as the image is walked; `onFacts` gets them at the end. Files that mean nothing are passed over: fixes then count as out of reach. */
export function factsExtractor(onFacts: (facts: InstallFacts) => void): Extractor<Fact> {
  return {
    id: 'app/recommend',
    version: 1,
    class: 'library',
    wants: {
      paths: ['etc/apt/sources.list', 'etc/apk/repositories'],
      under: [
        { dir: 'etc/apt/sources.list.d', suffix: '.list' },
        { dir: 'etc/apt/sources.list.d', suffix: '.sources' },
        { dir: 'etc/apk/repositories.d', suffix: '.list' },
        { dir: 'etc/yum.repos.d', suffix: '.repo' },
        { dir: 'etc/zypp/repos.d', suffix: '.repo' },
      ],
      basenames: ['package.json', 'METADATA'],
    },
    extract: async (file, ctx: LayerContext) => {
      if (file.size > MAX_BYTES) {
        ctx.gap({ code: 'too-large', params: { what: 'list of sources', limit: MAX_BYTES }, incomplete: false });
        return undefined;
      }
      return factOf(file.path, String(await file.bytes(MAX_BYTES)));
    },
    settle: (view) => {
      onFacts(factsOf(view));
      return { packages: [] };
    },
  };
}

function factsOf({ visible }: MergedView<Fact>): InstallFacts {
  const all = <K extends Fact['kind']>(kind: K) =>
    visible.flatMap(({ path, partial }) => (partial.kind === kind ? [{ path, fact: partial as Extract<Fact, { kind: K }> }] : []));
  return {
    apt: all('apt').flatMap(({ fact }) => fact.sources),
    apk: all('apk').flatMap(({ fact }) => fact.urls),
    rpm: all('rpm').reduce((sum, { fact }) => sum + fact.enabled, 0),
    npm: all('npm').map(({ path, fact: { name, dependencies } }) => ({ folder: folderOf(path), name, dependencies })),
    pypi: all('pypi').map(({ fact }) => fact.metadata),
  };
}

/** Somebody's own project, and no package that was installed. */
export function isNpmRoot(folder: string): boolean {
  return !/(?:^|\/)node_modules\//.test(`${folder}/`);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function factOf(path: string, text: string): Fact | undefined {
  if (path.endsWith('/package.json') || path === 'package.json') return npmFact(text, folderOf(path));
  if (path.endsWith('/METADATA')) return path.includes('.dist-info/') ? { kind: 'pypi', metadata: pypiMetadata(text) } : undefined;
  if (path.startsWith('etc/apk/')) return { kind: 'apk', urls: apkUrls(text) };
  if (path.endsWith('.repo')) return { kind: 'rpm', enabled: enabledRepos(text) };
  return { kind: 'apt', sources: path.endsWith('.sources') ? deb822(text) : oneLine(text) };
}

/** `deb [options] uri suite components`. Source: sources.list(5), "one-line-style format". */
function oneLine(text: string): readonly AptSource[] {
  return text.split('\n').flatMap((line) => {
    const [, uri, suite] = /^\s*deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)/.exec(line) ?? [];
    return uri && suite ? [{ uri, suites: [suite] }] : [];
  });
}

/** Stanzas of fields. Source: sources.list(5), "deb822-style format". */
function deb822(text: string): readonly AptSource[] {
  return text.split(/\n\s*\n/).flatMap((stanza) => {
    const unfolded = stanza.replace(/^#.*$/gm, '').replace(/\n[ \t]+/g, ' ');
    const field = (name: string): readonly string[] =>
      (new RegExp(`^${name}:(.*)$`, 'im').exec(unfolded)?.[1] ?? '').trim().split(/\s+/).filter(Boolean);
    if (!field('Types').includes('deb') || /^(?:no|false|0)$/i.test(field('Enabled')[0] ?? '')) return [];
    return field('URIs').map((uri) => ({ uri, suites: field('Suites') }));
  });
}

function apkUrls(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => /^\s*(?:@[\w.-]+\s+)?(?:(?:v2|v3|ndx)\s+)?([a-z]+:\/\/\S+|\/\S+)/.exec(line)?.[1] ?? []);
}

/** Sections are enabled unless they say otherwise. Source: yum.conf(5), "[repository] OPTIONS". */
function enabledRepos(text: string): number {
  return text.split(/^(?=\[)/m).filter((section) => section.startsWith('[') && !/^\s*enabled\s*=\s*(?:0|no|false)\s*$/im.test(section))
    .length;
}

/** Those for development are installed for a project alone. */
function npmFact(text: string, folder: string): Fact | undefined {
  try {
    const { name, dependencies, optionalDependencies, devDependencies } = JSON.parse(text) as Record<string, unknown>;
    const ranges = [isNpmRoot(folder) ? devDependencies : undefined, dependencies, optionalDependencies].flatMap((each) =>
      typeof each === 'object' && each !== null ? Object.entries(each) : [],
    );
    const texts = ranges.filter((pair): pair is [string, string] => typeof pair[1] === 'string').slice(0, MAX_ENTRIES);
    return { kind: 'npm', name: typeof name === 'string' ? name : '', dependencies: Object.fromEntries(texts) };
  } catch {
    return undefined;
  }
}

/** Source: PyPA, core metadata specifications ("Requires-Dist") and PEP 508. */
function pypiMetadata(text: string): PypiMetadata {
  const head = text.split(/\r?\n\r?\n/, 1)[0] ?? '';
  const requires: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [, requirement = ''] of [...head.matchAll(/^Requires-Dist:\s*(.+)$/gim)].slice(0, MAX_ENTRIES)) {
    const [asked = '', marker = ''] = requirement.split(';', 2);
    if (/\bextra\s*==/.test(marker)) continue;
    const [, name, specifier = ''] = /^\s*([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*\(?([^)]*)\)?\s*$/.exec(asked) ?? [];
    if (name !== undefined) requires[normalised(name)] = specifier.trim();
  }
  return { name: normalised(/^Name:\s*(\S+)/im.exec(head)?.[1] ?? ''), requires };
}

/** Source: PyPA, "Package name normalization". */
export function normalised(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
