import type { Digest } from './digest.ts';

/** The purl type; the package ecosystems the engine knows. Source: purl specification, PURL-TYPES; `ebuild` (Gentoo) is one of its candidates. */
export type PackageType =
  | 'apk'
  | 'deb'
  | 'rpm'
  | 'alpm'
  | 'ebuild'
  | 'npm'
  | 'pypi'
  | 'maven'
  | 'golang'
  | 'cargo'
  | 'gem'
  | 'composer'
  | 'nuget'
  | 'conda'
  | 'hex'
  | 'pub'
  | 'swift'
  | 'cocoapods'
  | 'conan'
  | 'cran'
  | 'hackage'
  | 'bitnami'
  | 'generic';

/** What made the extractor believe that the package is there, and how far to trust it. */
export interface PackageEvidence {
  readonly kind:
    | 'package-database'
    | 'package-metadata'
    | 'lock-file'
    | 'pom-properties'
    | 'jar-manifest'
    | 'file-name'
    | 'build-info'
    | 'binary-content'
    | 'sbom';
  readonly confidence: 'high' | 'medium' | 'low';
  /** Free words for `explain`: the fields or file that gave name and version. */
  readonly detail?: string;
}

/** What an extractor's `settle` returns: a package and where it was found; the pipeline turns it into a {@link Package}. */
export interface FoundPackage {
  readonly type: PackageType;
  /** As the ecosystem writes it: `@scope/name`, `group:artifact`, Go module path, binary package name. */
  readonly name: string;
  /** As the package states it, epoch and release included (`1:2.3-4`). */
  readonly version: string;
  readonly purl: string;
  readonly arch?: string;
  /** Source package (dpkg `Source`, apk `o:`, rpm SOURCERPM): distributions' advisories are by source. */
  readonly source?: { readonly name: string; readonly version: string };
  /** dpkg `Maintainer`, apk `m:`: who packaged it. */
  readonly maintainer?: string;
  /** Vendor or repository label where the package database tells (rpm Vendor, dpkg Origin). */
  readonly origin?: string;
  /** rpm MODULARITYLABEL as written, `name:stream:version:context` (Fedora modularity, "Module metadata"); Gentoo: the slot, `3.11`, `0/1.1`. */
  readonly module?: string;
  /** Declared licences, as written. */
  readonly licenses?: readonly string[];
  readonly evidence: PackageEvidence;
  /** Path inside the image, no leading slash: the package database or the file that states the package. `a.jar!/b.jar` for nested archives. */
  readonly path: string;
  /** Index into Inventory.layers of the layer that introduced this package at this version. */
  readonly layer: number;
  /** Index of the last layer that wrote the file that states it, where that is another. */
  readonly modified?: number;
  /** Paths (no leading slash) that the package owns; for OS packages. */
  readonly files?: readonly string[];
  /** True for packages used for development only (lock files); never set from an image. */
  readonly dev?: boolean;
  /** For Go binaries: `main` module, `dependency`, `stdlib`; for others what its ecosystem calls it. */
  readonly role?: string;
}

/** A package in the inventory. Ids are unique in an inventory and stable between scans of the same content. */
export interface Package extends Omit<FoundPackage, 'layer' | 'modified'> {
  readonly id: string;
  readonly class: 'os' | 'library';
  /** `licenses` as an SPDX expression; `LicenseRef-` names what SPDX has no identifier for, or what could be several licences. */
  readonly licenseExpression?: string;
  /** The layer that first brought the package at this version. Absent for folders, which have no layers. */
  readonly layer?: LayerRef;
  /** The last layer that changed the package, where that is another: it wrote the file again that states it. */
  readonly modified?: LayerRef;
  /** Id of the OS package that owns `path`. */
  readonly ownedBy?: string;
  /** In comparisons, where this version was not there: the versions that were, none where the package came. */
  readonly before?: readonly string[];
}

/** A short reference to a layer, repeated where a reader needs it. */
export interface LayerRef {
  readonly index: number;
  /** Digest of the blob as stored. */
  readonly digest: Digest;
  readonly diffId?: Digest;
  /** History command that made the layer. */
  readonly createdBy?: string;
}
