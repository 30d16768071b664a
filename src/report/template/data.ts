import { assessWords } from '../../messages/assess.ts';
import { catalogues } from '../../messages/index.ts';
import type { Report } from '../../model/index.ts';
import { placeText, severityCounts } from '../assess-view.ts';
import { addedOf } from '../comparison.ts';
import { reasonsText } from '../decision-text.ts';
import { failureText } from '../failure-text.ts';
import { type Issue, issues } from '../issues.ts';
import { platformName } from '../platform-name.ts';
import type { Compared, PlatformReports, Rendering } from '../types.ts';
import type { Value } from './helpers.ts';

/** What templates see: docs/reports.md. */
export async function rootOf({ reports, failed }: PlatformReports, how: Rendering): Promise<Value> {
  const all: Awaited<ReturnType<typeof reportValue>>[] = [];
  for (const report of reports) all.push(await reportValue(report, how));
  const [first] = all;
  return plain({
    ...first,
    language: how.language,
    reports: all,
    failed: failed.map((each) => ({ platform: each.platform ?? each.digest, code: each.error.code, message: failureText(each, how) })),
  });
}

/** The comparison, and as a report what was added: templates for reports then say that. */
export async function comparisonRoot({ comparison, report }: Compared, how: Rendering): Promise<Value> {
  const added = await reportValue(addedOf(report), how);
  return plain({ ...added, ...comparison, language: how.language, reports: [added], failed: [] });
}

/** The report as it is, and what formats make of it. */
async function reportValue(report: Report, how: Rendering) {
  const all = await issues(report, how.filter, how.language);
  return {
    tool: report.tool,
    createdAt: report.createdAt,
    target: report.inventory.target,
    platform: platformName(report.inventory.target),
    distro: report.inventory.distro,
    gate: { outcome: report.decision.outcome, reasons: reasonsText(report.decision, catalogues(how.language)) },
    counts: Object.fromEntries(severityCounts(all)),
    issues: all.map((issue) => issueValue(issue, how)),
    report,
  };
}

function issueValue(issue: Issue, { language }: Rendering) {
  const { finding, secret, check, imported, suppressed, change, severity, places, ...rest } = issue;
  return {
    ...rest,
    severity,
    severityText: assessWords(language)(`severity.${severity}`),
    counted: suppressed === undefined,
    suppressed,
    change,
    new: change !== undefined && change !== 'unchanged',
    place: places[0] && placeText(places[0]),
    places,
    package: finding?.package,
    fixedVersions: finding?.fix.versions ?? [],
    finding,
    secret,
    check,
    imported,
  };
}

/** Data only, by way of JSON: a template sees no object of the program's. */
function plain(value: object): Value {
  return JSON.parse(JSON.stringify(value));
}
