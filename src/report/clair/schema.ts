/**
 * The vulnerability report of Clair 4, which `clairctl report --out json` prints. Names and their meaning are Clair's (quay/claircore: VulnerabilityReport,
 * Package, Distribution, Environment, Vulnerability). Ids are numbers of this report, as text. Ranges and repositories, which we do not have in
 * its form, are empty or absent.
 */
export interface ClairReport {
  /** Digest of the manifest; absent for what has none. */
  readonly manifest_hash?: string;
  readonly packages: Readonly<Record<string, ClairPackage>>;
  readonly distributions: Readonly<Record<string, ClairDistribution>>;
  readonly repository: Readonly<Record<string, never>>;
  readonly environments: Readonly<Record<string, readonly ClairEnvironment[]>>;
  readonly vulnerabilities: Readonly<Record<string, ClairVulnerability>>;
  /** Ids of vulnerabilities by the id of the package. */
  readonly package_vulnerabilities: Readonly<Record<string, readonly string[]>>;
  /** By media type: CVSS by the id of the vulnerability. */
  readonly enrichments: Readonly<Record<string, readonly Readonly<Record<string, readonly ClairCvss[]>>[]>>;
}

export interface ClairPackage {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly kind: 'binary' | 'source';
  readonly arch?: string;
  readonly source?: ClairPackage;
}

export interface ClairDistribution {
  readonly id: string;
  readonly did: string;
  readonly name: string;
  readonly version: string;
  readonly version_code_name: string;
  readonly version_id: string;
  readonly arch: string;
  readonly cpe: string;
  readonly pretty_name: string;
}

export interface ClairEnvironment {
  readonly package_db: string;
  /** Digest of the layer; absent for what has none. */
  readonly introduced_in?: string;
  /** Empty where there is none. */
  readonly distribution_id: string;
  readonly repository_ids: readonly string[] | null;
}

export interface ClairVulnerability {
  readonly id: string;
  readonly updater: string;
  readonly name: string;
  readonly description: string;
  /** RFC 3339. */
  readonly issued: string;
  /** Addresses with spaces between them. */
  readonly links: string;
  /** In the words of the source. */
  readonly severity: string;
  readonly normalized_severity: 'Unknown' | 'Negligible' | 'Low' | 'Medium' | 'High' | 'Critical';
  readonly package: ClairPackage;
  readonly distribution?: ClairDistribution;
  /** Empty where no update mends it. */
  readonly fixed_in_version: string;
}

/** As NIST's feeds have it (cvss-v3.x.json), what is required there. */
export interface ClairCvss {
  readonly version: string;
  readonly vectorString: string;
  readonly baseScore: number;
  readonly baseSeverity: 'NONE' | 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL';
}
