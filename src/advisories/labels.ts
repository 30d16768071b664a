import { strings } from '../util/fields.ts';
import type { OsvRecord } from './osv-record.ts';
import type { FlawSeverity } from './osv-source.ts';

/** Severity word that errata of the RHEL family open their summary with: `Important: openssl security update`. */
export function summaryLabel(summary: string): { severityLabel?: string } {
  const word = /^(Critical|Important|Moderate|Low):/.exec(summary)?.[1];
  return word ? { severityLabel: word.toLowerCase() } : {};
}

/** The reviewer's word (`database_specific.severity`) and CWEs (`cwe_ids`) of GitHub and Bitnami. */
export function flawSeverity(record: OsvRecord): FlawSeverity {
  const cwes = strings(record.database.cwe_ids);
  switch (String(record.database.severity).toLowerCase()) {
    case 'critical':
      return { level: 'critical', cwes };
    case 'high':
      return { level: 'high', cwes };
    case 'moderate':
    case 'medium':
      return { level: 'medium', cwes };
    case 'low':
      return { level: 'low', cwes };
    default:
      return undefined;
  }
}
