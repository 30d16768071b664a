import type { Spdx2Version } from '../sbom/spdx2/schema.ts';
import type { PlatformReports, Rendering, Reporter, Writer } from '../types.ts';

/** SPDX 2 as JSON: what is inside, with our own facts as annotations. */
export const spdxJson: Reporter = {
  id: 'spdx-json',
  mediaType: 'application/spdx+json',
  sbom: true,
  versions: ['2.3', '2.2'],
  inventoryOnly: true,
  write: (report, out, how) => writeAll({ reports: [report] }, out, how),
  writePlatforms: writeAll,
};

async function writeAll({ reports }: Pick<PlatformReports, 'reports'>, out: Writer, { version }: Rendering): Promise<void> {
  const [{ spdx2 }, { safeJson }] = await Promise.all([import('../sbom/spdx2/document.ts'), import('../safe-json.ts')]);
  for (const piece of safeJson(spdx2(reports, version as Spdx2Version | undefined))) out.write(piece);
}
