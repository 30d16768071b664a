import { fields, records, strings } from '../../util/fields.ts';
import { date } from '../osv-record.ts';
import { type Erratum, text } from '../rpm-errata.ts';
import type { RecordSink } from '../types.ts';

const ID = /^ALAS([\w.-]*)-\d{4}-\d+$/;

/**
 * One advisory in the shape of a repository's updateinfo, with the release and the repository that it was found in. What an
 * extra of Amazon Linux 2 fixes is a statement of that extra alone: its name becomes the module (`php8.0`). Source: Amazon
 * Linux 2 User Guide, "Extras library". Undefined, and counted, where the value is no advisory.
 */
export function amazonErratum(value: unknown, sink: Pick<RecordSink, 'problem'>): Erratum | undefined {
  const raw = fields(value);
  const id = text(raw.ID);
  const release = text(raw.release);
  const [, topic = ''] = ID.exec(id) ?? [];
  if (!ID.test(id) || !/^\d+$/.test(release)) {
    sink.problem('no usable id', id.slice(0, 80) || '?');
    return undefined;
  }
  const published = stamp(raw.Issued);
  const modified = stamp(raw.Updated);
  const extra = raw.repo === 'extras' ? topic.replace(/^2/, '').toLowerCase() : '';
  const references = fields(raw.References).Reference;
  return {
    id,
    cves: records(Array.isArray(references) ? references : [references]).flatMap((each) => (each.Type === 'cve' ? [text(each.ID)] : [])),
    ...(published ? { published } : {}),
    ...(modified ? { modified } : {}),
    severity: text(raw.Severity),
    fixed: records(raw.packages).map((each) => ({
      ecosystem: `Amazon Linux:${release}`,
      name: text(each.name),
      evr: text(each.evr),
      modules: extra ? [extra] : [],
      arches: strings(each.arch),
    })),
  };
}

/** `{ "Date": "2014-09-14 14:25:00" }`, in UTC. */
function stamp(value: unknown): string | undefined {
  const found = text(fields(value).Date);
  return date(/^\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?$/.test(found) ? `${found.replace(' ', 'T')}${found.length === 16 ? ':00' : ''}Z` : found);
}
