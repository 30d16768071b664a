import { oneDocument } from '../one-document.ts';
import { safeJson } from '../safe-json.ts';

/**
 * What scripts made for Snyk read: the JSON of its `test` and `container test`, and of `iac test`. Several platforms are a list, as several projects
 * are.
 */
export const snyk = oneDocument({
  id: 'snyk',
  mediaType: 'application/json',
  versions: ['test', 'iac'],
  async document({ reports }, how) {
    if (how.version === 'iac') return safeJson(await (await import('./iac.ts')).iacDocument(reports, how));
    const { snykDocument } = await import('./document.ts');
    const documents = await Promise.all(reports.map((report) => snykDocument(report, how)));
    const [only] = documents;
    return safeJson(only !== undefined && documents.length === 1 ? only : documents.flat());
  },
});
