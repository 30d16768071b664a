import type { Extractor, Wants } from '../src/extract/types.ts';

/**
 * An extractor for tests: a package of each file it wants, named by the path, its version being the content; `gone` packages
 * for removed files.
 */
export function noteExtractor(wants: Wants = { suffixes: ['.note'] }): Extractor<string> {
  return {
    id: 'lang/note',
    version: 1,
    class: 'library',
    wants,
    extract: async (file) => String(await file.bytes(1 << 20)),
    settle: (view) => ({
      packages: view.visible.map(({ path, layer, partial }) => ({
        type: 'generic',
        name: path,
        version: partial,
        purl: `pkg:generic/${encodeURIComponent(path)}@${partial}`,
        evidence: { kind: 'file-name', confidence: 'high', detail: view.history(path).map((one) => one.layer).join(',') }, // biome-ignore format: short
        path,
        layer,
      })),
      gaps: view.removed.map(({ path }) => ({
        code: 'unreadable',
        params: { what: 'removed' },
        stage: 'lang/note',
        path,
        incomplete: false,
      })),
    }),
  };
}
