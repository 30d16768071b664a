import type { FoundPackage } from '../../../model/index.ts';
import { readExecutable } from '../../../util/elf/index.ts';
import { formatPurl } from '../../../util/purl.ts';
import { introductions } from '../../introduced-in.ts';
import { gapOf } from '../../read-within.ts';
import type { Extractor } from '../../types.ts';
import { mayBeRust, SMALLEST } from './accept.ts';
import { type Crate, parseAuditData } from './parse.ts';

interface CargoPartial {
  readonly crates: readonly Crate[];
}

const SECTION = '.dep-v0';
/** Compressed; 4,000 crates are 100 kB. */
const LIMIT = 4 << 20;

/**
 * Rust programs and libraries that were built with `cargo auditable` (as Alpine, Fedora and others build theirs): the crates in
 * the section `.dep-v0`. Programs without one tell nothing of their crates. Roles: `main`, the crate that was built, which may be
 * one of crates.io all the same, and `dependency`.
 */
export const cargo: Extractor<CargoPartial> = {
  id: 'lang/cargo',
  version: 1,
  class: 'library',
  wants: { executable: true, suffixes: ['.exe', '.so'], minSize: SMALLEST, accept: mayBeRust },

  async extract(file, ctx) {
    try {
      const access = await file.random();
      const program = await readExecutable(access);
      const section = program?.sections.find(({ name }) => name === SECTION);
      if (!section) return undefined;
      if (section.size > LIMIT) {
        ctx.gap({ code: 'too-large', params: { what: WHAT, limit: LIMIT }, incomplete: true });
        return undefined;
      }
      const crates = parseAuditData(await access.read(section.offset, section.size));
      if (crates) return { crates };
      ctx.gap({ code: 'malformed', params: { what: WHAT }, incomplete: true });
    } catch (error) {
      const gap = gapOf(error);
      if (!gap) throw error;
      // A broken program that shows no list of crates hides no package that this extractor could have told.
      ctx.gap({ ...gap, incomplete: false });
    }
    return undefined;
  },

  settle: (view) => ({
    packages: view.visible.flatMap((entry) => {
      const layerOf = introductions(view, entry, ({ crates }) => crates.map(keyOf));
      return entry.partial.crates.map((crate) => ({ ...toPackage(crate), path: entry.path, layer: layerOf(keyOf(crate)) }));
    }),
  }),
};

const WHAT = 'list of crates in a program';

function keyOf({ name, version }: Crate): string {
  return `${name} ${version}`;
}

function toPackage({ name, version, source, root }: Crate): Omit<FoundPackage, 'path' | 'layer'> {
  return {
    type: 'cargo',
    name,
    version,
    purl: formatPurl({ type: 'cargo', name, version }),
    evidence: { kind: 'build-info', confidence: 'high', detail: source === '' ? SECTION : `${SECTION}, source ${source}` },
    role: root ? 'main' : 'dependency',
  };
}
