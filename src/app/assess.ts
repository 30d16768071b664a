import { licenseClass } from '../licenses/class.ts';
import type { CheckFinding, ChecksReport, Inventory, LicenseUse, Package, Report, Weights } from '../model/index.ts';
import { recommendations } from '../policy/recommend.ts';
import { decideByScore, lookedAt, type ScoreGate, scoreOf } from '../policy/score.ts';
import { environment, maskedCommand } from '../report/image-facts.ts';
import type { PlatformReports } from '../report/types.ts';
import { compareText } from '../util/compare-text.ts';
import { worstFirst } from './checks/order.ts';
import type { LintResult } from './lint/index.ts';
import { newest } from './newest.ts';
import { scan } from './scan/index.ts';
import { SCANNERS, type ScanOptions } from './scan/options.ts';
import { standingOf } from './scan/standing.ts';
import type { Standing } from './standing/index.ts';

export interface AssessOptions extends Omit<ScanOptions, 'failOn' | 'allowLazy' | 'onlyNew' | 'onlyFixable' | 'wasted'> {
  /** The Dockerfile that the image is built from; in the report it is called as here. */
  readonly dockerfile?: string;
  /** The folder that it is built in: all configuration below it is looked at. */
  readonly context?: string;
  /** Points that findings cost; 20, 10 and 5 for critical, high and medium vulnerabilities by default. */
  readonly weights?: Weights;
  readonly gate?: ScoreGate;
}

const DEFAULT_GATE: ScoreGate = { failOn: 'critical', least: 70 };

/**
 * Everything that can be said of an image at once: vulnerabilities, secrets, configuration, licences, the image itself; with a score, what
 * to do in order of effect, and a gate that rests on all of it.
 *
 * @throws PlimsollError with a code of docs/errors.md
 */
export async function assess(target: string, options: AssessOptions = {}): Promise<Report> {
  // First, so that a path that is not there is said before an image is fetched.
  const standing = await standingFor(options);
  const linted = await lintAll(options);
  return together(await scan(target, scanOptions(options)), linted, standing, options);
}

/**
 * Every image of a multi-platform one, each with its own score and gate; layers that they share are read once, and so are Dockerfile and context.
 * The platforms come in the order of the index. One that cannot be read is in `failed`, and the others are there.
 *
 * @throws PlimsollError with a code of docs/errors.md
 */
export async function assessPlatforms(target: string, options: Omit<AssessOptions, 'platform'> = {}): Promise<PlatformReports> {
  const standing = await standingFor({ ...options, platform: 'all' });
  const linted = await lintAll(options);
  const { scanPlatforms } = await import('./scan/platforms.ts');
  const { reports, failed } = await scanPlatforms(target, scanOptions(options));
  const assessed: Report[] = [];
  for (const report of reports) assessed.push(await together(report, linted, standing, options));
  return { reports: standing?.ofAllPlatforms(assessed, failed.length > 0) ?? assessed, failed };
}

/** Exceptions and baseline come when all is together. */
function scanOptions({ context, weights, gate, exceptions, baseline, ...others }: AssessOptions): ScanOptions {
  return { scanners: SCANNERS, ...others, wasted: true };
}

/** What a scan found with what the files beside it say, and what follows from both. */
async function together(
  scan: Report,
  linted: readonly LintResult[],
  standing: Standing | undefined,
  options: AssessOptions,
): Promise<Report> {
  const { weights, gate = DEFAULT_GATE } = options;
  const { decision: _none, ...scanned } = scan;
  const checks = allChecks(scanned.checks, ...linted.map((each) => each.checks));
  const inventory = {
    ...withoutNamedSecrets(scanned),
    gaps: [...scanned.inventory.gaps, ...linted.flatMap(({ gaps }) => gaps)],
  };
  const all = { ...scanned, inventory, ...(checks ? { checks } : {}) };
  const stood = await standing?.stand(all);
  const found = stood ? { ...stood, warnings: [...scanned.warnings, ...stood.warnings] } : all;
  const score = scoreOf(found, weights);
  const counted = gate.onlyNew || gate.onlyFixable ? scoreOf(lookedAt(found, gate), weights) : score;
  return {
    ...found,
    score,
    recommendations: recommendations(found, newest, weights),
    licenses: licenseUses(inventory.packages),
    decision: decideByScore(found, counted, gate),
  };
}

/** The scan's own, but for what only the whole assessment can be held against. */
async function standingFor({ gate, ...options }: AssessOptions): Promise<Standing | undefined> {
  const now = options.now ?? new Date();
  const { dockerfile: _own, context: _files, weights: _points, ...others } = options;
  return standingOf({ scanners: SCANNERS, ...others, now, onlyNew: gate?.onlyNew === true }, now);
}

/** What was found is masked by now; what is only named like a secret is shown by no report either. */
function withoutNamedSecrets(report: Omit<Report, 'decision'>): Inventory {
  const { inventory } = report;
  const { config } = inventory;
  if (!config) return inventory;
  const env = environment(report).map(([name, value]) => `${name}=${value}`);
  const history = config.history.map((entry) =>
    entry.createdBy === undefined ? entry : { ...entry, createdBy: maskedCommand(entry.createdBy) },
  );
  return { ...inventory, config: { ...config, history, config: { ...config.config, env } } };
}

async function lintAll({ dockerfile, context, cwd = process.cwd() }: AssessOptions): Promise<readonly LintResult[]> {
  if (dockerfile === undefined && context === undefined) return [];
  const { lint } = await import('./lint/index.ts');
  const common = { cwd, stdin: nothing() };
  return [
    ...(dockerfile === undefined ? [] : [await lint({ ...common, paths: [dockerfile], kind: 'dockerfile' })]),
    ...(context === undefined ? [] : [await lint({ ...common, paths: [context] })]),
  ];
}

async function* nothing(): AsyncGenerator<Buffer> {}

/** One list, worst first; what two runs say of the same line of the same file stands once. */
function allChecks(...reports: readonly (ChecksReport | undefined)[]): ChecksReport | undefined {
  const all = reports.filter((each) => each !== undefined);
  if (all.length === 0) return undefined;
  const unique = new Map<string, CheckFinding>();
  for (const finding of all.flatMap(({ findings }) => findings)) {
    const { id, location } = finding;
    const key = JSON.stringify([id, location.file, location.line, location.column, finding.resource, finding.fingerprint]);
    if (!unique.has(key)) unique.set(key, finding);
  }
  const findings = [...unique.values()].sort(worstFirst);
  return { findings, files: all.reduce((sum, { files }) => sum + files, 0) };
}

function licenseUses(packages: readonly Package[]): readonly LicenseUse[] {
  const byExpression = Map.groupBy(packages, (each) => each.licenseExpression ?? '');
  return [...byExpression]
    .map(([expression, { length }]) => ({
      ...(expression === '' ? {} : { expression }),
      class: licenseClass(expression),
      packages: length,
    }))
    .sort((a, b) => b.packages - a.packages || compareText(a.expression ?? '', b.expression ?? ''));
}
