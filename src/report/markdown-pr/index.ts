import { oneDocument } from '../one-document.ts';

/**
 * A comment of a pull or merge request: the gate's answer first, then what is new, then the rest folded away. It is as long as GitHub
 * takes and no longer, and begins with a mark by which the comment of an earlier run is found and replaced.
 */
export const markdownPr = oneDocument({
  id: 'markdown-pr',
  mediaType: 'text/markdown',
  async document(platforms, how) {
    const { comment } = await import('./comment.ts');
    return [await comment(platforms, how)];
  },
  async writeComparison({ comparison, report }, out, how) {
    const [{ comment }, { packagesSection }] = await Promise.all([import('./comment.ts'), import('../comparison-sheet.ts')]);
    out.write(await comment({ reports: [report], failed: [] }, how, packagesSection(comparison, how.language)));
  },
});
