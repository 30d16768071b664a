import type { Comparison, Report, ReportWarning, SeverityLevel } from '../model/index.ts';
import { formatPlatform, hostPlatform, isEveryPlatform } from '../oci/platform.ts';
import { lackingWords } from '../policy/baseline.ts';
import { compare as held } from '../policy/compare.ts';
import { passesFilter } from '../report/shown.ts';
import type { DisplayFilter } from '../report/types.ts';
import { EXIT, PlimsollError } from '../util/errors.ts';
import { type ScanOptions, scan } from './scan/index.ts';
import { standingOf } from './scan/standing.ts';
import { chosenReport, keptReports, pipedReports } from './standing/baseline.ts';
import { VERSION } from './version.ts';

/** What to show of findings. */
export type CompareFilter = Pick<DisplayFilter, 'severities'> & Partial<Pick<DisplayFilter, 'ignoreUnfixed'>>;

export interface CompareOptions extends Omit<ScanOptions, 'baseline' | 'failOn' | 'dockerfile' | 'imports'> {
  /** The mildest severity that the gate refuses among what was added, which is all that is new; no gate by default. */
  readonly failOn?: SeverityLevel;
  /** Leaves findings out of the lists, and nothing out of what the gate sees; everything is shown by default. */
  readonly filter?: CompareFilter;
}

/** Two reports held against each other. */
export interface ComparedReports {
  /** By schema/compare.json. */
  readonly comparison: Comparison;
  /**
   * The report of the target: findings with `change`, packages with `before`, `baseline` with what is gone, and the decision over what
   * was added.
   */
  readonly report: Report;
  /** That of what it was held against, as it was. */
  readonly to: Report;
}

/**
 * What came, went and changed from `to` to `target`. Both may be whatever can be scanned, or files that `plimsoll scan -f json` wrote (`-`: one that comes through standard input), which
 * are taken as they are but for the exceptions, which hold for both. Of a file with several platforms it is `platform`'s, the host's by default.
 *
 * @throws PlimsollError with a code of docs/errors.md
 */
export async function compare(target: string, to: string, options: CompareOptions = {}): Promise<ComparedReports> {
  const { failOn, onlyFixable, allowLazy, onlyNew: _always, filter, cwd = process.cwd(), ...others } = options;
  if (isEveryPlatform(options.platform)) throw new PlimsollError('compare-every-platform', { target, to }, { exitCode: EXIT.usage });
  const now = options.now ?? new Date();
  const scanOptions = { ...others, cwd, now };
  // Files first: one that is broken is said before an image is fetched.
  const [before, after] = [await openSide(to, scanOptions), await openSide(target, scanOptions)];
  const ours = await after.report(options.platform);
  const { platform } = ours.inventory.target;
  const theirs = await before.report(options.platform ?? (platform && formatPlatform(platform)));
  const gate = {
    ...(failOn === undefined ? {} : { failOn }),
    ...(onlyFixable ? { onlyFixable } : {}),
    ...(allowLazy ? { allowLazy } : {}),
  };
  const { comparison, report, lacking } = held(ours, theirs, gate, (finding) => passesFilter(finding, { ignoreUnfixed: false, ...filter }));
  const warnings: ReportWarning[] = [
    ...(before.hidden > 0 ? [{ code: 'baseline-filtered' as const, params: { spec: to, count: before.hidden } }] : []),
    ...(lacking.length > 0 ? [{ code: 'baseline-lacks' as const, params: { spec: to, kinds: lackingWords(lacking) } }] : []),
  ];
  return {
    comparison: {
      schemaVersion: 1,
      tool: { name: 'plimsoll', version: VERSION },
      createdAt: now.toISOString(),
      ...comparison,
      target: { ...comparison.target, spec: target },
      to: { ...comparison.to, spec: to },
    },
    report: { ...report, baseline: { ...report.baseline, spec: to }, warnings: [...report.warnings, ...warnings] },
    to: theirs,
  };
}

interface Side {
  /** Findings that a filter left out of the file. */
  readonly hidden: number;
  report(platform: string | undefined): Promise<Report>;
}

async function openSide(spec: string, options: ScanOptions & { readonly cwd: string; readonly now: Date }): Promise<Side> {
  const piped = spec === '-' ? await pipedReports(options.stdin ?? process.stdin, options.now) : undefined;
  if (piped && 'stdin' in piped) return { hidden: 0, report: () => scan(spec, { ...options, stdin: piped.stdin }) };
  const kept = piped ?? (await keptReports(spec, options.cwd));
  if (!kept) return { hidden: 0, report: () => scan(spec, options) };
  return {
    hidden: kept.hidden,
    async report(platform = formatPlatform(hostPlatform())) {
      const report = chosenReport(kept.reports, platform, spec);
      const stood = await (await standingOf(options, options.now))?.stand(report);
      return stood ? { ...stood, warnings: [...report.warnings, ...stood.warnings] } : report;
    },
  };
}
