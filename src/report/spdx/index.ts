import type { Spdx2Version } from '../sbom/spdx2/schema.ts';
import type { PlatformReports, Rendering, Reporter, Writer } from '../types.ts';

/** SPDX 2 as tag-value: the same document as `spdx-json`. */
export const spdx: Reporter = {
  id: 'spdx',
  mediaType: 'text/spdx',
  sbom: true,
  versions: ['2.3', '2.2'],
  inventoryOnly: true,
  write: (report, out, how) => writeAll({ reports: [report] }, out, how),
  writePlatforms: writeAll,
};

async function writeAll({ reports }: Pick<PlatformReports, 'reports'>, out: Writer, { version }: Rendering): Promise<void> {
  const [{ spdx2 }, { tagValue }] = await Promise.all([import('../sbom/spdx2/document.ts'), import('./tag-value.ts')]);
  for (const block of tagValue(spdx2(reports, version as Spdx2Version | undefined))) out.write(block);
}
