import { isKeyText } from './osv-record.ts';
import type { AdvisoryRecord, AffectedPackage, RecordSink } from './types.ts';

export const CVE = /^CVE-\d{4}-\d{4,}$/;
/** `[epoch:]version-release`. */
const EVR = /^(\d+:)?[^-:\s]+-[^-:\s]+$/;

/** What an erratum of the rpm family says: each package is fixed from one release on. */
export interface Erratum {
  readonly id: string;
  readonly cves: readonly string[];
  /** RFC 3339. */
  readonly published?: string;
  readonly modified?: string;
  /** The vendor's word, any case. */
  readonly severity?: string;
  /** CVSS vectors, where the erratum is about one flaw. */
  readonly cvss?: readonly string[];
  readonly fixed: readonly FixedPackage[];
}

export interface FixedPackage extends Pick<AffectedPackage, 'ecosystem' | 'name'> {
  /** `[epoch:]version-release`; what is older is affected. */
  readonly evr: string;
  /** Streams it is fixed in, each a statement; none for a package outside modules. */
  readonly modules?: readonly string[];
  readonly arches?: readonly string[];
}

/** Hands an erratum on; one without CVEs is a flaw by its own id. Packages that cannot be told apart or compared are counted. */
export function takeErratum(erratum: Erratum, sink: RecordSink): void {
  const { id, published, modified, cvss = [], severity } = erratum;
  const flaws = [...new Set(erratum.cves.filter((cve) => CVE.test(cve)))];
  const affected = erratum.fixed.flatMap((fixed) => {
    if (isKeyText(fixed.name) && EVR.test(fixed.evr) && fixed.evr.length < 256) return statementsOf(fixed, severity);
    sink.problem('no package or version', id);
    return [];
  });
  if (affected.length === 0) {
    sink.problem('names no package', id);
    return;
  }
  const record: AdvisoryRecord = {
    id,
    kind: 'vulnerability',
    form: 'errata',
    aliases: [],
    flaws,
    cvss: flaws.length === 1 ? cvss : [],
    ...(published ? { published } : {}),
    ...(modified ? { modified } : {}),
    affected: distinct(affected),
  };
  sink.advisory(record);
}

function statementsOf({ ecosystem, name, evr, modules = [], arches = [] }: FixedPackage, severity?: string): readonly AffectedPackage[] {
  const said: AffectedPackage = {
    ecosystem,
    name,
    ranges: [[{ introduced: '0' }, { fixed: evr }]],
    status: 'affected',
    ...(arches.length > 0 ? { arches: [...new Set(arches)].sort() } : {}),
    ...(severity ? { severityLabel: severity.toLowerCase() } : {}),
  };
  return modules.length > 0 ? modules.map((module) => ({ ...said, module })) : [said];
}

function distinct(list: readonly AffectedPackage[]): readonly AffectedPackage[] {
  return [...new Map(list.map((item) => [JSON.stringify(item), item])).values()];
}

/** A text that may stand where one is expected. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
