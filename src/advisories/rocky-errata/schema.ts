import { fields, records, strings } from '../../util/fields.ts';
import { date } from '../osv-record.ts';
import { CVE, type Erratum, type FixedPackage, text } from '../rpm-errata.ts';
import { modulesOf } from '../rpm-modules.ts';
import type { FlawFact, RecordSink } from '../types.ts';

const ID = /^R[LX][SBE]A-\d{4}:\d+$/;
/** `rsync-daemon-0:3.1.3-20.el8_10.noarch.rpm`: name, epoch, version, release, architecture. */
const FILE = /^([^/\s]+)-(\d+:[^-\s]+-[^-\s]+)\.([A-Za-z0-9_]+)\.rpm$/;

/**
 * One erratum of Rocky's errata service (Apollo), as its API has it in version 2 or 3; undefined, and counted, where it is none or
 * no matter of security.
 */
export function rockyErratum(
  value: unknown,
  sink: Pick<RecordSink, 'problem' | 'leftOut'>,
): { readonly erratum: Erratum; readonly facts: readonly FlawFact[] } | undefined {
  const raw = fields(value);
  const id = text(raw.name);
  if (!ID.test(id)) {
    sink.problem('no usable id', id.slice(0, 80) || '?');
    return undefined;
  }
  const published = stamp(raw.publishedAt ?? raw.published_at);
  const modified = stamp(raw.updated_at);
  const title = text(raw.synopsis);
  const cves = records(raw.cves).map((each) => ({
    name: text(each.name) || text(each.cve),
    vector: text(each.cvss3ScoringVector) || text(each.cvss3_scoring_vector),
  }));
  if (cves.length === 0 && !isSecurity(id, text(raw.kind))) {
    sink.leftOut('not about security', id);
    return undefined;
  }
  const problem = () => sink.problem('no package or version', id);
  return {
    erratum: {
      id,
      cves: cves.map(({ name }) => name),
      ...(published ? { published } : {}),
      ...(modified ? { modified } : {}),
      severity: text(raw.severity).replace(/^SEVERITY_/, ''),
      fixed: [...filesOf(raw)].flatMap(([product, files]) => packagesOf(product, files, title, problem)),
    },
    facts: cves.flatMap(({ name, vector }) =>
      CVE.test(name) && vector.startsWith('CVSS:') ? [{ id: name, cvss: [{ vector, source: 'rocky' }] }] : [],
    ),
  };
}

/** Bug fixes and enhancements without a CVE are none. */
function isSecurity(id: string, kind: string): boolean {
  return kind === '' ? /^R[LX]SA-/.test(id) : kind === 'Security';
}

/** Files by product: `rpms` in version 2, each with its product and architecture in version 3. */
function filesOf(raw: Readonly<Record<string, unknown>>): ReadonlyMap<string, readonly string[]> {
  const found = new Map(Object.entries(fields(raw.rpms)).map(([product, files]) => [product, [...strings(fields(files).nvras)]]));
  for (const each of records(raw.packages)) {
    const product = text(each.product_name).replace(/( \d+) [a-z]\w+$/, '$1');
    const files = found.get(product);
    if (files) files.push(text(each.nevra));
    else found.set(product, [text(each.nevra)]);
  }
  return found;
}

/** RFC 3339 in UTC, to the second. */
function stamp(value: unknown): string | undefined {
  return date(value)?.replace(/\+00:00$/, 'Z');
}

function packagesOf(product: string, files: readonly string[], title: string, problem: () => void): readonly FixedPackage[] {
  const ecosystem = ecosystemOf(product);
  if (ecosystem === undefined) {
    problem();
    return [];
  }
  const packages = new Map<string, { name: string; evr: string; arches: string[] }>();
  for (const file of files) {
    const [, name = '', evr = '', arch = ''] = FILE.exec(file) ?? [];
    if (name === '') problem();
    if (name === '' || arch === 'src') continue;
    const known = packages.get(`${name}\0${evr}`);
    if (known) known.arches.push(arch);
    else packages.set(`${name}\0${evr}`, { name, evr, arches: [arch] });
  }
  return [...packages.values()].map((each) => ({ ecosystem, ...each, modules: modulesOf(title, each.evr) }));
}

/** `Rocky Linux:8` of `Rocky Linux 8`; repositories of special interest groups stand apart, `Rocky Linux:8:sig-cloud`. */
function ecosystemOf(product: string): string | undefined {
  const [, sig, release] = /^Rocky Linux (?:SIG (\w+) )?(\d+)$/.exec(product) ?? [];
  if (release === undefined) return undefined;
  return `Rocky Linux:${release}${sig ? `:sig-${sig.toLowerCase()}` : ''}`;
}
