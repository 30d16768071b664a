import { safeJson } from '../safe-json.ts';
import type { Reporter } from '../types.ts';

/** What reads Clair's reports reads this: its JSON of version 4. Of several platforms it is a list of them. */
export const clair: Reporter = {
  id: 'clair',
  mediaType: 'application/json',
  async write(report, out, how) {
    const { clairReport } = await import('./document.ts');
    for (const piece of safeJson(await clairReport(report, how))) out.write(piece);
  },
  async writePlatforms({ reports }, out, how) {
    const [first] = reports;
    if (first !== undefined && reports.length === 1) return this.write(first, out, how);
    const { clairReport } = await import('./document.ts');
    for (const piece of safeJson(await Promise.all(reports.map((report) => clairReport(report, how))))) out.write(piece);
  },
};
