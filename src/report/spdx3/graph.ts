import type { Distro, Inventory, Package, Report } from '../../model/index.ts';
import { type Facts, packageFacts, systemFacts, targetFacts } from '../../sbom/facts.ts';
import { present } from '../../util/present.ts';
import { parsePurl } from '../../util/purl.ts';
import { annotationText } from '../sbom/annotation.ts';
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
} from '../sbom/contents.ts';
import { uuidOf } from '../sbom/identity.ts';
import type { Spdx3Document, Spdx3Element, Spdx3Package } from './schema.ts';

const CREATION = '_:creation';

/** The inventories of one image's platforms as one document; at least one. */
export function spdx3(reports: readonly Report[]): Spdx3Document {
  const [report] = reports;
  if (report === undefined) throw new RangeError('a document of no report');
  const { name } = report.inventory.target;
  const content = reports.map((each) => ({
    of: targetFacts(each),
    is: each.inventory.packages.map(({ files: _, ...each }) => each),
  }));
  const namespace = spdxNamespace(name, uuidOf({ version: '3.0.1', name, content, dead: reports.map((each) => endOfLifeOf(each) ?? '') }));
  const graph = new Graph(`${namespace}#`);
  const roots = reports.map((each, i) => graph.part(each, reports.length > 1 ? `${i}-` : ''));
  graph.licences();
  const agent = graph.iri('Agent');
  const tool = graph.iri('Tool');
  const sbom = graph.iri('Sbom');
  return {
    '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld',
    '@graph': [
      {
        'type': 'CreationInfo',
        '@id': CREATION,
        'specVersion': '3.0.1',
        'created': `${report.createdAt.slice(0, 19)}Z`,
        'createdBy': [agent],
        'createdUsing': [tool],
      },
      { type: 'SoftwareAgent', spdxId: agent, creationInfo: CREATION, name: report.tool.name },
      { type: 'Tool', spdxId: tool, creationInfo: CREATION, name: `${report.tool.name}-${report.tool.version}` },
      {
        type: 'SpdxDocument',
        spdxId: graph.iri('Document'),
        creationInfo: CREATION,
        name,
        rootElement: [sbom],
        element: [sbom],
        profileConformance: ['core', 'software', 'simpleLicensing'],
      },
      {
        type: 'software_Sbom',
        spdxId: sbom,
        creationInfo: CREATION,
        name,
        rootElement: roots,
        element: graph.elements.flatMap((each) => ('spdxId' in each ? [each.spdxId] : [])),
        software_sbomType: ['analyzed'],
      },
      ...graph.elements,
    ],
  };
}

/** The elements, with what several packages share written once. */
class Graph {
  readonly elements: Spdx3Element[] = [];
  readonly #namespace: string;
  readonly #suppliers = new Map<string, string>();
  /** Packages by their licences. */
  readonly #declared: { readonly of: string; readonly expression: string }[] = [];

  constructor(namespace: string) {
    this.#namespace = namespace;
  }

  iri(id: string): string {
    return this.#namespace + spdxId(id);
  }

  /** Returns the target's identifier. `prefix` keeps those of several platforms apart. */
  part(report: Report, prefix: string): string {
    const { inventory } = report;
    const { packages, distro } = inventory;
    const refOf = (id: string): string => this.iri(`${prefix}Package-${id}`);
    const root = this.iri(`${prefix}Target`);
    this.#annotated(this.#target(inventory, root), targetFacts(report));
    const system = distro && this.iri(`${prefix}OperatingSystem-${distro.id}`);
    if (distro && system) this.#annotated(this.#system(distro, system), systemFacts(distro, endOfLifeOf(report)));
    for (const each of packages) {
      const element = this.#package(each, refOf(each.id));
      this.#annotated(element, packageFacts(each, element.name ?? '', refOf));
      if (each.licenseExpression !== undefined) this.#declared.push({ of: element.spdxId, expression: each.licenseExpression });
    }
    const known = new Set(packages.map(({ id }) => id));
    const byHolder = Map.groupBy(packages, ({ ownedBy }) => (ownedBy !== undefined && known.has(ownedBy) ? refOf(ownedBy) : root));
    if (system && !byHolder.has(root)) byHolder.set(root, []);
    for (const [from, held] of byHolder) {
      this.#related(from, 'contains', [...(from === root && system ? [system] : []), ...held.map(({ id }) => refOf(id))]);
    }
    return root;
  }

