/** The parts of SARIF that are written. Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0. */
export interface SarifLog {
  readonly $schema: string;
  readonly version: '2.1.0';
  readonly runs: readonly SarifRun[];
}

export interface SarifRun {
  readonly tool: { readonly driver: SarifDriver };
  readonly language: string;
  readonly automationDetails: { readonly id: string };
  readonly invocations: readonly SarifInvocation[];
  readonly originalUriBaseIds: Readonly<Record<string, { readonly uri: string; readonly description: SarifText }>>;
  readonly columnKind: 'utf16CodeUnits';
  readonly results: readonly SarifResult[];
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface SarifDriver {
  readonly name: string;
  readonly version: string;
  readonly semanticVersion: string;
  readonly rules: readonly SarifRule[];
}

export interface SarifText {
  readonly text: string;
  readonly markdown?: string;
}

export type SarifLevel = 'none' | 'note' | 'warning' | 'error';

export interface SarifRule {
  readonly id: string;
  readonly name?: string;
  readonly shortDescription: SarifText;
  readonly fullDescription: SarifText;
  readonly help: SarifText;
  readonly helpUri?: string;
  readonly defaultConfiguration: { readonly level: SarifLevel };
  /** `security-severity` (0.1 to 10, as text) and `tags` are GitHub's; Azure DevOps and others read them too. */
  readonly properties: { readonly 'security-severity': string; readonly 'precision': string; readonly 'tags': readonly string[] };
}

export interface SarifInvocation {
  readonly executionSuccessful: boolean;
  readonly endTimeUtc: string;
  readonly toolExecutionNotifications: readonly SarifNotification[];
}

export interface SarifNotification {
  readonly level: SarifLevel;
  readonly message: SarifText;
  readonly descriptor: { readonly id: string };
}

export interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: SarifLevel;
  readonly message: SarifText;
  readonly locations: readonly SarifLocation[];
  /** Where the path in the image is, of a result that stands at the Dockerfile's line. */
  readonly relatedLocations?: readonly SarifLocation[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  /** An empty list says that it was looked for and there is none: all results of a run have one, or none has (3.27.23). */
  readonly suppressions?: readonly {
    readonly kind: 'inSource' | 'external';
    readonly status: 'accepted';
    readonly justification?: string;
    readonly properties?: Readonly<Record<string, string | number>>;
  }[];
  /** Present where there is a baseline that looked for such results. */
  readonly baselineState?: 'new' | 'unchanged' | 'updated';
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface SarifLocation {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
    readonly region: SarifRegion;
  };
  readonly logicalLocations?: readonly { readonly fullyQualifiedName: string; readonly kind: string }[];
  readonly message?: SarifText;
}

export interface SarifRegion {
  readonly startLine: number;
  readonly startColumn?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  readonly snippet?: SarifText;
}
