import type { FoundPackage } from '../../../model/index.ts';
import { formatPurl } from '../../../util/purl.ts';
import { introductions } from '../../introduced-in.ts';
import type { Extractor } from '../../types.ts';
import { type PlacedPackage, readArchive, SUFFIXES } from './archive.ts';

interface JavaPartial {
  readonly packages: readonly PlacedPackage[];
}

/**
 * Java archives and the Maven packages in them, nested ones too; see {@link identify} for how a jar is identified.
 * Roles: `main`, `shaded` (copied into another jar), and `artifact-only`: nothing states the groupId, so the name is the artifact
 * alone, with low confidence, and no advisory can be held against it safely.
 */
export const java: Extractor<JavaPartial> = {
  id: 'lang/java',
  version: 2,
  class: 'library',
  wants: { suffixes: SUFFIXES, accept: (head, file) => file.size > 0 && !isRarFile(head) },

  async extract(file, ctx) {
    const packages = await readArchive(await file.random(), file.path, (gap) => ctx.gap(gap));
    return packages.length > 0 ? { packages } : undefined;
  },

  settle: (view) => ({
    packages: view.visible.flatMap((entry) => {
      const layerOf = introductions(view, entry, (partial) => partial.packages.map(keyOf));
      return entry.partial.packages.map((found) => ({ ...toPackage(found), layer: layerOf(keyOf(found)) }));
    }),
  }),
};

/** The archive format of the same suffix, which is none of Java's. */
function isRarFile(head: Buffer): boolean {
  return head.toString('latin1', 0, 4) === 'Rar!';
}

function keyOf({ path, group, artifact, version }: PlacedPackage): string {
  return `${path}\0${group}\0${artifact}\0${version}`;
}

function toPackage({
  group,
  artifact,
  version,
  kind,
  confidence,
  detail,
  role,
  path,
  licenses,
}: PlacedPackage): Omit<FoundPackage, 'layer'> {
  return {
    type: 'maven',
    name: group === undefined ? artifact : `${group}:${artifact}`,
    version,
    purl: formatPurl({ type: 'maven', ...(group === undefined ? {} : { namespace: group }), name: artifact, version }),
    evidence: { kind, confidence, detail },
    path,
    role,
    ...(licenses ? { licenses } : {}),
  };
}