  /** Each expression once, with the names in it that SPDX has no identifier for. */
  licences(): void {
    const refs = licenseRefs(this.#declared.map(({ expression }) => expression));
    for (const name of refs.names) {
      this.elements.push({
        type: 'simplelicensing_SimpleLicensingText',
        spdxId: this.iri(name),
        creationInfo: CREATION,
        name: name.slice('LicenseRef-'.length),
        simplelicensing_licenseText: UNKNOWN_LICENSE_TEXT,
      });
    }
    const byExpression = Map.groupBy(this.#declared, ({ expression }) => refs.of(expression));
    for (const [i, [expression, declared]] of [...byExpression].entries()) {
      const own = licenseRefs([expression]).names;
      const entries = own.map((key) => ({ type: 'DictionaryEntry' as const, key, value: this.iri(key) }));
      const id = this.iri(`LicenseExpression-${i}`);
      this.elements.push({
        type: 'simplelicensing_LicenseExpression',
        spdxId: id,
        creationInfo: CREATION,
        simplelicensing_licenseExpression: expression,
        ...(entries.length === 0 ? {} : { simplelicensing_customIdToUri: entries }),
      });
      for (const { of } of declared) this.#related(of, 'hasDeclaredLicense', [id]);
    }
  }

  #target({ target }: Inventory, id: string): Spdx3Package {
    const purl = imagePurl(target);
    const version = target.digest ?? target.tags?.[0];
    const [algorithm = '', hashValue = ''] = target.digest?.split(':') ?? [];
    return {
      type: 'software_Package',
      spdxId: id,
      creationInfo: CREATION,
      name: target.name,
      ...(version ? { software_packageVersion: version } : {}),
      ...(purl === undefined ? {} : { software_packageUrl: purl }),
      software_primaryPurpose: target.kind === 'image' || target.kind === 'sbom' ? 'container' : 'application',
      ...(target.digest ? { verifiedUsing: [{ type: 'Hash', algorithm, hashValue }] } : {}),
    };
  }

  #system(distro: Distro, id: string): Spdx3Package {
    const cpe = cpeOf(distro);
    return {
      type: 'software_Package',
      spdxId: id,
      creationInfo: CREATION,
      name: distro.id,
      ...(distro.versionId ? { software_packageVersion: distro.versionId } : {}),
      software_primaryPurpose: 'operatingSystem',
      ...(cpe === undefined
        ? {}
        : { externalIdentifier: [{ type: 'ExternalIdentifier', externalIdentifierType: 'cpe23', identifier: cpe }] }),
    };
  }

  #package(of: Package, id: string): Spdx3Package {
    const suppliedBy = of.maintainer === undefined ? undefined : this.#supplier(of.maintainer);
    return {
      type: 'software_Package',
      spdxId: id,
      creationInfo: CREATION,
      name: printable(of.name),
      ...(of.version ? { software_packageVersion: of.version } : {}),
      ...(parsePurl(of.purl) === undefined ? {} : { software_packageUrl: of.purl }),
      software_primaryPurpose: 'library',
      ...present({ software_sourceInfo: sourceInfo(of) }),
      ...(suppliedBy === undefined ? {} : { suppliedBy }),
    };
  }

  #supplier(text: string): string | undefined {
    const maintainer = maintainerOf(text);
    if (maintainer === undefined) return undefined;
    const { name, address } = maintainer;
    const key = `${name} ${address ?? ''}`;
    const known = this.#suppliers.get(key);
    if (known !== undefined) return known;
    const id = this.iri(`Supplier-${this.#suppliers.size}`);
    this.#suppliers.set(key, id);
    this.elements.push({
      type: 'Organization',
      spdxId: id,
      creationInfo: CREATION,
      name,
      ...(address === undefined
        ? {}
        : { externalIdentifier: [{ type: 'ExternalIdentifier', externalIdentifierType: 'email', identifier: address }] }),
    });
    return id;
  }

  #annotated(element: Spdx3Package, facts: Facts): void {
    this.elements.push(element, {
      type: 'Annotation',
      spdxId: `${element.spdxId}-Annotation`,
      creationInfo: CREATION,
      annotationType: 'other',
      subject: element.spdxId,
      contentType: 'application/json',
      statement: annotationText(facts),
    });
  }

  #related(from: string, relationshipType: 'contains' | 'hasDeclaredLicense', to: readonly string[]): void {
    if (to.length === 0) return;
    this.elements.push({
      type: 'Relationship',
      spdxId: `${from}-${relationshipType}`,
      creationInfo: CREATION,
      from,
      relationshipType,
      to,
    });
  }
}
