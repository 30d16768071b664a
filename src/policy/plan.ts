import { type Finding, type PlanStep, SEVERITIES, type SeverityLevel } from '../model/index.ts';
import { compareText } from '../util/compare-text.ts';
import { smallestCover } from './smallest-cover.ts';

/** Something that could be done, and which findings are gone then. */
export interface Edit extends Pick<PlanStep, 'kind' | 'code' | 'params' | 'command' | 'diff'> {
  readonly removes: readonly Finding[];
  /** What another base image brings along: severities of findings that were not there. */
  readonly adds?: readonly SeverityLevel[];
}

/** What a finding weighs when steps are put in order. */
const EFFECT: Readonly<Record<SeverityLevel, number>> = { critical: 20, high: 10, medium: 5, low: 1, negligible: 0.1, unknown: 0.1 };

/** More or worse findings gone weigh more; what is brought along is taken off. */
export function effectOf(removed: readonly SeverityLevel[], added: readonly SeverityLevel[] = []): number {
  const sum = (of: readonly SeverityLevel[]): number => of.reduce((all, severity) => all + EFFECT[severity], 0);
  return sum(removed) - sum(added);
}

export interface Steps {
  readonly steps: readonly PlanStep[];
  /** True: there are no fewer that do the same. */
  readonly smallest: boolean;
}

/** What an edit has to be worth: as much as a finding of low severity. Decides between base images, and whether to have another one at all. */
const COST = EFFECT.low;

/**
 * Pure. The fewest edits that remove all that updates can remove, with one of the base images or with none: with the one where what is removed,
 * less what it brings along and less the edits, weighs most. In order: the one that removes most first, then the one that removes most beyond
 * those before it.
 */
export function planSteps({ bases, updates }: { readonly bases: readonly Edit[]; readonly updates: readonly Edit[] }): Steps {
  const sorted = [...updates].sort(byName);
  const options = [...bases, undefined].map((base) => withBase(base, sorted));
  const best = options.reduce((a, b) => (b.worth > a.worth ? b : a));
  return { steps: inOrder(best.edits), smallest: options.every(({ smallest }) => smallest) };
}

function withBase(base: Edit | undefined, updates: readonly Edit[]) {
  const gone = new Set(base?.removes);
  const { chosen, smallest } = smallestCover(updates.map(({ removes }) => new Set(removes.filter((finding) => !gone.has(finding)))));
  const edits = [...(base ? [base] : []), ...chosen.map((i) => updates[i] as Edit)];
  const removed = new Set(edits.flatMap(({ removes }) => removes));
  return { edits, smallest, worth: effectOf(severities([...removed]), base?.adds) - COST * edits.length };
}

function inOrder(edits: readonly Edit[]): readonly PlanStep[] {
  const gone = new Set<Finding>();
  const open = [...edits];
  const steps: PlanStep[] = [];
  while (open.length > 0) {
    const weighed = open.map((edit) => {
      const fresh = edit.removes.filter((finding) => !gone.has(finding));
      return { edit, fresh, effect: effectOf(severities(fresh), edit.adds) };
    });
    const best = weighed.reduce((a, b) => (a.effect >= b.effect ? a : b));
    open.splice(open.indexOf(best.edit), 1);
    for (const finding of best.fresh) gone.add(finding);
    const { removes, adds: _adds, ...edit } = best.edit;
    const worst = Math.min(...best.fresh.map(({ severity }) => SEVERITIES.indexOf(severity)));
    steps.push({ ...edit, severity: SEVERITIES[worst] ?? 'unknown', findings: removes.length, more: best.fresh.length, total: gone.size });
  }
  return steps;
}

/** Equal ones in an order that depends on nothing but them: the base first, then packages by name. */
function byName(a: Edit, b: Edit): number {
  const kinds = ['base', 'os', 'library'];
  return kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || compareText(a.params.package ?? '', b.params.package ?? '');
}

function severities(findings: readonly Finding[]): readonly SeverityLevel[] {
  return findings.map(({ severity }) => severity);
}
