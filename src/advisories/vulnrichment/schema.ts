import type { SsvcDecision } from '../../model/index.ts';
import { type Fields, fields, records, strings } from '../../util/fields.ts';
import { date } from '../osv-record.ts';
import type { FlawFact, RecordSink } from '../types.ts';

type Vector = { readonly vector: string; readonly source: string };

/**
 * Two forms: CISA's CVE records (CVE JSON 5, `containers.adp` of CISA-ADP), and the same fields cut down to one line
 * (`{id, date, ssvc: {...}, cvss: [[source, metric, vector]], cwe: [...]}`). Vectors keep who gave them: CISA or the CNA.
 */
export function enrichment(value: unknown, sink: Pick<RecordSink, 'problem' | 'leftOut'>): FlawFact | undefined {
  const raw = fields(value);
  const metadata = fields(raw.cveMetadata);
  const id = raw.id ?? metadata.cveId;
  if (typeof id !== 'string' || !/^CVE-\d{4}-\d{4,}$/.test(id)) {
    sink.problem('no CVE', String(id).slice(0, 80));
    return undefined;
  }
  if ((raw.state ?? metadata.state) === 'REJECTED') {
    sink.leftOut('withdrawn', id);
    return undefined;
  }
  return raw.containers === undefined ? fromLine(id, raw) : fromCveRecord(id, fields(raw.containers));
}

function fromLine(id: string, raw: Fields): FlawFact {
  const cvss = Array.isArray(raw.cvss) ? raw.cvss : [];
  const ssvc = decision(fields(raw.ssvc), raw.date);
  return {
    id,
    cvss: cvss.flatMap((item) => (Array.isArray(item) ? vector(item[2], item[0]) : [])),
    cwes: cweIds(raw.cwe),
    ...(ssvc ? { ssvc } : {}),
  };
}

function fromCveRecord(id: string, containers: Fields): FlawFact {
  const cna = fields(containers.cna);
  const adp = records(containers.adp).filter((item) => fields(item.providerMetadata).shortName === 'CISA-ADP');
  const cvss = [...metrics(cna, 'cna'), ...adp.flatMap((item) => metrics(item, 'CISA-ADP'))];
  const cwes = [cna, ...adp].flatMap((item) =>
    records(item.problemTypes).flatMap((type) => records(type.descriptions).map((text) => text.cweId)),
  );
  const content = adp
    .flatMap((item) => records(item.metrics).map((metric) => fields(metric.other)))
    .find((other) => other.type === 'ssvc')?.content;
  const options = Object.assign({}, ...records(fields(content).options)) as Fields;
  const ssvc = decision(options, fields(content).timestamp);
  return { id, cvss, cwes: cweIds(cwes), ...(ssvc ? { ssvc } : {}) };
}

function metrics(container: Fields, source: string): readonly Vector[] {
  return records(container.metrics).flatMap((metric) =>
    ['cvssV4_0', 'cvssV3_1', 'cvssV3_0', 'cvssV2_0'].flatMap((name) => vector(fields(metric[name]).vectorString, source)),
  );
}

function vector(text: unknown, source: unknown): readonly Vector[] {
  if (typeof text !== 'string' || !/^(CVSS:|AV:|\(AV:)/.test(text)) return [];
  return [{ vector: text, source: source === 'CISA-ADP' ? 'cisa-vulnrichment' : 'cna' }];
}

/** Undefined unless all three decision points are given. Source: CISA, SSVC guide; spelling varies in case. */
function decision(options: Fields, when: unknown): SsvcDecision | undefined {
  const exploitation = word(options.Exploitation);
  const automatable = word(options.Automatable);
  const impact = word(options['Technical Impact']);
  if (exploitation !== 'none' && exploitation !== 'poc' && exploitation !== 'active') return undefined;
  if (automatable !== 'yes' && automatable !== 'no') return undefined;
  if (impact !== 'partial' && impact !== 'total') return undefined;
  const day = date(when)?.slice(0, 10);
  return { exploitation, automatable: automatable === 'yes', technicalImpact: impact, ...(day ? { date: day } : {}) };
}

function word(value: unknown): string {
  return typeof value === 'string' ? value.toLowerCase() : '';
}

function cweIds(value: unknown): readonly string[] {
  return [...new Set(strings(value).filter((id) => /^CWE-\d+$/.test(id)))];
}
