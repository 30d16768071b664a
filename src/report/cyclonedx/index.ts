import { oneDocument } from '../one-document.ts';
import type { BomVersion } from '../sbom/cyclonedx/schema.ts';

/**
 * CycloneDX as JSON: what is inside, with where and how it was found, and what is known to be wrong with it. Documents of equal content
 * have equal serial numbers. All platforms are one document, each a component with its own packages.
 */
export const cyclonedx = oneDocument({
  id: 'cyclonedx',
  mediaType: 'application/vnd.cyclonedx+json',
  sbom: true,
  versions: ['1.6', '1.5', '1.4'],
  async document({ reports }, { filter, version }) {
    const [{ bom }, { safeJson }] = await Promise.all([import('../sbom/cyclonedx/bom.ts'), import('../safe-json.ts')]);
    return safeJson(bom(reports, filter, version as BomVersion | undefined));
  },
});
