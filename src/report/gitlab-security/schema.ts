/** What GitLab calls a kind of scan. */
export type GitlabScan = 'container_scanning' | 'dependency_scanning' | 'sast' | 'secret_detection';

/** The parts of GitLab's reports that are written. Source: gitlab-org/security-products/security-report-schemas, 15.2.1. */
export interface GitlabReport {
  readonly version: '15.2.1';
  readonly schema: string;
  readonly scan: {
    readonly type: GitlabScan;
    readonly status: 'success';
    /** `2026-11-22T00:00:00`, UTC. */
    readonly start_time: string;
    readonly end_time: string;
    readonly analyzer: GitlabTool;
    readonly scanner: GitlabTool;
    readonly messages: readonly { readonly level: 'info' | 'warn' | 'fatal'; readonly value: string }[];
  };
  readonly vulnerabilities: readonly GitlabVulnerability[];
}

export interface GitlabTool {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly vendor: { readonly name: string };
}

export interface GitlabVulnerability {
  readonly id: string;
  /** At most 255 characters, nothing of this single finding. */
  readonly name: string;
  readonly description: string;
  readonly severity: 'Info' | 'Unknown' | 'Low' | 'Medium' | 'High' | 'Critical';
  /** At most 7,000 characters. */
  readonly solution: string;
  /** The first is the one that GitLab compares by. */
  readonly identifiers: readonly { readonly type: string; readonly name: string; readonly value: string; readonly url?: string }[];
  /** At most 10. */
  readonly cvss_vectors?: readonly { readonly vendor: string; readonly vector: string }[];
  readonly links: readonly { readonly url: string }[];
  readonly details: Readonly<Record<string, GitlabDetail>>;
  /** By this GitLab recognises what lies in a line, wherever the line goes. */
  readonly tracking?: {
    readonly type: 'source';
    readonly items: readonly {
      readonly file: string;
      readonly start_line: number;
      readonly end_line: number;
      readonly signatures: readonly { readonly algorithm: 'hash'; readonly value: string }[];
    }[];
  };
  readonly location: GitlabLocation;
}

/** Each kind of scan has its own: an image's package, a lock file's, a line, a line of a commit. */
export interface GitlabLocation {
  readonly dependency?: { readonly package: { readonly name: string }; readonly version: string };
  readonly operating_system?: string;
  readonly image?: string;
  /** By this GitLab tells an image's findings from those of another, whatever the tag. At most 255 characters. */
  readonly default_branch_image?: string;
  readonly file?: string;
  readonly start_line?: number;
  readonly end_line?: number;
  readonly commit?: { readonly sha: string };
}

export type GitlabDetail =
  | { readonly name: string; readonly type: 'text' | 'code'; readonly value: string }
  | { readonly name: string; readonly type: 'value'; readonly value: number | string | boolean }
  | { readonly name: string; readonly type: 'list'; readonly items: readonly { readonly type: 'text'; readonly value: string }[] };
