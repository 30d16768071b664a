import { oneDocument } from '../one-document.ts';
import { safeJson } from '../safe-json.ts';

/** What reads Clair's reports reads this: its JSON of version 4. Of several platforms it is a list of them. */
export const clair = oneDocument({
  id: 'clair',
  mediaType: 'application/json',
  async document({ reports }, how) {
    const { clairReport } = await import('./document.ts');
    const all = await Promise.all(reports.map((report) => clairReport(report, how)));
    const [only] = all;
    return safeJson(only && all.length === 1 ? only : all);
  },
});
