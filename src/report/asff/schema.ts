/**
 * The parts of AWS Security Finding Format that are written. Source: AWS Security Hub API reference, AwsSecurityFinding (2018-10-08), with
 * its limits on lengths and counts.
 */
export interface AsffFinding {
  readonly SchemaVersion: '2018-10-08';
  /** At most 512 characters; the same for the same finding, whatever the tag. */
  readonly Id: string;
  readonly ProductArn: string;
  readonly ProductName: string;
  readonly CompanyName: string;
  readonly Region: string;
  /** At most 512 characters. */
  readonly GeneratorId: string;
  readonly AwsAccountId: string;
  /** At most 50. */
  readonly Types: readonly string[];
  readonly CreatedAt: string;
  readonly UpdatedAt: string;
  readonly Severity: { readonly Label: AsffSeverity; readonly Original: string };
  /** At most 256 characters. */
  readonly Title: string;
  /** At most 1,024 characters. */
  readonly Description: string;
  /** A text of at most 512 characters. */
  readonly Remediation?: { readonly Recommendation: { readonly Text?: string; readonly Url?: string } };
  readonly SourceUrl?: string;
  /** At most 50; values of at most 2,048 characters. */
  readonly ProductFields: Readonly<Record<string, string>>;
  readonly Resources: readonly AsffResource[];
  readonly Vulnerabilities?: readonly AsffVulnerability[];
  readonly RecordState: 'ACTIVE';
  readonly Workflow: { readonly Status: 'NEW' | 'SUPPRESSED' };
  /** At most 512 characters. */
  readonly Note?: { readonly Text: string; readonly UpdatedBy: string; readonly UpdatedAt: string };
}

export type AsffSeverity = 'INFORMATIONAL' | 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL';

export interface AsffResource {
  readonly Type: 'Container' | 'Other';
  readonly Id: string;
  readonly Partition: 'aws' | 'aws-cn' | 'aws-us-gov';
  readonly Region: string;
  readonly Details: {
    readonly Container?: { readonly Name: string; readonly ImageName: string; readonly ImageId?: string };
    /** At most 50; values of at most 1,024 characters. */
    readonly Other: Readonly<Record<string, string>>;
  };
}

export interface AsffVulnerability {
  readonly Id: string;
  readonly VulnerablePackages: readonly {
    readonly Name: string;
    readonly Version: string;
    readonly Architecture?: string;
    readonly PackageManager: string;
    readonly FilePath?: string;
    readonly FixedInVersion?: string;
    readonly SourceLayerHash?: string;
  }[];
  readonly Cvss?: readonly { readonly Version: string; readonly BaseScore: number; readonly BaseVector: string; readonly Source: string }[];
  readonly RelatedVulnerabilities?: readonly string[];
  readonly Vendor: { readonly Name: string; readonly Url?: string; readonly VendorSeverity: string };
  readonly ReferenceUrls?: readonly string[];
  readonly FixAvailable: 'YES' | 'NO';
  readonly EpssScore?: number;
  readonly ExploitAvailable?: 'YES';
}
