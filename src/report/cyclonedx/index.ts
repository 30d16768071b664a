import { safeJson } from '../safe-json.ts';
import type { Reporter } from '../types.ts';

/**
 * CycloneDX 1.6 as JSON: what is inside, with where and how it was found, and what is known to be wrong with it. Documents of equal content
 * have equal serial numbers. All platforms are one document, each a component with its own packages.
 */
export const cyclonedx: Reporter = {
  id: 'cyclonedx',
  mediaType: 'application/vnd.cyclonedx+json',
  async write(report, out, how) {
    const { bom } = await import('./bom.ts');
    for (const piece of safeJson(bom([report], how.filter))) out.write(piece);
  },
  async writePlatforms({ reports }, out, how) {
    const { bom } = await import('./bom.ts');
    for (const piece of safeJson(bom(reports, how.filter))) out.write(piece);
  },
};
