import { formatPurl } from '../../../util/purl.ts';
import { introductions } from '../../introduced-in.ts';
import { textOf } from '../../lock-file.ts';
import { readWithin } from '../../read-within.ts';
import type { Extractor } from '../../types.ts';
import { type Library, parseDepsJson } from './parse.ts';

interface DotnetPartial {
  readonly libraries: readonly Library[];
}

/** The largest known are some 2 MB. */
const LIMIT = 32 << 20;
const WHAT = 'deps.json';

/**
 * NuGet packages of published .NET applications, from their `*.deps.json`, and .NET itself: the shared frameworks have such
 * files too, whose only library is the runtime (`Microsoft.NETCore.App.Runtime.linux-x64`), by which name advisories know it.
 */
export const dotnet: Extractor<DotnetPartial> = {
  id: 'lang/dotnet',
  version: 1,
  class: 'library',
  appliesTo: 'image',
  wants: { suffixes: ['.deps.json'] },

  async extract(file, ctx) {
    const bytes = await readWithin(file, LIMIT, ctx, { what: WHAT, incomplete: true });
    if (!bytes) return undefined;
    const parsed = parseDepsJson(textOf(bytes));
    if (!parsed || parsed.broken) ctx.gap({ code: 'malformed', params: { what: WHAT }, incomplete: true });
    return parsed && { libraries: parsed.libraries };
  },

  settle: (view) => ({
    packages: view.visible.flatMap((entry) => {
      const layerOf = introductions(view, entry, ({ libraries }) => libraries.map(keyOf));
      return entry.partial.libraries.map((one) => ({
        ...one,
        type: 'nuget' as const,
        purl: formatPurl({ type: 'nuget', ...one }),
        evidence: { kind: 'package-metadata', confidence: 'high', detail: WHAT } as const,
        path: entry.path,
        layer: layerOf(keyOf(one)),
      }));
    }),
  }),
};

function keyOf({ name, version }: Library): string {
  return `${name}/${version}`;
}
