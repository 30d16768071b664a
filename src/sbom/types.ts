/** A component as an SBOM states it, whichever form the SBOM has. Texts are as written; nothing is believed of them yet. */
export interface Component {
  /** What the document calls it: `bom-ref`, `SPDXID`, `spdxId`. */
  readonly ref?: string;
  /** `library`, `application`, `operating-system`, `container`, `file`, ... in CycloneDX's words. */
  readonly kind: string;
  /** With its group before it, where it has one: `group/name`. */
  readonly name: string;
  readonly version?: string;
  readonly purl?: string;
  readonly licenses: readonly string[];
  /** What tools add: CycloneDX `properties`, SPDX `annotations`, `attributionTexts` and `sourceInfo`. */
  readonly properties: ReadonlyMap<string, string>;
  /** Where it was found, where the form has a field for that: CycloneDX `evidence.occurrences`, the one file of an SPDX 2 package. */
  readonly path?: string;
  /** Who made or passed it on: CycloneDX `publisher` or `supplier`, SPDX `supplier`. */
  readonly supplier?: string;
  /** True for what the SBOM is about: the image or the application as a whole. */
  readonly subject?: boolean;
}

/** What an SBOM says. */
export interface SbomDocument {
  /** `CycloneDX 1.5`, `SPDX-2.3`. */
  readonly form: string;
  /** Name of what it is about. */
  readonly subject?: string;
  /** The tools that made it. */
  readonly tools: readonly string[];
  readonly components: readonly Component[];
  /** Parts that are not as their specification has them. */
  readonly malformed: readonly string[];
}
