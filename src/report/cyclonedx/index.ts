import type { BomVersion } from '../sbom/cyclonedx/schema.ts';
import type { PlatformReports, Rendering, Reporter, Writer } from '../types.ts';

/**
 * CycloneDX as JSON: what is inside, with where and how it was found, and what is known to be wrong with it. Documents of equal content
 * have equal serial numbers. All platforms are one document, each a component with its own packages.
 */
export const cyclonedx: Reporter = {
  id: 'cyclonedx',
  mediaType: 'application/vnd.cyclonedx+json',
  sbom: true,
  versions: ['1.6', '1.5', '1.4'],
  write: (report, out, how) => writeAll({ reports: [report] }, out, how),
  writePlatforms: writeAll,
};

async function writeAll({ reports }: Pick<PlatformReports, 'reports'>, out: Writer, { filter, version }: Rendering): Promise<void> {
  const [{ bom }, { safeJson }] = await Promise.all([import('../sbom/cyclonedx/bom.ts'), import('../safe-json.ts')]);
  for (const piece of safeJson(bom(reports, filter, version as BomVersion | undefined))) out.write(piece);
}
