/** The parts of SPDX 3.0.1 that are written. Source: SPDX 3.0.1, profiles Core, Software and SimpleLicensing, and its JSON schema. */
export interface Spdx3Document {
  readonly '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld';
  readonly '@graph': readonly Spdx3Element[];
}

export type Spdx3Element =
  | {
      readonly 'type': 'CreationInfo';
      readonly '@id': string;
      readonly 'specVersion': '3.0.1';
      readonly 'created': string;
      readonly 'createdBy': readonly string[];
      readonly 'createdUsing': readonly string[];
    }
  | (Element & { readonly type: 'SoftwareAgent' | 'Tool' })
  | (Element & { readonly type: 'Organization'; readonly externalIdentifier?: readonly ExternalIdentifier[] })
  | (Collection & { readonly type: 'SpdxDocument'; readonly profileConformance: readonly string[] })
  | (Collection & { readonly type: 'software_Sbom'; readonly software_sbomType: readonly ['analyzed'] })
  | Spdx3Package
  | (Element & {
      readonly type: 'Annotation';
      readonly annotationType: 'other';
      readonly subject: string;
      readonly contentType: 'application/json';
      readonly statement: string;
    })
  | Spdx3Relationship
  | (Element & {
      readonly type: 'simplelicensing_LicenseExpression';
      readonly simplelicensing_licenseExpression: string;
      readonly simplelicensing_customIdToUri?: readonly {
        readonly type: 'DictionaryEntry';
        readonly key: string;
        readonly value: string;
      }[];
    })
  | (Element & { readonly type: 'simplelicensing_SimpleLicensingText'; readonly simplelicensing_licenseText: string });

interface Element {
  readonly spdxId: string;
  readonly creationInfo: string;
  readonly name?: string;
}

interface Collection extends Element {
  readonly rootElement: readonly string[];
  readonly element: readonly string[];
}

export interface ExternalIdentifier {
  readonly type: 'ExternalIdentifier';
  readonly externalIdentifierType: 'cpe23' | 'email';
  readonly identifier: string;
}

export interface Spdx3Package extends Element {
  readonly type: 'software_Package';
  readonly software_packageVersion?: string;
  readonly software_packageUrl?: string;
  readonly software_primaryPurpose: 'application' | 'container' | 'library' | 'operatingSystem';
  readonly software_sourceInfo?: string;
  readonly suppliedBy?: string;
  readonly externalIdentifier?: readonly ExternalIdentifier[];
  readonly verifiedUsing?: readonly { readonly type: 'Hash'; readonly algorithm: string; readonly hashValue: string }[];
}

export interface Spdx3Relationship extends Element {
  readonly type: 'Relationship';
  readonly from: string;
  readonly relationshipType: 'contains' | 'hasDeclaredLicense';
  readonly to: readonly string[];
}
