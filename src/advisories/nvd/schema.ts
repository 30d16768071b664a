import { type Fields, fields, records } from '../../util/fields.ts';
import { date } from '../osv-record.ts';
import type { FlawFact, RecordSink } from '../types.ts';

/** NVD's own name among those who score. */
const NVD = 'nvd@nist.gov';
/** CISA's organisation id, as an authorised data publisher of the CVE programme. */
const CISA = '134c704f-9b21-4f2e-91b3-4a467353bcc0';

const METRICS = ['cvssMetricV40', 'cvssMetricV31', 'cvssMetricV30', 'cvssMetricV2'];

/**
 * The CVE objects of a page of the API or of a yearly file (`{"vulnerabilities": [{"cve": {…}}]}`), or the one that a line holds.
 * Undefined where it is neither. Source: NVD, "CVE API 2.0", its JSON schema cve_api_json_2.0.
 */
export function cveObjects(value: unknown): readonly Fields[] | undefined {
  const page = fields(value);
  if (Array.isArray(page.vulnerabilities)) return page.vulnerabilities.map((item) => fields(fields(item).cve));
  return typeof page.id === 'string' ? [page] : undefined;
}

/** What the NVD knows of a flaw. Vectors keep who gave them: the NVD, CISA, or the CNA; CPE matches are not read. */
export function flawFact(cve: Fields, sink: Pick<RecordSink, 'problem' | 'leftOut'>): FlawFact | undefined {
  const { id, published, vulnStatus } = cve;
  if (typeof id !== 'string' || !/^CVE-\d{4}-\d{4,}$/.test(id)) {
    sink.problem('no CVE', String(id).slice(0, 80));
    return undefined;
  }
  if (vulnStatus === 'Rejected') {
    sink.leftOut('withdrawn', id);
    return undefined;
  }
  // Without a zone, which is UTC.
  const day = date(typeof published === 'string' && !/(Z|[+-]\d\d:\d\d)$/.test(published) ? `${published}Z` : published);
  return { id, cvss: vectors(fields(cve.metrics)), cwes: cweIds(cve.weaknesses), ...(day ? { published: day } : {}) };
}

function vectors(metrics: Fields): NonNullable<FlawFact['cvss']> {
  return METRICS.flatMap((name) => records(metrics[name])).flatMap(({ source, cvssData }) => {
    const vector = fields(cvssData).vectorString;
    if (typeof vector !== 'string' || vector.length > 500 || !/^(CVSS:|AV:|\(AV:)/.test(vector)) return [];
    return [{ vector, source: source === NVD ? 'nvd' : source === CISA ? 'cisa-vulnrichment' : 'cna' }];
  });
}

/** `NVD-CWE-noinfo` and `NVD-CWE-Other` are none. */
function cweIds(weaknesses: unknown): readonly string[] {
  const values = records(weaknesses).flatMap(({ description }) => records(description).map(({ value }) => value));
  return [...new Set(values.filter((value): value is string => typeof value === 'string' && /^CWE-\d+$/.test(value)))];
}
