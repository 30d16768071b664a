/** The versions that are written, newest first. */
const BOM_VERSIONS = ['1.6', '1.5', '1.4'] as const;
export type BomVersion = (typeof BOM_VERSIONS)[number];

/** The parts of CycloneDX that are written. Source: CycloneDX 1.4 to 1.6 (ECMA-424), bom-1.6.schema.json and its elders. */
export interface Bom {
  readonly $schema: string;
  readonly bomFormat: 'CycloneDX';
  readonly specVersion: BomVersion;
  readonly serialNumber: string;
  readonly version: 1;
  readonly metadata: {
    readonly timestamp: string;
    readonly lifecycles?: readonly [{ readonly phase: 'post-build' }];
    /** A list before 1.5. */
    readonly tools: { readonly components: readonly BomComponent[] } | readonly { readonly name: string; readonly version: string }[];
    readonly component: BomComponent;
    readonly properties: readonly BomProperty[];
  };
  readonly components: readonly BomComponent[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
  readonly compositions: readonly { readonly aggregate: 'incomplete' | 'unknown'; readonly assemblies: readonly string[] }[];
  readonly vulnerabilities?: readonly BomVulnerability[];
}

export interface BomProperty {
  readonly name: string;
  readonly value: string;
}

export interface BomComponent {
  readonly 'type': 'application' | 'container' | 'library' | 'operating-system' | 'file';
  readonly 'bom-ref'?: string;
  readonly 'group'?: string;
  readonly 'name': string;
  readonly 'version'?: string;
  readonly 'supplier'?: { readonly name: string };
  readonly 'hashes'?: readonly BomHash[];
  readonly 'licenses'?: readonly BomLicense[];
  readonly 'cpe'?: string;
  readonly 'purl'?: string;
  readonly 'evidence'?: BomEvidence;
  readonly 'properties'?: readonly BomProperty[];
  readonly 'components'?: readonly BomComponent[];
}

export interface BomHash {
  readonly alg: 'SHA-256' | 'SHA-384' | 'SHA-512';
  readonly content: string;
}

/** Either one expression or names and ids. */
export type BomLicense =
  | { readonly expression: string; readonly acknowledgement?: 'declared' }
  | { readonly license: { readonly name: string; readonly acknowledgement?: 'declared' } };

export interface BomEvidence {
  /** A list since 1.6. */
  readonly identity: readonly BomIdentity[] | BomIdentity;
  readonly occurrences: readonly { readonly location: string }[];
}

export interface BomIdentity {
  readonly field: 'purl';
  readonly confidence: number;
  readonly concludedValue?: string;
  readonly methods: readonly { readonly technique: BomTechnique; readonly confidence: number; readonly value?: string }[];
}

export type BomTechnique = 'manifest-analysis' | 'binary-analysis' | 'filename' | 'other';

export interface BomVulnerability {
  readonly 'bom-ref': string;
  readonly 'id': string;
  readonly 'source'?: { readonly name: string; readonly url?: string };
  readonly 'references'?: readonly { readonly id: string; readonly source: { readonly name: string } }[];
  readonly 'ratings': readonly BomRating[];
  readonly 'cwes'?: readonly number[];
  readonly 'recommendation'?: string;
  readonly 'advisories'?: readonly { readonly title: string; readonly url: string }[];
  readonly 'published'?: string;
  readonly 'analysis'?: {
    readonly state: 'not_affected' | 'in_triage';
    readonly justification?: 'requires_environment';
    readonly detail?: string;
  };
  readonly 'affects': readonly {
    readonly ref: string;
    readonly versions: readonly { readonly version: string; readonly status: 'affected' | 'unaffected' | 'unknown' }[];
  }[];
  readonly 'properties'?: readonly BomProperty[];
}

export interface BomRating {
  readonly source?: { readonly name: string };
  readonly score?: number;
  readonly severity: 'critical' | 'high' | 'medium' | 'low' | 'info' | 'none' | 'unknown';
  readonly method?: 'CVSSv2' | 'CVSSv3' | 'CVSSv31' | 'CVSSv4' | 'SSVC' | 'other';
  readonly vector?: string;
}
