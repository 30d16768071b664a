import type { Reporter } from '../types.ts';

/** One page that needs nothing but itself: no network, no other file. For all platforms, one after the other. */
export const html: Reporter = {
  id: 'html',
  mediaType: 'text/html',
  async write(report, out, how) {
    const { page } = await import('./page.ts');
    out.write(await page({ reports: [report], failed: [] }, how));
  },
  async writePlatforms(platforms, out, how) {
    const { page } = await import('./page.ts');
    out.write(await page(platforms, how));
  },
  async writeComparison({ comparison }, out, { language }) {
    const [{ comparisonSheet }, { sheetHtml }] = await Promise.all([import('../comparison-sheet.ts'), import('./sheet.ts')]);
    out.write(sheetHtml(comparisonSheet(comparison, language), language));
  },
};
