/** Ordered from worst to least; `unknown` is not "harmless" but "nobody said". */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'negligible', 'unknown'] as const;
export type SeverityLevel = (typeof SEVERITIES)[number];

/** One source's opinion of how bad a flaw is. */
export interface SeverityStatement {
  readonly level: SeverityLevel;
  /** The feed that said so: `debian`, `ghsa`, `cisa-vulnrichment`, ... */
  readonly source: string;
  /** The word as the source wrote it, where it has words of its own (`unimportant`, `Important`). */
  readonly label?: string;
  readonly cvss?: CvssScore;
}

/** A CVSS vector with the scores computed from it. Source: FIRST, CVSS v2, v3.0, v3.1 and v4.0 specifications. */
export interface CvssScore {
  readonly version: '2.0' | '3.0' | '3.1' | '4.0';
  readonly vector: string;
  readonly baseScore: number;
  /** v2/v3 temporal or v4 threat score, present where exploitation data (KEV, SSVC) gave the input. */
  readonly temporalScore?: number;
  readonly source: string;
}
