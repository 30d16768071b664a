import { safeJson } from '../safe-json.ts';
import type { Reporter } from '../types.ts';

/** What scripts made for Snyk read: the JSON of its `test` commands. Several platforms are a list, as several projects are. */
export const snyk: Reporter = {
  id: 'snyk',
  mediaType: 'application/json',
  async write(report, out, how) {
    const { snykDocument } = await import('./document.ts');
    for (const piece of safeJson(await snykDocument(report, how))) out.write(piece);
  },
  async writePlatforms({ reports }, out, how) {
    const [first] = reports;
    if (first !== undefined && reports.length === 1) return this.write(first, out, how);
    const { snykDocument } = await import('./document.ts');
    const documents = await Promise.all(reports.map((report) => snykDocument(report, how)));
    for (const piece of safeJson(documents.flat())) out.write(piece);
  },
};
