import { isJson, isNamed, readAll, readJson } from '../feed-files.ts';
import type { AdvisorySource, AffectedPackage, FeedFile, RecordSink } from '../types.ts';
import { vulnerableRanges } from './ranges.ts';
import { type Atom, type Glsa, type GlsaPackage, glsa } from './schema.ts';
import { glsaDocument } from './xml.ts';

/** Gentoo's own files, one an advisory: `glsa-202401-01.xml`. */
const DOCUMENT = /(^|\/)glsa-\d{6}-\d{2,4}\.xml(\.gz)?$/;

/**
 * Gentoo's advisories. A version is vulnerable where a `vulnerable` entry matches it and no `unaffected` one does; what neither
 * speaks of is not vulnerable. An advisory bundles the CVEs that it refers to. Source: GLSA's document type (glsa.dtd), and how
 * Portage's glsa-check reads it. See docs/decisions/0012.
 */
export const gentooGlsa: AdvisorySource = {
  id: 'gentoo-glsa',
  title: 'Gentoo Linux security advisories',
  licence: 'CC-BY-SA-4.0',
  homepage: 'https://security.gentoo.org/glsa',
  kind: 'advisories',
  claims: (name) => DOCUMENT.test(name) || (isJson(name) && isNamed(name, /^gentoo-glsa$/)),
  isRecord: (name) => DOCUMENT.test(name),
  parse: (file, sink) => (DOCUMENT.test(file.name) ? readDocument(file, sink) : readJson(file, sink, (value) => take(value, sink))),
};

async function readDocument(file: FeedFile, sink: RecordSink): Promise<void> {
  const found = glsaDocument((await readAll(file)).toString('utf8'));
  if (typeof found === 'string') sink.problem('not a GLSA document', `${file.name}: ${found}`);
  else take(found, sink);
}

function take(value: unknown, sink: RecordSink): void {
  const found = glsa(value, sink);
  if (!found) return;
  const { id, cves, published, modified } = found;
  const affected = found.packages.flatMap((each) => statementsOf(each, found, sink));
  if (affected.length === 0) return;
  sink.advisory({
    id,
    kind: 'vulnerability',
    form: 'errata',
    aliases: [],
    flaws: cves,
    cvss: [],
    ...(published ? { published } : {}),
    ...(modified ? { modified } : {}),
    affected,
  });
}

/**
 * One statement for each slot that is named, and one for all others. `module` is the slot; `!1.2,1.5` stands for every slot but
 * these.
 */
function statementsOf({ name, arches, vulnerable, unaffected }: GlsaPackage, { id }: Glsa, sink: RecordSink): readonly AffectedPackage[] {
  if (vulnerable.length === 0) {
    sink.problem('no vulnerable version', id);
    return [];
  }
  const slots = [...new Set([...vulnerable, ...unaffected].flatMap(({ slot }) => slot ?? []))].sort();
  return [...slots, undefined].flatMap((slot) => {
    const concerns = (atom: Atom) => atom.slot === undefined || atom.slot === slot;
    const ranges = vulnerableRanges(vulnerable.filter(concerns), unaffected.filter(concerns));
    if (ranges.length === 0) return [];
    const module = slot ?? (slots.length > 0 ? `!${slots.join(',')}` : undefined);
    return [
      { ecosystem: 'Gentoo', name, ranges, status: 'affected', ...(module ? { module } : {}), ...(arches ? { arches } : {}) } as const,
    ];
  });
}
