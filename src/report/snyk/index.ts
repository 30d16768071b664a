import { oneDocument } from '../one-document.ts';
import { safeJson } from '../safe-json.ts';

/** What scripts made for Snyk read: the JSON of its `test` commands. Several platforms are a list, as several projects are. */
export const snyk = oneDocument({
  id: 'snyk',
  mediaType: 'application/json',
  async document({ reports }, how) {
    const { snykDocument } = await import('./document.ts');
    const documents = await Promise.all(reports.map((report) => snykDocument(report, how)));
    const [only] = documents;
    return safeJson(only && documents.length === 1 ? only : documents.flat());
  },
});
