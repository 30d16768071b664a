import { oneDocument } from '../one-document.ts';

/** One page that needs nothing but itself: no network, no other file. For all platforms, one after the other. */
export const html = oneDocument({
  id: 'html',
  mediaType: 'text/html',
  async document(platforms, how) {
    const { page } = await import('./page.ts');
    return [await page(platforms, how)];
  },
  async writeComparison({ comparison }, out, { language }) {
    const [{ comparisonSheet }, { sheetHtml }] = await Promise.all([import('../comparison-sheet.ts'), import('./sheet.ts')]);
    out.write(sheetHtml(comparisonSheet(comparison, language), language));
  },
});
