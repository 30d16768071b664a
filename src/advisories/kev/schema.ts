import { fields, strings } from '../../util/fields.ts';
import type { FlawFact, RecordSink } from '../types.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The catalogue's entries. Source: CISA, known_exploited_vulnerabilities_schema.json. */
export function kevEntries(value: unknown, sink: Pick<RecordSink, 'problem'>): readonly FlawFact[] {
  const list = fields(value).vulnerabilities;
  if (!Array.isArray(list)) {
    sink.problem('not the catalogue', '?');
    return [];
  }
  return list.flatMap((item) => {
    const { cveID, dateAdded, dueDate, knownRansomwareCampaignUse, cwes } = fields(item);
    if (typeof cveID !== 'string' || !/^CVE-\d{4}-\d{4,}$/.test(cveID) || typeof dateAdded !== 'string' || !DAY.test(dateAdded)) {
      sink.problem('no CVE or no date', String(cveID).slice(0, 80));
      return [];
    }
    const due = typeof dueDate === 'string' && DAY.test(dueDate) ? { dueDate } : {};
    return [{ id: cveID, kev: { dateAdded, ...due, ransomware: knownRansomwareCampaignUse === 'Known' }, cwes: strings(cwes) }];
  });
}
