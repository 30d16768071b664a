import { oneDocument } from '../one-document.ts';
import type { Spdx2Version } from '../sbom/spdx2/schema.ts';

/** SPDX 2 as tag-value: the same document as `spdx-json`. */
export const spdx = oneDocument({
  id: 'spdx',
  mediaType: 'text/spdx',
  sbom: true,
  versions: ['2.3', '2.2'],
  inventoryOnly: true,
  async document({ reports }, { version }) {
    const [{ spdx2 }, { tagValue }] = await Promise.all([import('../sbom/spdx2/document.ts'), import('./tag-value.ts')]);
    return tagValue(spdx2(reports, version as Spdx2Version | undefined));
  },
});
