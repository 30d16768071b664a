import type { Distro, Package, Report, TargetInfo } from '../../../model/index.ts';
import { type Facts, packageFacts, systemFacts, targetFacts } from '../../../sbom/facts.ts';
import { present } from '../../../util/present.ts';
import { parsePurl } from '../../../util/purl.ts';
import { annotationText } from '../annotation.ts';
import {
  cpeOf,
  endOfLifeOf,
  imagePurl,
  licenseRefs,
  maintainerOf,
  printable,
  sourceInfo,
  spdxId,
  spdxNamespace,
  UNKNOWN_LICENSE_TEXT,
} from '../contents.ts';
import { uuidOf } from '../identity.ts';
import type { Spdx2Version, SpdxDocument, SpdxExternalRef, SpdxPackage, SpdxPurpose, SpdxRelationship } from './schema.ts';

/** The inventories of one image's platforms as one document; at least one. */
export function spdx2(reports: readonly Report[], version: Spdx2Version = '2.3'): SpdxDocument {
  const [report] = reports;
  if (report === undefined) throw new RangeError('a document of no report');
  const created = `${report.createdAt.slice(0, 19)}Z`;
  const tool = `Tool: ${report.tool.name}-${report.tool.version}`;
  const writer = new Elements(version, (facts) => [
    { annotationDate: created, annotationType: 'OTHER', annotator: tool, comment: annotationText(facts) },
  ]);
  const parts = reports.map((each, i) => writer.part(each, reports.length > 1 ? `${i}-` : ''));
  const name = report.inventory.target.name;
  const stated = parts.flatMap((part) => part.packages);
  const licenses = licenseRefs(stated.map(({ licenseDeclared }) => licenseDeclared));
  const packages = stated.map((each) => ({ ...each, licenseDeclared: licenses.of(each.licenseDeclared) }));
  const relationships = [
    ...parts.map((part) => related('SPDXRef-DOCUMENT', 'DESCRIBES', part.root)),
    ...parts.flatMap((part) => part.relationships),
  ];
  const undated = packages.map(({ annotations, ...rest }) => ({ ...rest, comments: annotations.map(({ comment }) => comment) }));
  return {
    spdxVersion: `SPDX-${version}`,
    dataLicense: 'CC0-1.0',
    SPDXID: 'SPDXRef-DOCUMENT',
    name,
    documentNamespace: spdxNamespace(name, uuidOf({ version, name, undated, relationships })),
    creationInfo: { created, creators: [tool] },
    packages,
    ...(licenses.names.length === 0
      ? {}
      : {
          hasExtractedLicensingInfos: licenses.names.map((licenseId) => ({
            licenseId,
            extractedText: UNKNOWN_LICENSE_TEXT,
            name: licenseId.slice('LicenseRef-'.length),
          })),
        }),
    relationships,
  };
}

interface Part {
  readonly root: string;
  readonly packages: readonly SpdxPackage[];
  readonly relationships: readonly SpdxRelationship[];
}

class Elements {
  readonly #version: Spdx2Version;
  readonly #annotate: (facts: Facts) => SpdxPackage['annotations'];

  constructor(version: Spdx2Version, annotate: (facts: Facts) => SpdxPackage['annotations']) {
    this.#version = version;
    this.#annotate = annotate;
  }

