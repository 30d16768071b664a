import type { FoundPackage } from '../../../model/index.ts';
import { formatPurl } from '../../../util/purl.ts';
import { introductions } from '../../introduced-in.ts';
import { gapOf } from '../../read-within.ts';
import type { Extractor } from '../../types.ts';
import { mayBeGo, SMALLEST } from './accept.ts';
import { readBuildInfo } from './build-info.ts';
import { type GoModule, type GoModules, parseModules } from './modules.ts';

interface GoPartial extends GoModules {
  /** `go1.22.3`, as the toolchain names itself. */
  readonly goVersion: string;
}

/**
 * Go programs: the modules that the linker recorded, as `go version -m` shows them. Roles: `main`, `dependency`, and `stdlib`
 * (the standard library at the toolchain's version, without `go`: `1.22.3`). Modules at an unknown version (a main module
 * built from a work tree before Go 1.24, a module replaced by a folder, a development toolchain) have an empty version.
 */
export const go: Extractor<GoPartial> = {
  id: 'lang/go',
  version: 1,
  class: 'library',
  wants: { executable: true, suffixes: ['.exe', '.so'], minSize: SMALLEST, accept: mayBeGo },

  async extract(file, ctx) {
    try {
      const info = await readBuildInfo(await file.random());
      if (!info) return undefined;
      const modules = parseModules(info.modules);
      if (!modules) ctx.gap({ code: 'malformed', params: { what: 'Go build information' }, incomplete: true });
      return { goVersion: info.goVersion, ...(modules ?? { dependencies: [], settings: {} }) };
    } catch (error) {
      const gap = gapOf(error);
      if (!gap) throw error;
      // A broken program that names no Go build information hides no package that this extractor could have told.
      ctx.gap({ ...gap, incomplete: gap.params.what === 'Go build information' });
      return undefined;
    }
  },

  settle: (view) => ({
    packages: view.visible.flatMap((entry) => {
      const layerOf = introductions(view, entry, (partial) => modulesOf(partial).map(keyOf));
      return modulesOf(entry.partial).map((module) => ({
        ...toPackage(module, entry.partial),
        path: entry.path,
        layer: layerOf(keyOf(module)),
      }));
    }),
  }),
};

interface RoledModule extends GoModule {
  readonly role: 'main' | 'dependency' | 'stdlib';
}

function modulesOf({ goVersion, main, dependencies }: GoPartial): RoledModule[] {
  return [
    ...(main ? [{ ...main, role: 'main' } as const] : []),
    { path: 'stdlib', version: libraryVersion(goVersion), role: 'stdlib' },
    ...dependencies.map((module) => ({ ...module, role: 'dependency' }) as const),
  ];
}

/** `1.22.3` of `go1.22.3 X:boringcrypto` or `go1.20.12 (Red Hat 1.20.12-1.el9)`; empty for development versions. */
function libraryVersion(goVersion: string): string {
  return /^go(\d+(\.\d+)*((rc|beta)\d+)?)(?=$|[^\w.])/.exec(goVersion)?.[1] ?? '';
}

function keyOf({ path, version, role }: RoledModule): string {
  return `${path}\0${version}\0${role}`;
}

function toPackage(module: RoledModule, { goVersion, settings }: GoPartial): Omit<FoundPackage, 'path' | 'layer'> {
  const { path, version, role, replaces, folder } = module;
  const slash = path.lastIndexOf('/');
  const words = [`build information of ${goVersion}`];
  if (folder !== undefined) words.push(`${replaces} replaced by the folder ${folder}`);
  else if (replaces !== undefined) words.push(`replaces ${replaces}`);
  if (role === 'main') words.push(...Object.entries(settings).map(([key, value]) => `${key}=${value}`));
  return {
    type: 'golang',
    name: path,
    version,
    purl: formatPurl({ type: 'golang', ...(slash > 0 ? { namespace: path.slice(0, slash) } : {}), name: path.slice(slash + 1), version }),
    ...(settings.GOARCH ? { arch: settings.GOARCH } : {}),
    evidence: { kind: 'build-info', confidence: 'high', detail: words.join('; ') },
    role,
  };
}
