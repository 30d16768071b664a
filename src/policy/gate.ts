import {
  type Change,
  type CheckFinding,
  type Decision,
  type DecisionReason,
  type Finding,
  type Gap,
  type ImportedFinding,
  type ImportedReport,
  SEVERITIES,
  type SecretFinding,
  type SeverityLevel,
} from '../model/index.ts';

/** What a gate looks at: everything that was found and could not be read. Display filters never reach it; suppressed findings do not count. */
export interface GateInput {
  readonly findings: readonly Finding[];
  readonly gaps: readonly Gap[];
  /** None by default. Suppressed ones do not count. */
  readonly secrets?: readonly SecretFinding[];
  /** None by default. Suppressed ones do not count. */
  readonly checks?: readonly CheckFinding[];
  /** None by default. */
  readonly imported?: readonly ImportedFinding[];
  /** Tools that say that they failed and have no findings; none by default. */
  readonly importsFailed?: readonly string[];
  /** Layers that were read by their table of contents, which may leave out what a runtime unpacks; none by default. */
  readonly lazyLayers?: number;
}

export interface Gate {
  /** The mildest severity that fails. Undefined: no gate was asked for. `unknown`: every finding fails. */
  readonly failOn?: SeverityLevel;
  /** True: lazily read layers are as good as others. */
  readonly allowLazy?: boolean;
  /** True: what is unchanged against the baseline does not count. What has no `change` does. */
  readonly onlyNew?: boolean;
  /** True: flaws that no update mends do not count. */
  readonly onlyFixable?: boolean;
}

/**
 * Whether a flaw waits for nobody but its owner: an update mends it. Malware is removed and a release at its end of life replaced: neither waits for a
 * fixed version.
 */
export function fixable({ kind, fix }: Finding): boolean {
  return kind !== 'vulnerability' || fix.versions.length > 0;
}

/**
 * Pure. Deny where an affected finding, a secret or a misconfiguration reaches the threshold. Otherwise unknown where that could not be told: a finding is
 * undecided and may reach it, or packages may be missing from the inventory (gaps, lazily read layers that are not allowed), or another tool failed before it found anything. Otherwise allow. Malware counts as critical
 * whatever its severity says; end of life counts by its severity. Affected findings that nobody has rated fail at the
 * threshold `unknown` only: distributions publish flaws before anybody rates them, and a gate that is never sure is no gate;
 * `unrated` says how many were let through so.
 */
export function decide(
  { findings, gaps, secrets = [], checks = [], imported = [], importsFailed = [], lazyLayers = 0 }: GateInput,
  { failOn, allowLazy = false, onlyNew = false, onlyFixable = false }: Gate,
): Decision {
  if (failOn === undefined) return { outcome: 'allow', reasons: [{ code: 'no-gate', params: {} }] };
  const counts = ({ suppressed, change }: { suppressed?: unknown; change?: Change }): boolean =>
    suppressed === undefined && !(onlyNew && change === 'unchanged');
  const by = { threshold: failOn, ...countingOf({ onlyNew, onlyFixable }) };
  const counted = findings.filter((each) => counts(each) && (!onlyFixable || fixable(each)));
  const failing = counted.filter((each) => each.verdict === 'affected' && reaches(levelOf(each), failOn));
  const open = counted.filter((each) => isOpen(each, failOn));
  const incomplete = gaps.filter((gap) => gap.incomplete);

  const doubts: DecisionReason[] = [];
  if (open.length > 0) doubts.push({ code: 'undecided-findings', params: { count: open.length, ...by } });
  if (incomplete.length > 0) doubts.push({ code: 'inventory-incomplete', params: { count: incomplete.length } });
  if (lazyLayers > 0 && !allowLazy) doubts.push({ code: 'lazy-layers', params: { count: lazyLayers } });
  if (importsFailed.length > 0) doubts.push({ code: 'imported-failed', params: { tools: importsFailed.join(', ') } });
  const denied: DecisionReason[] = [];
  if (failing.length > 0) denied.push({ code: 'severity-threshold', params: { count: failing.length, ...by } });
  const left = secrets.filter((each) => counts(each) && reaches(each.severity, failOn));
  if (left.length > 0)
    denied.push({ code: 'secrets', params: { count: left.length, ...by, services: firstOf(left, ({ service }) => service) } });
  const wrong = checks.filter((each) => counts(each) && reaches(each.severity, failOn)).length;
  if (wrong > 0) denied.push({ code: 'misconfigurations', params: { count: wrong, ...by } });
  const others = imported.filter((each) => counts(each) && reaches(each.severity, failOn));
  if (others.length > 0) {
    denied.push({
      code: 'imported-findings',
      params: { count: others.length, ...by, tools: firstOf(others, ({ tool }) => tool) },
    });
  }
  if (denied.length > 0) return { outcome: 'deny', reasons: [...denied, ...doubts] };
  if (doubts.length > 0) return { outcome: 'unknown', reasons: doubts };
  const unrated = counted.filter((each) => each.verdict === 'affected' && levelOf(each) === 'unknown').length;
  return { outcome: 'allow', reasons: [{ code: 'below-threshold', params: { ...by, unrated } }] };
}

/** What alone a gate looks at, for its reasons. */
export function countingOf({ onlyNew, onlyFixable }: Pick<Gate, 'onlyNew' | 'onlyFixable'>): { readonly counting?: string } {
  const which = [...(onlyNew ? ['new'] : []), ...(onlyFixable ? ['fixable'] : [])].join('-');
  return which === '' ? {} : { counting: which };
}

/** The tools of a report that say that they failed and have no findings, each once. */
export function failedImports(imported: ImportedReport | undefined): readonly string[] {
  return [...new Set(imported?.sources.flatMap(({ failed, tool }) => (failed ? [tool] : [])))];
}

/** What several gates say together: the worst, with the reasons of all that say so, doubts included where one denies. */
export function worstOf(decisions: readonly Decision[]): Decision {
  const outcome = (['deny', 'unknown'] as const).find((each) => decisions.some((one) => one.outcome === each)) ?? 'allow';
  const asked = decisions.filter(({ reasons }) => reasons.some(({ code }) => code !== 'no-gate'));
  const speaking = outcome === 'allow' ? asked : decisions.filter((one) => one.outcome !== 'allow');
  const reasons = (speaking.length > 0 ? speaking : decisions.slice(0, 1)).flatMap((one) => one.reasons);
  return { outcome, reasons };
}

/** Names in a reason. */
const MOST_NAMES = 5;

/** Whose they are, those with most of them first. */
function firstOf<T>(findings: readonly T[], nameOf: (finding: T) => string): string {
  const groups = [...Map.groupBy(findings, nameOf)].sort(([, a], [, b]) => b.length - a.length);
  const names = groups.slice(0, MOST_NAMES).map(([name]) => name);
  return [...names, ...(groups.length > MOST_NAMES ? ['...'] : [])].join(', ');
}

/** Undecided, and nobody says that it would stay below the threshold. */
function isOpen(finding: Finding, failOn: SeverityLevel): boolean {
  const level = levelOf(finding);
  return finding.verdict === 'undecided' && (level === 'unknown' || reaches(level, failOn));
}

function levelOf(finding: Finding): SeverityLevel {
  return finding.kind === 'malware' ? 'critical' : finding.severity;
}

function reaches(level: SeverityLevel, threshold: SeverityLevel): boolean {
  return SEVERITIES.indexOf(level) <= SEVERITIES.indexOf(threshold);
}
