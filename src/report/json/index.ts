import type { Package, Report } from '../../model/index.ts';
import { safeJson } from '../safe-json.ts';
import { shown } from '../shown.ts';
import type { Reporter } from '../types.ts';

/**
 * The whole report in our own schema, schema/report.json; docs/report.md says what is promised about it. Lists of owned files
 * are left out (they are tens of thousands of lines), and `display` says what a filter left out.
 */
export const json: Reporter = {
  id: 'json',
  mediaType: 'application/json',
  async write(report, out, how) {
    const view = shown(report, how.filter);
    const { inventory, ...rest } = report;
    const document = {
      ...rest,
      inventory: { ...inventory, packages: inventory.packages.map(withoutFiles) },
      findings: [...view.findings, ...view.notApplicable],
      display: { ...how.filter, hidden: view.hidden },
    } satisfies Report & { display: object };
    for (const piece of safeJson(document)) out.write(piece);
  },
};

function withoutFiles({ files: _files, ...rest }: Package): Package {
  return rest;
}
