/**
 * The fields of Trivy's JSON report, schema version 2, that pipelines select with jq. Names and their meaning are Trivy's
 * (aquasecurity/trivy, pkg/types/report.go and pkg/fanal/types); prose that we do not have (Title, Description) is absent.
 */
export interface TrivyReport {
  readonly SchemaVersion: 2;
  readonly CreatedAt: string;
  readonly ArtifactName: string;
  readonly ArtifactType: 'container_image' | 'filesystem';
  readonly Metadata: TrivyMetadata;
  readonly Results: readonly TrivyResult[];
}

export interface TrivyMetadata {
  readonly Size?: number;
  readonly OS?: { readonly Family: string; readonly Name: string; readonly EOSL?: true };
  readonly ImageID?: string;
  readonly DiffIDs?: readonly string[];
  readonly RepoTags?: readonly string[];
  readonly RepoDigests?: readonly string[];
  readonly ImageConfig?: object;
}

export interface TrivyResult {
  readonly Target: string;
  readonly Class: 'os-pkgs' | 'lang-pkgs' | 'secret' | 'config';
  /** Absent where the class is `secret`. */
  readonly Type?: string;
  /** Always an array, where Trivy leaves the key out if there is none: `.Results[].Vulnerabilities[]` then never fails. */
  readonly Vulnerabilities: readonly TrivyVulnerability[];
  /** Of the class `secret`. */
  readonly Secrets?: readonly TrivySecret[];
  /** Of the class `config`. */
  readonly MisconfSummary?: { readonly Successes: number; readonly Failures: number };
  readonly Misconfigurations?: readonly TrivyMisconfiguration[];
  /** Findings that a verdict took out of the list. */
  readonly ExperimentalModifiedFindings?: readonly TrivyModified[];
}

/** Source: pkg/types/misconfiguration.go, DetectedMisconfiguration; pkg/fanal/types/misconf.go, CauseMetadata. */
export interface TrivyMisconfiguration {
  readonly Type: string;
  readonly ID: string;
  readonly Title: string;
  readonly Description: string;
  readonly Message: string;
  readonly Namespace: string;
  readonly Resolution: string;
  readonly Severity: TrivySeverity;
  readonly PrimaryURL?: string;
  readonly References: readonly string[];
  readonly Status: 'FAIL';
  readonly CauseMetadata: {
    readonly Provider: string;
    readonly Service: string;
    readonly Resource?: string;
    readonly StartLine?: number;
    readonly EndLine?: number;
    readonly Code?: { readonly Lines: readonly { readonly Number: number; readonly Content: string; readonly IsCause: boolean }[] };
  };
}

/** Source: pkg/types/finding.go, ModifiedFinding. */
export type TrivyModified = { readonly Statement: string; readonly Source: string } & (
  | { readonly Type: 'vulnerability'; readonly Status: 'not_affected' | 'ignored'; readonly Finding: TrivyVulnerability }
  | { readonly Type: 'secret'; readonly Status: 'ignored'; readonly Finding: TrivySecret }
);

/** Source: pkg/fanal/types/secret.go, SecretFinding. `Match` and `Content` are masked, as Trivy's are. */
export interface TrivySecret {
  readonly RuleID: string;
  readonly Category: string;
  readonly Severity: TrivySeverity;
  readonly Title: string;
  readonly StartLine: number;
  readonly EndLine: number;
  readonly Code: {
    readonly Lines: readonly {
      readonly Number: number;
      readonly Content: string;
      readonly IsCause: boolean;
      readonly Truncated: boolean;
      readonly FirstCause: boolean;
      readonly LastCause: boolean;
    }[];
  };
  readonly Match: string;
  readonly Layer: { readonly Digest?: string; readonly DiffID?: string; readonly CreatedBy?: string };
}

export interface TrivyVulnerability {
  readonly VulnerabilityID: string;
  readonly VendorIDs?: readonly string[];
  readonly PkgID: string;
  readonly PkgName: string;
  readonly PkgPath?: string;
  readonly PkgIdentifier: { readonly PURL: string };
  readonly InstalledVersion: string;
  readonly FixedVersion?: string;
  readonly Status: string;
  readonly Layer: { readonly Digest?: string; readonly DiffID?: string };
  readonly SeveritySource?: string;
  readonly PrimaryURL?: string;
  readonly DataSource?: { readonly ID: string; readonly Name: string; readonly URL: string };
  readonly Severity: TrivySeverity;
  readonly CweIDs?: readonly string[];
  readonly VendorSeverity?: Readonly<Record<string, number>>;
  readonly CVSS?: Readonly<Record<string, TrivyCvss>>;
  readonly References?: readonly string[];
  readonly PublishedDate?: string;
}

export interface TrivyCvss {
  V2Vector?: string;
  V3Vector?: string;
  V40Vector?: string;
  V2Score?: number;
  V3Score?: number;
  V40Score?: number;
}

export type TrivySeverity = 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW' | 'UNKNOWN';
