import { safeJson } from '../safe-json.ts';
import type { Reporter } from '../types.ts';

/**
 * GitLab's container scanning report: what is wrong with packages, which is all that its schema has a place for; secrets, configuration
 * and other tools' findings are in `gitlab-codequality`. What is not counted is left out: GitLab knows no suppression by a scanner.
 */
export const gitlab: Reporter = {
  id: 'gitlab',
  mediaType: 'application/json',
  async write(report, out, how) {
    const { gitlabReport } = await import('./document.ts');
    for (const piece of safeJson(await gitlabReport([report], how))) out.write(piece);
  },
  async writePlatforms({ reports }, out, how) {
    const { gitlabReport } = await import('./document.ts');
    for (const piece of safeJson(await gitlabReport(reports, how))) out.write(piece);
  },
};
