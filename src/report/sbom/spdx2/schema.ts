/** The versions that are written, newest first. */
const SPDX2_VERSIONS = ['2.3', '2.2'] as const;
export type Spdx2Version = (typeof SPDX2_VERSIONS)[number];

/** The parts of SPDX 2 that are written. Source: SPDX 2.2 and 2.3, clauses 6 to 12, and their JSON schemas. */
export interface SpdxDocument {
  readonly spdxVersion: `SPDX-${Spdx2Version}`;
  readonly dataLicense: 'CC0-1.0';
  readonly SPDXID: 'SPDXRef-DOCUMENT';
  readonly name: string;
  readonly documentNamespace: string;
  readonly creationInfo: { readonly created: string; readonly creators: readonly string[] };
  readonly packages: readonly SpdxPackage[];
  readonly hasExtractedLicensingInfos?: readonly SpdxExtractedLicense[];
  readonly relationships: readonly SpdxRelationship[];
}

export interface SpdxPackage {
  readonly SPDXID: string;
  readonly name: string;
  readonly versionInfo?: string;
  readonly supplier?: string;
  readonly downloadLocation: 'NOASSERTION';
  readonly filesAnalyzed: false;
  readonly checksums?: readonly { readonly algorithm: 'SHA256' | 'SHA384' | 'SHA512'; readonly checksumValue: string }[];
  readonly sourceInfo?: string;
  readonly licenseConcluded: 'NOASSERTION';
  readonly licenseDeclared: string;
  readonly copyrightText: 'NOASSERTION';
  readonly externalRefs?: readonly SpdxExternalRef[];
  /** Since 2.3. */
  readonly primaryPackagePurpose?: SpdxPurpose;
  readonly annotations: readonly SpdxAnnotation[];
}

export type SpdxPurpose = 'APPLICATION' | 'CONTAINER' | 'LIBRARY' | 'OPERATING_SYSTEM';

export interface SpdxExternalRef {
  /** With an underscore in the JSON schema of 2.2. */
  readonly referenceCategory: 'PACKAGE-MANAGER' | 'PACKAGE_MANAGER' | 'SECURITY';
  readonly referenceType: 'purl' | 'cpe23Type';
  readonly referenceLocator: string;
}

export interface SpdxAnnotation {
  readonly annotationDate: string;
  readonly annotationType: 'OTHER';
  readonly annotator: string;
  readonly comment: string;
}

export interface SpdxExtractedLicense {
  readonly licenseId: string;
  readonly extractedText: string;
  readonly name: string;
}

export interface SpdxRelationship {
  readonly spdxElementId: string;
  readonly relationshipType: 'DESCRIBES' | 'CONTAINS';
  readonly relatedSpdxElement: string;
}
