import type { DatabaseInfo } from './advisory.ts';
import type { ChecksReport } from './check.ts';
import type { Decision } from './decision.ts';
import type { Finding, Unassessed } from './finding.ts';
import type { Inventory } from './inventory.ts';
import type { DockerfileLines, LicenseUse, Recommendation, Score, WastedSpace } from './score.ts';
import type { SecretsReport } from './secret.ts';
import type { BaseImage, BaselineReport, ExceptionsReport, ImportedReport } from './standing.ts';

/** Evidence about one target at one time. A gate's answer rests on it, display filters do not change it. */
export interface Report {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'plimsoll'; readonly version: string };
  /** RFC 3339, from the injected clock. */
  readonly createdAt: string;
  readonly inventory: Inventory;
  /** Absent where vulnerabilities were not looked for. */
  readonly database?: ReportDatabase;
  readonly findings: readonly Finding[];
  readonly unassessed: readonly Unassessed[];
  /** Present where secrets were looked for. */
  readonly secrets?: SecretsReport;
  /** Present where configuration was looked at. */
  readonly checks?: ChecksReport;
  /** Present where the target was assessed. */
  readonly score?: Score;
  /** In order of effect; present where the target was assessed. */
  readonly recommendations?: readonly Recommendation[];
  /** Present where an image was assessed. */
  readonly wasted?: WastedSpace;
  /** Present where an image was assessed together with its Dockerfile. */
  readonly dockerfile?: DockerfileLines;
  /** By expression, most packages first; present where the target was assessed. */
  readonly licenses?: readonly LicenseUse[];
  /** Present where the image that the target is built on is known. */
  readonly base?: BaseImage;
  /** Present where there are files of exceptions. */
  readonly exceptions?: ExceptionsReport;
  /** Present where findings were held against a baseline. */
  readonly baseline?: BaselineReport;
  /** Present where findings of other tools were read. */
  readonly imported?: ImportedReport;
  readonly warnings: readonly ReportWarning[];
  readonly decision: Decision;
}

/** The database that packages were held against. */
export interface ReportDatabase extends DatabaseInfo {
  /** Age in days of the oldest feed this scan needed, and which it was. */
  readonly ageDays: number;
  readonly oldestFeed?: string;
  readonly stale: boolean;
}

/** Something a reader must know before trusting the report; rendered from the catalogue. */
export interface ReportWarning {
  readonly code:
    | 'starter-database'
    | 'stale-database'
    | 'database-not-updated'
    | 'database-source-failed'
    | 'unassessed-packages'
    | 'inventory-gaps'
    | 'no-packages'
    | 'future-database'
    | 'shared-cache-refused'
    | 'shared-cache-failed'
    | 'lazy-layers'
    | 'lazy-no-registry'
    | 'lazy-no-table'
    | 'lazy-no-ranges'
    | 'lazy-bad-table'
    | 'secrets-key-unkept'
    | 'secrets-rules-ignored'
    | 'imported-results-malformed'
    | 'imported-run-failed'
    | 'exceptions-expired'
    | 'exceptions-end-soon'
    | 'exceptions-unused'
    | 'exceptions-partly'
    | 'exceptions-version-undecided'
    | 'exceptions-base-unknown'
    | 'exceptions-left-out'
    | 'baseline-filtered'
    | 'baseline-lacks'
    | 'baseline-other-key'
    | 'baseline-other-image'
    | 'baseline-other-platform'
    | 'base-not-below'
    | 'base-unchecked'
    | 'dockerfile-other'
    | 'base-provenance-unread'
    | 'base-conflict';
  readonly params: Readonly<Record<string, string | number>>;
}
