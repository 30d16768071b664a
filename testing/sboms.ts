import type { Inventory, Package } from '../src/model/index.ts';

// An inventory as the peers write it. Forms as Trivy 0.74 and Syft 1.x publish them; only what a reader can use is written.

/** CycloneDX 1.6, as Trivy writes it. */
export function trivyCycloneDx({ distro, packages }: Inventory): object {
  const property = (name: string, value: string | undefined) =>
    value === undefined ? [] : [{ name: `aquasecurity:trivy:${name}`, value }];
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      tools: { components: [{ type: 'application', group: 'aquasecurity', name: 'trivy', version: '0.74.0' }] },
      component: { 'bom-ref': 'image', type: 'container', name: 'shop/web:1' },
    },
    components: [
      ...(distro ? [{ 'bom-ref': 'os', type: 'operating-system', name: distro.id, version: distro.versionId }] : []),
      { 'bom-ref': 'lock', type: 'application', name: 'Node.js', properties: property('Type', 'node-pkg') },
      ...packages.map((one) => {
        const [, epoch, version = '', release] = /^(?:(\d+):)?(.*?)(?:-([^-]*))?$/.exec(one.source?.version ?? '') ?? [];
        const source = one.source ? [...property('SrcName', one.source.name), ...property('SrcVersion', version)] : [];
        return {
          'bom-ref': one.id,
          'type': 'library',
          ...groupOf(one),
          'version': one.version,
          'purl': one.purl,
          ...(one.maintainer === undefined ? {} : { supplier: { name: one.maintainer } }),
          'properties': [
            ...source,
            ...(one.source ? [...property('SrcRelease', release), ...property('SrcEpoch', epoch)] : []),
            ...(one.class === 'library' ? property('FilePath', one.path) : []),
          ],
        };
      }),
    ],
  };
}

function groupOf({ type, name }: Package): { readonly name: string; readonly group?: string } {
  const at = type === 'maven' ? name.indexOf(':') : -1;
  return at < 0 ? { name } : { group: name.slice(0, at), name: name.slice(at + 1) };
}

/** CycloneDX 1.5, as Syft writes it: the source package in the purl, the system last. */
export function syftCycloneDx({ distro, packages }: Inventory): object {
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    metadata: { tools: [{ vendor: 'anchore', name: 'syft', version: '1.30.0' }], component: { type: 'container', name: 'shop/web' } },
    components: [
      ...packages.map((one) => ({
        type: 'library',
        ...(one.maintainer === undefined ? {} : { publisher: one.maintainer }),
        ...groupOf(one),
        version: one.version,
        purl: withUpstream(one),
        properties: [{ name: 'syft:location:0:path', value: `/${one.path}` }],
      })),
      ...(distro
        ? [
            {
              type: 'operating-system',
              name: distro.id,
              version: distro.versionId,
              properties: [
                { name: 'syft:distro:id', value: distro.id },
                { name: 'syft:distro:versionID', value: distro.versionId },
              ],
            },
          ]
        : []),
    ],
  };
}

/** SPDX 2.3, as Syft writes it: no system, but for what purls name. */
export function syftSpdx(inventory: Inventory): object {
  const packages = inventory.packages.map((one, i) => ({
    SPDXID: `SPDXRef-Package-${i}`,
    name: one.name,
    versionInfo: one.version,
    supplier: one.maintainer === undefined ? 'NOASSERTION' : `Person: ${one.maintainer}`,
    licenseDeclared: 'NOASSERTION',
    externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: withUpstream(one) }],
  }));
  const root = { SPDXID: 'SPDXRef-DocumentRoot-Image', name: 'shop/web', versionInfo: '1', primaryPackagePurpose: 'CONTAINER' };
  return {
    spdxVersion: 'SPDX-2.3',
    SPDXID: 'SPDXRef-DOCUMENT',
    name: 'shop/web',
    creationInfo: { creators: ['Organization: Anchore, Inc', 'Tool: syft-1.30.0'] },
    packages: [...packages, root],
    relationships: [{ spdxElementId: 'SPDXRef-DOCUMENT', relationshipType: 'DESCRIBES', relatedSpdxElement: 'SPDXRef-DocumentRoot-Image' }],
  };
}

function withUpstream({ purl, source, version, name }: Package): string {
  if (source === undefined || (source.name === name && source.version === version)) return purl;
  const upstream = source.version === version ? source.name : `${source.name}@${source.version}`;
  return `${purl}${purl.includes('?') ? '&' : '?'}upstream=${encodeURIComponent(upstream)}`;
}
