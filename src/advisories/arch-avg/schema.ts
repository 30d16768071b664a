import { fields, strings } from '../../util/fields.ts';
import { isKeyText } from '../osv-record.ts';
import type { RecordSink } from '../types.ts';

/** What is read of a vulnerability group. */
export interface Group {
  /** `AVG-1`. */
  readonly id: string;
  /** Advisories that were made of it: `ASA-201611-12`. */
  readonly advisories: readonly string[];
  readonly cves: readonly string[];
  /** Names of installed packages, not of what they were built from. */
  readonly packages: readonly string[];
  /** `Vulnerable`, `Testing`, `Fixed`, `Not affected`, `Unknown`, or what the record says instead. */
  readonly status: string;
  readonly fixed?: string;
  /** Lower case; absent where unknown. */
  readonly severity?: string;
}

const SEVERITIES = new Set(['critical', 'high', 'medium', 'low']);

/** Undefined, and counted, where the value is no group of anything. */
export function group(value: unknown, sink: Pick<RecordSink, 'problem'>): Group | undefined {
  const { name: id, status, fixed, severity, ...raw } = fields(value);
  const cves = strings(raw.issues).filter((issue) => /^CVE-\d{4}-\d{4,}$/.test(issue));
  const packages = strings(raw.packages).filter(isKeyText);
  if (typeof id !== 'string' || !/^AVG-\d{1,9}$/.test(id) || typeof status !== 'string' || cves.length === 0 || packages.length === 0) {
    sink.problem('not a vulnerability group', String(id).slice(0, 80));
    return undefined;
  }
  const label = typeof severity === 'string' ? severity.toLowerCase() : '';
  return {
    id,
    advisories: strings(raw.advisories).filter((each) => /^ASA-\d{6}-\d{1,9}$/.test(each)),
    cves,
    packages,
    status,
    ...(typeof fixed === 'string' && fixed !== '' && fixed.length < 256 ? { fixed } : {}),
    ...(SEVERITIES.has(label) ? { severity: label } : {}),
  };
}
