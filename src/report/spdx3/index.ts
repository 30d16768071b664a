import type { PlatformReports, Reporter, Writer } from '../types.ts';

/** SPDX 3.0.1 as JSON-LD: what is inside, with our own facts as annotations. */
export const spdx3: Reporter = {
  id: 'spdx3',
  mediaType: 'application/spdx+json',
  sbom: true,
  versions: ['3.0.1'],
  inventoryOnly: true,
  write: (report, out) => writeAll({ reports: [report] }, out),
  writePlatforms: writeAll,
};

async function writeAll({ reports }: Pick<PlatformReports, 'reports'>, out: Writer): Promise<void> {
  const [graph, { safeJson }] = await Promise.all([import('./graph.ts'), import('../safe-json.ts')]);
  for (const piece of safeJson(graph.spdx3(reports))) out.write(piece);
}
