/** Three outcomes, never two: what could not be judged is `unknown`. Exit codes 0, 1 and 5. */
export interface Decision {
  readonly outcome: 'allow' | 'deny' | 'unknown';
  readonly reasons: readonly DecisionReason[];
}

export interface DecisionReason {
  readonly code:
    | 'no-gate'
    | 'below-threshold'
    | 'severity-threshold'
    | 'undecided-findings'
    | 'inventory-incomplete'
    | 'lazy-layers'
    | 'score-below'
    | 'score-reached'
    | 'secrets'
    | 'misconfigurations'
    | 'imported-findings'
    | 'imported-failed';
  readonly params: Readonly<Record<string, string | number>>;
}
