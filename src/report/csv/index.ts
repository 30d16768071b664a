import type { Reporter } from '../types.ts';

/**
 * A row for each place of each finding of any kind, with the same columns always (RFC 4180, lines end in CRLF, first line names the
 * columns). A cell that a spreadsheet would take for a formula begins with an apostrophe: OWASP, CSV injection.
 */
export const csv: Reporter = {
  id: 'csv',
  mediaType: 'text/csv',
  async write(report, out, how) {
    await this.writePlatforms({ reports: [report], failed: [] }, out, how);
  },
  async writePlatforms({ reports }, out, how) {
    const { head, writeRows } = await import('./rows.ts');
    out.write(head());
    for (const report of reports) await writeRows(report, out, how);
  },
  async writeComparison({ comparison }, out) {
    out.write((await import('../comparison-csv.ts')).comparisonCsv(comparison));
  },
};
