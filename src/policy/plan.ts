import { type Finding, type PlanStep, SEVERITIES, type SeverityLevel } from '../model/index.ts';
import { compareText } from '../util/compare-text.ts';

/** Something that could be done, and which findings are gone then. */
export interface Edit extends Pick<PlanStep, 'kind' | 'code' | 'params' | 'command' | 'diff'> {
  readonly removes: readonly Finding[];
  /** What it brings along: severities of findings that were not there. */
  readonly adds: readonly SeverityLevel[];
}

/** What a finding weighs when steps are put in order. */
const EFFECT: Readonly<Record<SeverityLevel, number>> = { critical: 20, high: 10, medium: 5, low: 1, negligible: 0.1, unknown: 0.1 };

/** More or worse findings gone weigh more; what is brought along is taken off. */
export function effectOf(removed: readonly SeverityLevel[], added: readonly SeverityLevel[] = []): number {
  const sum = (of: readonly SeverityLevel[]): number => of.reduce((all, severity) => all + EFFECT[severity], 0);
  return sum(removed) - sum(added);
}

/**
 * Pure. The edit that removes most comes first, then the one that removes most of what is left, until none removes anything: few edits that
 * remove what can be removed (greedy set cover; the very smallest set is beyond anybody's patience). What edits before it have removed counts no
 * more, and an edit that brings along more than it removes is not taken.
 */
export function planSteps(edits: readonly Edit[]): readonly PlanStep[] {
  const gone = new Set<Finding>();
  const open = [...edits].sort(byName);
  const steps: PlanStep[] = [];
  for (;;) {
    const weighed = open.map((edit) => {
      const fresh = edit.removes.filter((finding) => !gone.has(finding));
      return { edit, fresh, effect: fresh.length === 0 ? 0 : effectOf(severities(fresh), edit.adds) };
    });
    const best = weighed.reduce<(typeof weighed)[0] | undefined>((a, b) => (a && a.effect >= b.effect ? a : b), undefined);
    if (!best || best.effect <= 0) return steps;
    open.splice(open.indexOf(best.edit), 1);
    for (const finding of best.fresh) gone.add(finding);
    const { removes, adds: _adds, ...edit } = best.edit;
    const worst = Math.min(...best.fresh.map(({ severity }) => SEVERITIES.indexOf(severity)));
    steps.push({ ...edit, severity: SEVERITIES[worst] ?? 'unknown', findings: removes.length, more: best.fresh.length, total: gone.size });
  }
}

/** Equal ones in an order that depends on nothing but them: the base first, then packages by name. */
function byName(a: Edit, b: Edit): number {
  const kinds = ['base', 'os', 'library'];
  return kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || compareText(a.params.package ?? '', b.params.package ?? '');
}

function severities(findings: readonly Finding[]): readonly SeverityLevel[] {
  return findings.map(({ severity }) => severity);
}
