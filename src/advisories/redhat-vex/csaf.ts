import { fields, records, strings } from '../../util/fields.ts';
import { date } from '../osv-record.ts';
import { CVE, text } from '../rpm-errata.ts';

/**
 * A VEX document of Red Hat, cut down to what the engine needs. Sources: OASIS, Common Security Advisory Framework 2.0, 3.2
 * (product_tree, vulnerabilities); Red Hat, "CSAF Security Advisories and VEX Security Data",
 * https://redhatproductsecurity.github.io/security-data-guidelines/csaf-vex.
 */
export interface VexDocument {
  readonly id: string;
  /** Withdrawn by Red Hat: the document says nothing any more. */
  readonly deleted: boolean;
  readonly modified?: string;
  /** The word for the flaw as a whole, lower case. */
  readonly severity: string;
  /** Products and components by product id. */
  readonly products: ReadonlyMap<string, Product>;
  /** `default_component_of`: which component of which product an id means. */
  readonly parts: ReadonlyMap<string, Part>;
  readonly flaws: readonly VexFlaw[];
}

export interface Product {
  readonly cpe: string;
  readonly purl: string;
}

export interface Part {
  readonly component: string;
  readonly product: string;
}

/** What the document says of one CVE, by product ids. */
export interface VexFlaw {
  readonly cve: string;
  readonly published?: string;
  readonly cwes: readonly string[];
  /** Vectors, that of most products first. */
  readonly cvss: readonly string[];
  readonly fixed: readonly string[];
  readonly affected: readonly string[];
  readonly notAffected: readonly string[];
  readonly investigated: readonly string[];
  /** Errata that fix a product, with their dates. */
  readonly fixes: ReadonlyMap<string, readonly Erratum[]>;
  /** Red Hat's words for a product that has no erratum: `Affected`, `Will not fix`, ... */
  readonly plans: ReadonlyMap<string, string>;
  /** Severity words of products, lower case. */
  readonly impacts: ReadonlyMap<string, string>;
}

export interface Erratum {
  readonly id: string;
  readonly published?: string;
}

/** Nesting of branches; Red Hat's documents have four. */
const MAX_DEPTH = 16;
const ERRATUM = /\/errata\/(RH[SBE]A-\d{4}:\d+)$/;

/** Undefined where the value is no CSAF document with an id. */
export function vexDocument(value: unknown): VexDocument | undefined {
  const raw = fields(value);
  const document = fields(raw.document);
  const tracking = fields(document.tracking);
  const id = text(tracking.id);
  if (!CVE.test(id)) return undefined;
  const tree = fields(raw.product_tree);
  const products = new Map<string, Product>();
  takeBranches(tree.branches, products, 0);
  for (const each of records(tree.full_product_names)) takeProduct(each, products);
  const parts = new Map<string, Part>();
  for (const each of records(tree.relationships)) {
    const whole = text(fields(each.full_product_name).product_id);
    const part = { component: text(each.product_reference), product: text(each.relates_to_product_reference) };
    if (each.category === 'default_component_of' && whole && part.component && part.product) parts.set(whole, part);
  }
  const modified = stamp(tracking.current_release_date);
  const released = stamp(tracking.initial_release_date);
  return {
    id,
    deleted: tracking.status === 'deleted',
    ...(modified ? { modified } : {}),
    severity: text(fields(document.aggregate_severity).text).toLowerCase(),
    products,
    parts,
    flaws: records(raw.vulnerabilities).map((each) => vexFlaw(each, released)),
  };
}

function takeBranches(value: unknown, products: Map<string, Product>, depth: number): void {
  if (depth > MAX_DEPTH) return;
  for (const branch of records(value)) {
    takeProduct(fields(branch.product), products);
    takeBranches(branch.branches, products, depth + 1);
  }
}

function takeProduct(product: Readonly<Record<string, unknown>>, products: Map<string, Product>): void {
  const helper = fields(product.product_identification_helper);
  const id = text(product.product_id);
  if (id) products.set(id, { cpe: text(helper.cpe), purl: text(helper.purl) });
}

function vexFlaw(raw: Readonly<Record<string, unknown>>, released: string | undefined): VexFlaw {
  const status = fields(raw.product_status);
  const published = stamp(raw.release_date) ?? stamp(raw.discovery_date) ?? released;
  const fixes = new Map<string, Erratum[]>();
  const plans = new Map<string, string>();
  for (const remediation of records(raw.remediations)) {
    const ids = strings(remediation.product_ids);
    if (remediation.category === 'vendor_fix') {
      const id = ERRATUM.exec(text(remediation.url))?.[1];
      const issued = stamp(remediation.date);
      if (id) for (const product of ids) add(fixes, product, { id, ...(issued ? { published: issued } : {}) });
    } else if (remediation.category === 'no_fix_planned' || remediation.category === 'none_available') {
      for (const product of ids) plans.set(product, text(remediation.details).trim());
    }
  }
  const impacts = new Map<string, string>();
  for (const threat of records(raw.threats)) {
    if (threat.category === 'impact') for (const id of strings(threat.product_ids)) impacts.set(id, text(threat.details).toLowerCase());
  }
  const weakness = text(fields(raw.cwe).id);
  return {
    cve: text(raw.cve),
    ...(published ? { published } : {}),
    cwes: /^CWE-\d+$/.test(weakness) ? [weakness] : [],
    cvss: vectors(raw.scores),
    fixed: strings(status.fixed),
    affected: strings(status.known_affected),
    notAffected: strings(status.known_not_affected),
    investigated: strings(status.under_investigation),
    fixes,
    plans,
    impacts,
  };
}

function vectors(value: unknown): readonly string[] {
  const scores = records(value).flatMap((score) => {
    const vector = text(fields(score.cvss_v4).vectorString) || text(fields(score.cvss_v3).vectorString);
    const found = vector || text(fields(score.cvss_v2).vectorString);
    return /^(CVSS:|AV:)/.test(found) && found.length < 500 ? [{ found, products: strings(score.products).length }] : [];
  });
  return [...new Set(scores.sort((a, b) => b.products - a.products).map(({ found }) => found))];
}

function add<T>(map: Map<string, T[]>, key: string, item: T): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}

/** RFC 3339 in UTC; Red Hat writes the offset out. */
function stamp(value: unknown): string | undefined {
  return date(value)?.replace(/\+00:00$/, 'Z');
}
