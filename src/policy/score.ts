import {
  type Change,
  type Decision,
  type DecisionReason,
  type Finding,
  type Report,
  SCORED_KINDS,
  type Score,
  type ScoredKind,
  type ScoreItem,
  SEVERITIES,
  type SeverityLevel,
  type Weights,
} from '../model/index.ts';
import { countingOf, decide, failedImports, fixable } from './gate.ts';

export const DEFAULT_WEIGHTS: Weights = { vulnerability: { critical: 20, high: 10, medium: 5 } };

export interface ScoreGate {
  /** The mildest severity that fails, of whatever kind; undefined: only the score counts. */
  readonly failOn?: SeverityLevel;
  /** The lowest score that passes; 0: every score does. */
  readonly least: number;
  readonly allowLazy?: boolean;
  /** True: what is unchanged against the baseline counts neither for the threshold nor for the gate's score. */
  readonly onlyNew?: boolean;
  /** True: flaws that no update mends count for neither. */
  readonly onlyFixable?: boolean;
}

type Findings = Pick<Report, 'findings' | 'secrets' | 'checks' | 'imported'>;

/** What a gate looks at: what is unchanged against the baseline is left out, or flaws that no update mends, or both. */
export function lookedAt<T extends Findings>(found: T, { onlyNew, onlyFixable }: Pick<ScoreGate, 'onlyNew' | 'onlyFixable'>): T {
  if (!onlyNew && !onlyFixable) return found;
  const fresh = ({ change }: { readonly change?: Change }): boolean => !onlyNew || change !== 'unchanged';
  const { findings, secrets, checks, imported } = found;
  return {
    ...found,
    findings: findings.filter((each) => fresh(each) && (!onlyFixable || fixable(each))),
    ...(secrets ? { secrets: { ...secrets, findings: secrets.findings.filter(fresh) } } : {}),
    ...(checks ? { checks: { ...checks, findings: checks.findings.filter(fresh) } } : {}),
    ...(imported ? { imported: { ...imported, findings: imported.findings.filter(fresh) } } : {}),
  };
}

/** One unsuppressed finding, as far as points go. */
export interface Counted {
  readonly kind: ScoredKind;
  readonly severity: SeverityLevel;
}

/** Pure. 100 less what was found costs, at least 0. */
export function scoreOf(found: Findings, weights: Weights = DEFAULT_WEIGHTS): Score {
  const counts = new Map<string, ScoreItem>();
  for (const { kind, severity } of counted(found)) {
    const key = `${kind} ${severity}`;
    const count = (counts.get(key)?.count ?? 0) + 1;
    const weight = weightOf({ kind, severity }, weights);
    counts.set(key, { kind, severity, count, weight, points: count * weight });
  }
  const items = [...counts.values()].sort(
    (a, b) =>
      b.points - a.points ||
      SCORED_KINDS.indexOf(a.kind) - SCORED_KINDS.indexOf(b.kind) ||
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
  );
  const lost = items.reduce((sum, item) => sum + item.points, 0);
  return { value: Math.max(0, Math.round((100 - lost) * 10) / 10), items };
}

export function weightOf({ kind, severity }: Counted, weights: Weights): number {
  return weights[kind]?.[severity] ?? 0;
}

/**
 * What counts of a finding about a package: nothing where it does not apply or could not be decided. A finding stands for one flaw in one
 * package, so whatever number of places it is in counts once. Malware is a critical vulnerability, whatever its severity says.
 */
export function countedFinding({ kind, verdict, severity, suppressed }: Finding): Counted | undefined {
  if (verdict !== 'affected' || suppressed !== undefined) return undefined;
  if (kind === 'malware') return { kind: 'vulnerability', severity: 'critical' };
  return { kind, severity };
}

function counted(found: Findings): readonly Counted[] {
  const others = othersOf(found).filter((each) => each.suppressed === undefined);
  return [...found.findings.flatMap((each) => countedFinding(each) ?? []), ...others.map(({ kind, severity }) => ({ kind, severity }))];
}

/** All that is not of packages. */
function othersOf({ secrets, checks, imported }: Findings) {
  return [...(secrets?.findings ?? []), ...(checks?.findings ?? []), ...(imported?.findings ?? [])];
}

/**
 * Pure. Deny where a finding of any kind that nobody suppressed reaches the threshold, or the score (that of what the gate looks at) is too low; otherwise unknown where
 * that could not be told; otherwise allow.
 */
export function decideByScore(
  whole: Findings & Pick<Report, 'inventory'>,
  score: Score,
  { failOn, least, allowLazy = false, ...which }: ScoreGate,
): Decision {
  const report = lookedAt(whole, which);
  const counting = countingOf(which);
  const { gaps, layers } = report.inventory;
  const lazyLayers = layers.filter((layer) => layer.readMode === 'lazy').length;
  const others = othersOf(report);
  const packages = decide(
    { findings: report.findings, gaps, lazyLayers, importsFailed: failedImports(report.imported) },
    { failOn: failOn ?? 'critical', allowLazy },
  );
  const reaching =
    failOn === undefined ? 0 : others.filter((each) => each.suppressed === undefined && reaches(each.severity, failOn)).length;
  const ofPackages = packages.reasons.find(({ code }) => code === 'severity-threshold')?.params.count;
  const count = failOn === undefined ? 0 : Number(ofPackages ?? 0) + reaching;

  const denied: DecisionReason[] = [
    ...(count > 0 ? [{ code: 'severity-threshold' as const, params: { count, threshold: failOn as SeverityLevel, ...counting } }] : []),
    ...(score.value < least ? [{ code: 'score-below' as const, params: { score: score.value, least, ...counting } }] : []),
  ];
  const doubts = packages.reasons.filter(({ code }) => DOUBTS.has(code) && (failOn !== undefined || code !== 'undecided-findings'));
  if (denied.length > 0) return { outcome: 'deny', reasons: [...denied, ...doubts] };
  if (doubts.length > 0) return { outcome: 'unknown', reasons: doubts };
  const reached = { score: score.value, least, ...counting, ...(failOn === undefined ? {} : { threshold: failOn }) };
  return { outcome: 'allow', reasons: [{ code: 'score-reached', params: reached }] };
}

const DOUBTS: ReadonlySet<DecisionReason['code']> = new Set([
  'undecided-findings',
  'inventory-incomplete',
  'lazy-layers',
  'imported-failed',
]);

function reaches(level: SeverityLevel, threshold: SeverityLevel): boolean {
  return SEVERITIES.indexOf(level) <= SEVERITIES.indexOf(threshold);
}
