import { oneDocument } from '../one-document.ts';

/** SPDX 3.0.1 as JSON-LD: what is inside, with our own facts as annotations. */
export const spdx3 = oneDocument({
  id: 'spdx3',
  mediaType: 'application/spdx+json',
  sbom: true,
  versions: ['3.0.1'],
  inventoryOnly: true,
  async document({ reports }) {
    const [graph, { safeJson }] = await Promise.all([import('./graph.ts'), import('../safe-json.ts')]);
    return safeJson(graph.spdx3(reports));
  },
});