  /** `prefix` keeps the identifiers of several platforms apart. */
  part(report: Report, prefix: string): Part {
    const { packages, distro } = report.inventory;
    const refOf = (id: string): string => `SPDXRef-${prefix}Package-${spdxId(id)}`;
    const root = this.#target(report, `SPDXRef-${prefix}Target`);
    const system = distro && this.#system(distro, endOfLifeOf(report), `SPDXRef-OperatingSystem-${prefix}${spdxId(distro.id)}`);
    const known = new Set(packages.map(({ id }) => id));
    return {
      root: root.SPDXID,
      packages: [root, ...(system ? [system] : []), ...packages.map((each) => this.#package(each, refOf))],
      relationships: [
        ...(system ? [related(root.SPDXID, 'CONTAINS', system.SPDXID)] : []),
        ...packages.map(({ id, ownedBy }) =>
          related(ownedBy !== undefined && known.has(ownedBy) ? refOf(ownedBy) : root.SPDXID, 'CONTAINS', refOf(id)),
        ),
      ],
    };
  }

  #target(report: Report, id: string): SpdxPackage {
    const { target } = report.inventory;
    const purl = imagePurl(target);
    const [algorithm = '', checksumValue = ''] = target.digest?.split(':') ?? [];
    return {
      SPDXID: id,
      name: target.name,
      ...versionOf(target.digest ?? target.tags?.[0]),
      ...this.#common(),
      ...(target.digest ? { checksums: [{ algorithm: algorithm.toUpperCase() as 'SHA256', checksumValue }] } : {}),
      licenseDeclared: 'NOASSERTION',
      ...(purl === undefined ? {} : { externalRefs: [this.#purl(purl)] }),
      ...this.#purpose(PURPOSE[target.kind]),
      annotations: this.#annotate(targetFacts(report)),
    };
  }

  #system(distro: Distro, endOfLife: string | undefined, id: string): SpdxPackage {
    const cpe = cpeOf(distro);
    return {
      SPDXID: id,
      name: distro.id,
      ...versionOf(distro.versionId),
      ...this.#common(),
      licenseDeclared: 'NOASSERTION',
      ...(cpe === undefined
        ? {}
        : { externalRefs: [{ referenceCategory: 'SECURITY', referenceType: 'cpe23Type', referenceLocator: cpe }] as const }),
      ...this.#purpose('OPERATING_SYSTEM'),
      annotations: this.#annotate(systemFacts(distro, endOfLife)),
    };
  }

  #package(of: Package, refOf: (id: string) => string): SpdxPackage {
    const name = printable(of.name);
    const supplier = of.maintainer && supplierOf(of.maintainer);
    return {
      SPDXID: refOf(of.id),
      name,
      ...versionOf(of.version),
      ...(supplier ? { supplier } : {}),
      ...this.#common(),
      ...present({ sourceInfo: sourceInfo(of) }),
      licenseDeclared: of.licenseExpression ?? 'NOASSERTION',
      ...(parsePurl(of.purl) === undefined ? {} : { externalRefs: [this.#purl(of.purl)] }),
      ...this.#purpose('LIBRARY'),
      annotations: this.#annotate(packageFacts(of, name, refOf)),
    };
  }

  #common() {
    return {
      downloadLocation: 'NOASSERTION',
      filesAnalyzed: false,
      licenseConcluded: 'NOASSERTION',
      copyrightText: 'NOASSERTION',
    } as const;
  }

  #purl(locator: string): SpdxExternalRef {
    const referenceCategory = this.#version === '2.2' ? 'PACKAGE_MANAGER' : 'PACKAGE-MANAGER';
    return { referenceCategory, referenceType: 'purl', referenceLocator: locator };
  }

  #purpose(purpose: SpdxPurpose): Pick<SpdxPackage, 'primaryPackagePurpose'> {
    return this.#version === '2.2' ? {} : { primaryPackagePurpose: purpose };
  }
}

const PURPOSE: Readonly<Record<TargetInfo['kind'], SpdxPurpose>> = {
  image: 'CONTAINER',
  rootfs: 'APPLICATION',
  dir: 'APPLICATION',
  sbom: 'CONTAINER',
  file: 'APPLICATION',
};

function related(
  spdxElementId: string,
  relationshipType: SpdxRelationship['relationshipType'],
  relatedSpdxElement: string,
): SpdxRelationship {
  return { spdxElementId, relationshipType, relatedSpdxElement };
}

function versionOf(version: string | undefined): Pick<SpdxPackage, 'versionInfo'> {
  return version ? { versionInfo: version } : {};
}

/** `Organization: name (address)`. Whether a maintainer is a person nobody says. Source: SPDX 2.3, clause 7.5. */
function supplierOf(maintainer: string): string | undefined {
  const { name, address } = maintainerOf(maintainer) ?? {};
  return name === undefined ? undefined : `Organization: ${name}${address === undefined ? '' : ` (${address})`}`;
}
