import type { Package, Report, SeverityLevel, Suppression } from '../../model/index.ts';
import { ofOrigin } from '../origin.ts';
import { safeJson } from '../safe-json.ts';
import { shown } from '../shown.ts';
import type { Rendering, Reporter } from '../types.ts';

/**
 * The whole report in our own schema, schema/report.json; docs/json-report.md says what is promised about it. Lists of owned files
 * are left out (they are tens of thousands of lines), and `display` says what a filter left out. Those of all platforms stand in a
 * list, by schema/reports.json, even where there is one. A comparison is by schema/compare.json.
 */
export const json: Reporter = {
  id: 'json',
  mediaType: 'application/json',
  async write(report, out, how) {
    for (const piece of safeJson(jsonDocument(report, how))) out.write(piece);
  },
  async writePlatforms({ reports, failed }, out, how) {
    const all = {
      schemaVersion: 1,
      reports: reports.map((report) => jsonDocument(report, how)),
      failed: failed.map(({ digest, platform, error: { code, params } }) => ({ digest, platform, code, params })),
    };
    for (const piece of safeJson(all)) out.write(piece);
  },
  async writeComparison({ comparison }, out) {
    for (const piece of safeJson(comparison)) out.write(piece);
  },
};

function jsonDocument(whole: Report, { filter }: Rendering): Report & { readonly display: object } {
  const report = ofOrigin(whole, filter);
  const view = shown(report, filter);
  const { inventory, secrets, checks, imported, ...rest } = report;
  const { showSuppressed: _all, ...left } = filter;
  let hidden = view.hidden + openBeside(whole) - openBeside(report);
  /** Suppressed ones are not counted as hidden. */
  const displayed = <T extends Filtered, R extends { readonly findings: readonly T[] }>(of: R): R => {
    const [findings, others] = [true, false].map((wanted) =>
      of.findings.filter(({ severity }) => (filter.severities?.includes(severity) ?? true) === wanted),
    );
    hidden += (others ?? []).filter(({ suppressed }) => suppressed === undefined).length;
    return { ...of, findings };
  };
  return {
    ...rest,
    inventory: { ...inventory, packages: inventory.packages.map(withoutFiles) },
    findings: [...view.findings, ...view.suppressed, ...view.notApplicable],
    ...(secrets ? { secrets: displayed(secrets) } : {}),
    ...(checks ? { checks: displayed(checks) } : {}),
    ...(imported ? { imported: displayed(imported) } : {}),
    display: { ...left, hidden },
  };
}

interface Filtered {
  readonly severity: SeverityLevel;
  readonly suppressed?: Suppression;
}

/** Secrets and checks that count. */
function openBeside({ secrets, checks }: Report): number {
  return [...(secrets?.findings ?? []), ...(checks?.findings ?? [])].filter(({ suppressed }) => suppressed === undefined).length;
}

function withoutFiles(one: Package): Package {
  if (one.files === undefined) return one;
  const { files: _files, ...rest } = one;
  return rest;
}
