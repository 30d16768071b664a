import type { SeverityLevel } from '../../model/index.ts';

/**
 * What `snyk test --json` and `snyk container test --json` print, as far as scripts read it. Names and their meaning are Snyk's (snyk/cli: LegacyVulnApiResult,
 * AnnotatedIssue and what its tests keep of real answers; docs.snyk.io). Ids are CVE and GHSA, as we have no others; what an organisation's settings are is absent.
 */
export interface SnykResult {
  /** True where nothing is left in it, nor in its applications. */
  readonly ok: boolean;
  readonly vulnerabilities: readonly SnykVulnerability[];
  readonly dependencyCount: number;
  /** `deb`, `apk`, `rpm`, `npm`, ... */
  readonly packageManager: string;
  readonly summary: string;
  /** Different flaws. */
  readonly uniqueCount: number;
  readonly projectName: string;
  readonly path: string;
  readonly displayTargetFile?: string;
  readonly targetFile?: string;
  readonly filesystemPolicy: false;
  /** What somebody accepted: it is in no other list. */
  readonly filtered: { readonly ignore: readonly SnykIgnored[]; readonly patch: readonly never[] };
  /** Of images. */
  readonly docker?: { readonly baseImage?: string };
  readonly platform?: string;
  /** Of images: what is no package of the distribution, by language or file. */
  readonly applications?: readonly SnykResult[];
}

export interface SnykIgnored extends SnykVulnerability {
  readonly filtered: {
    readonly ignored: readonly { readonly reason: string; readonly expires?: string; readonly path: readonly string[] }[];
  };
}

export type SnykSeverity = 'critical' | 'high' | 'medium' | 'low';

/** Snyk knows four. What nobody rated is not left out. */
export const SEVERITY: Record<SeverityLevel, SnykSeverity> = {
  critical: 'critical',
  high: 'high',
  medium: 'medium',
  low: 'low',
  negligible: 'low',
  unknown: 'low',
};

export interface SnykVulnerability {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly severity: SnykSeverity;
  readonly severityWithCritical: SnykSeverity;
  /** Of distributions the source package. */
  readonly packageName: string;
  /** Of distributions `source/binary`. */
  readonly name: string;
  readonly version: string;
  /** Of libraries. */
  readonly moduleName?: string;
  /** Of distributions the release, `debian:11`. */
  readonly packageManager: string;
  /** `linux`, `js`, `java`, ... */
  readonly language?: string;
  readonly identifiers: Readonly<Record<'CVE' | 'CWE' | 'GHSA' | 'ALTERNATIVE', readonly string[]>>;
  /** `name@version` from the image or project to the package. */
  readonly from: readonly string[];
  /** The same after an update; false: as it is. */
  readonly upgradePath: readonly (string | false)[];
  readonly isUpgradable: boolean;
  readonly isPatchable: false;
  readonly patches: readonly never[];
  readonly nearestFixedInVersion?: string;
  readonly fixedIn: readonly string[];
  /** 0 to 10. */
  readonly cvssScore?: number;
  readonly CVSSv3?: string;
  readonly publicationTime?: string;
  readonly disclosureTime?: string;
  /** CVSS's word for the maturity of exploits: known to be exploited, or nobody says. */
  readonly exploit: 'High' | 'Not Defined';
  readonly references: readonly { readonly title: string; readonly url: string }[];
  readonly malicious: boolean;
  /** The instruction that brought it, where it is not the base image's. */
  readonly dockerfileInstruction?: string;
  /** The base image that it came with. */
  readonly dockerBaseImage?: string;
}
