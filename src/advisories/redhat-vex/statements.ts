import { parsePurl } from '../../util/purl.ts';
import { isKeyText } from '../osv-record.ts';
import { CVE } from '../rpm-errata.ts';
import type { AdvisoryRecord, AffectedPackage, FlawFact, RecordSink } from '../types.ts';
import type { VexDocument, VexFlaw } from './csaf.ts';

/** A package in a product, as an id of the document means it. */
interface Component {
  readonly ecosystem: string;
  readonly name: string;
  /** A source package: Red Hat speaks so of what is not fixed yet, and of all that is built from it. */
  readonly source: boolean;
  /** `epoch:version-release`; empty where every version is meant. */
  readonly evr: string;
  /** `nodejs:18`. */
  readonly module?: string;
}

type Complain = (reason: string) => void;

/** Relationships may be nested: a package of a module of a product. */
const MAX_NESTING = 5;
const CPE = /^cpe:\/[aoh]:redhat:([a-z0-9_.~:-]+)$/i;
/** Symbols and sources for debuggers. Nothing of them runs. */
const DEBUG = /-(debuginfo|debugsource)(-|$)/;

/** Red Hat's words under `no_fix_planned` and `none_available`; a word not known here leaves the package affected. */
const PLANS: Readonly<Record<string, AffectedPackage['status']>> = {
  'will not fix': 'will-not-fix',
  'out of support scope': 'end-of-life',
  'fix deferred': 'fix-deferred',
  'deferred': 'fix-deferred',
};

const LEVELS: Readonly<Record<string, 'critical' | 'high' | 'medium' | 'low'>> = {
  critical: 'critical',
  important: 'high',
  moderate: 'medium',
  low: 'low',
};

/**
 * What the document says of rpm packages: a record for each erratum that fixes the flaw, by installed package, and one
 * for the states of what no erratum fixes, by source package or installed package. Containers and other content are none of them.
 */
export function takeDocument(document: VexDocument, sink: RecordSink): void {
  let said = false;
  for (const flaw of document.flaws) {
    if (!CVE.test(flaw.cve)) {
      sink.problem('no usable id', document.id);
      continue;
    }
    const records = recordsOf(document, flaw, (reason) => sink.problem(reason, flaw.cve));
    for (const record of records) sink.advisory(record);
    const fact = factOf(document, flaw);
    if (fact) sink.fact(fact);
    said ||= records.length > 0;
  }
  if (!said) sink.leftOut('about no rpm package', document.id);
}

function recordsOf(document: VexDocument, flaw: VexFlaw, complain: Complain): readonly AdvisoryRecord[] {
  const resolve = resolver(document, complain);
  const word = (id: string) => flaw.impacts.get(id) || document.severity;
  const errata = new Map<string, { published?: string; fixed: Said[] }>();
  const fixedNames = new Set<string>();
  const states: AffectedPackage[] = [];

  for (const id of flaw.fixed) {
    const component = resolve(id);
    if (!component || component.evr === '') continue;
    fixedNames.add(mainName(component));
    const fixes = flaw.fixes.get(id) ?? [];
    if (fixes.length === 0) states.push(fixedIn(component, word(id)));
    for (const { id: erratum, published } of fixes) {
      const known = errata.get(erratum) ?? { ...(published ? { published } : {}), fixed: [] };
      known.fixed.push({ component, word: word(id) });
      errata.set(erratum, known);
    }
  }
  const state = (ids: readonly string[], statusOf: (id: string) => AffectedPackage['status']) => {
    for (const id of ids) {
      const component = resolve(id);
      if (component) states.push({ ...about(component, word(id)), ranges: [], status: statusOf(id) });
    }
  };
  state(flaw.affected, (id) => PLANS[(flaw.plans.get(id) ?? '').toLowerCase()] ?? planned(flaw.plans.get(id)));
  state(flaw.investigated, () => 'under-investigation');
  // A document that names a fix for a component contradicts itself where it also calls it not affected; the fix is believed.
  state(
    flaw.notAffected.filter((id) => {
      const component = resolve(id);
      return component && !fixedNames.has(mainName(component));
    }),
    () => 'not-affected',
  );

  const modified = document.modified ? { modified: document.modified } : {};
  const common = { kind: 'vulnerability' as const, aliases: [], cvss: [], ...modified };
  const published = (at: string | undefined) => (at ? { published: at } : {});
  const records: AdvisoryRecord[] = [...errata].map(([id, { published: at, fixed }]) => ({
    ...common,
    id,
    form: 'errata',
    flaws: [flaw.cve],
    ...published(at ?? flaw.published),
    affected: distinct(withoutSources(fixed).map(({ component, word: label }) => fixedIn(component, label))),
  }));
  if (states.length > 0) {
    records.push({ ...common, id: flaw.cve, form: 'flaw', flaws: [], ...published(flaw.published), affected: distinct(states) });
  }
  return records;
}

interface Said {
  readonly component: Component;
  readonly word: string;
}

/** `no_fix_planned` without a word that is known is no fix to wait for; anything else is plainly affected. */
function planned(words: string | undefined): AffectedPackage['status'] {
  return words !== undefined && /not|no fix/i.test(words) ? 'will-not-fix' : 'affected';
}

