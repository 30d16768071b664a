import type { Reporter } from '../types.ts';

/** A summary to be read in a pull request or a chat: the gate, the score, what to do first, the worst of each kind. */
export const markdown: Reporter = {
  id: 'markdown',
  mediaType: 'text/markdown',
  async write(report, out, how) {
    const { summary } = await import('./summary.ts');
    out.write(await summary(report, how));
  },
  async writePlatforms({ reports, failed }, out, how) {
    const { summary, failures } = await import('./summary.ts');
    for (const report of reports) out.write(`${await summary(report, how)}\n`);
    out.write(failures(failed, how));
  },
  async writeComparison({ comparison }, out, { language }) {
    const [{ comparisonSheet }, { sheetMarkdown }] = await Promise.all([import('../comparison-sheet.ts'), import('../sheet-markdown.ts')]);
    out.write(sheetMarkdown(comparisonSheet(comparison, language)));
  },
};
