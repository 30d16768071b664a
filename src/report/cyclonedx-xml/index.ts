import { oneDocument } from '../one-document.ts';
import type { BomVersion } from '../sbom/cyclonedx/schema.ts';

/** CycloneDX as XML: the same document as `cyclonedx`. */
export const cyclonedxXml = oneDocument({
  id: 'cyclonedx-xml',
  mediaType: 'application/vnd.cyclonedx+xml',
  sbom: true,
  versions: ['1.6', '1.5', '1.4'],
  async document({ reports }, { filter, version }) {
    const [{ bom }, { xmlBom }] = await Promise.all([import('../sbom/cyclonedx/bom.ts'), import('../sbom/cyclonedx/xml.ts')]);
    return xmlBom(bom(reports, filter, version as BomVersion | undefined));
  },
});
