import type { BomVersion } from '../sbom/cyclonedx/schema.ts';
import type { PlatformReports, Rendering, Reporter, Writer } from '../types.ts';

/** CycloneDX as XML: the same document as `cyclonedx`. */
export const cyclonedxXml: Reporter = {
  id: 'cyclonedx-xml',
  mediaType: 'application/vnd.cyclonedx+xml',
  sbom: true,
  versions: ['1.6', '1.5', '1.4'],
  write: (report, out, how) => writeAll({ reports: [report] }, out, how),
  writePlatforms: writeAll,
};

async function writeAll({ reports }: Pick<PlatformReports, 'reports'>, out: Writer, { filter, version }: Rendering): Promise<void> {
  const [{ bom }, { xmlBom }] = await Promise.all([import('../sbom/cyclonedx/bom.ts'), import('../sbom/cyclonedx/xml.ts')]);
  for (const piece of xmlBom(bom(reports, filter, version as BomVersion | undefined))) out.write(piece);
}