/** Source packages say nothing beside the installed packages of the same product and build; where those are not listed, they do. */
function withoutSources(fixed: readonly Said[]): readonly Said[] {
  const place = ({ component }: Said) => `${component.ecosystem}\0${component.module ?? ''}`;
  const listed = new Set(fixed.filter(({ component }) => !component.source).map(place));
  return fixed.filter((said) => !said.component.source || !listed.has(place(said)));
}

function about({ ecosystem, name, module, source }: Component, word: string) {
  return {
    ecosystem,
    name,
    ...(module ? { module } : {}),
    ...(source ? { arches: ['src'] } : {}),
    ...(word ? { severityLabel: word } : {}),
  };
}

function fixedIn(component: Component, word: string): AffectedPackage {
  return { ...about(component, word), ranges: [[{ introduced: '0' }, { fixed: component.evr }]], status: 'affected' };
}

/** Product without its minor release and edition, package and stream. */
function mainName({ ecosystem, name, module = '' }: Component): string {
  return `${/^Red Hat:[^:]+:\d*/.exec(ecosystem)?.[0]}\0${name}\0${module}`;
}

/** Reads what an id of the document means; the same id is asked for more than once. */
function resolver({ products, parts }: VexDocument, complain: Complain): (id: string) => Component | undefined {
  const known = new Map<string, Component | undefined>();
  const find = (id: string): Component | undefined => {
    const part = parts.get(id);
    if (!part) return undefined;
    let product = part.product;
    let module = '';
    for (let depth = 0; depth < MAX_NESTING; depth++) {
      const outer = parts.get(product);
      if (!outer) break;
      module ||= moduleItself(products.get(outer.component)?.purl ?? '');
      product = outer.product;
    }
    const cpe = CPE.exec(products.get(product)?.cpe ?? '')?.[1];
    return cpe ? componentOf(products.get(part.component)?.purl ?? '', cpe, module, complain) : undefined;
  };
  return (id) => {
    if (!known.has(id)) known.set(id, find(id));
    return known.get(id);
  };
}

/** Undefined for what is no rpm package of Red Hat; what should be one and cannot be read is complained of. */
function componentOf(purlText: string, cpe: string, outer: string, complain: Complain): Component | undefined {
  const found = rpmOf(purlText);
  if (found === 'unusable') complain('no package or version');
  if (found === undefined || found === 'unusable') return undefined;
  const module = found.module ?? outer;
  return { ...found, ecosystem: `Red Hat:${cpe}`, ...(module ? { module } : {}) };
}

type Rpm = Omit<Component, 'ecosystem'>;

/** The same packages are in the documents of all flaws that an erratum fixes. */
const MAX_KNOWN = 50_000;
const known = new Map<string, Rpm | 'unusable' | undefined>();

function rpmOf(purlText: string): Rpm | 'unusable' | undefined {
  if (known.has(purlText)) return known.get(purlText);
  if (known.size >= MAX_KNOWN) known.clear();
  const found = readRpm(purlText);
  known.set(purlText, found);
  return found;
}

/** `unusable` where it is meant to be a package of Red Hat's. Source: Red Hat, "Identifying Red Hat components using Package URL". */
function readRpm(purlText: string): Rpm | 'unusable' | undefined {
  const purl = parsePurl(purlText);
  if (!purl) return /^pkg:rpm/.test(purlText) ? 'unusable' : undefined;
  const [vendor, inModule] = (purl.namespace ?? '').split('/');
  if (vendor !== 'redhat' || (purl.type !== 'rpm' && !(purl.type === 'rpmmod' && inModule))) return undefined;
  const module = inModule ?? purl.qualifiers?.rpmmod?.split(':').slice(0, 2).join(':');
  if (module?.endsWith(':flatpak') || DEBUG.test(purl.name)) return undefined;
  const evr = purl.version ? `${purl.qualifiers?.epoch ?? '0'}:${purl.version}` : '';
  const usable = isKeyText(purl.name) && (evr === '' || (/^\d+:[^-:\s]+-[^-:\s]+$/.test(evr) && evr.length < 256));
  if (!usable || (module !== undefined && !/^[^:]+:[^:]+$/.test(module))) return 'unusable';
  const source = purl.qualifiers?.arch === 'src' || purl.type === 'rpmmod';
  return { name: purl.name, source, evr, ...(module ? { module } : {}) };
}

/** `ruby:3.0` of `pkg:rpmmod/redhat/ruby@3.0:8060020220810162001:ad008a3a`. */
function moduleItself(purlText: string): string {
  const purl = parsePurl(purlText);
  return purl?.type === 'rpmmod' && purl.namespace === 'redhat' && purl.version ? `${purl.name}:${purl.version.split(':')[0]}` : '';
}

function factOf(document: VexDocument, flaw: VexFlaw): FlawFact | undefined {
  const level = LEVELS[document.severity];
  const [vector] = flaw.cvss;
  if (!level && !vector) return undefined;
  return {
    id: flaw.cve,
    cvss: vector ? [{ vector, source: 'redhat-vex' }] : [],
    ...(level ? { severity: { level, source: 'redhat-vex' } } : {}),
    cwes: flaw.cwes,
    ...(flaw.published ? { published: flaw.published } : {}),
  };
}

function distinct(list: readonly AffectedPackage[]): readonly AffectedPackage[] {
  return [...new Map(list.map((each) => [JSON.stringify(each), each])).values()];
}
