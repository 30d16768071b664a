import { oneDocument } from '../one-document.ts';
import type { Spdx2Version } from '../sbom/spdx2/schema.ts';

/** SPDX 2 as JSON: what is inside, with our own facts as annotations. */
export const spdxJson = oneDocument({
  id: 'spdx-json',
  mediaType: 'application/spdx+json',
  sbom: true,
  versions: ['2.3', '2.2'],
  inventoryOnly: true,
  async document({ reports }, { version }) {
    const [{ spdx2 }, { safeJson }] = await Promise.all([import('../sbom/spdx2/document.ts'), import('../safe-json.ts')]);
    return safeJson(spdx2(reports, version as Spdx2Version | undefined));
  },
});
