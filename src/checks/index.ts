import type { Checker } from './types.ts';

/** A kind of document that `plimsoll lint` knows, its checker loaded when the first such document is met. */
export interface CheckerEntry {
  readonly id: LintKind;
  /** True where files of this name are of this kind, whatever they hold. */
  readonly named?: RegExp;
  /** True where files of this name may be of this kind: the checker's `recognises` decides by their content. */
  readonly maybe?: RegExp;
  load(): Promise<Checker>;
}

export const LINT_KINDS = ['dockerfile', 'kubernetes', 'compose', 'run'] as const;
export type LintKind = (typeof LINT_KINDS)[number];

/** In the order in which they are asked; names are last path components. */
export const CHECKERS: readonly CheckerEntry[] = [
  {
    id: 'kubernetes',
    named: /\.(?:k8s|kubernetes)\.(?:ya?ml|json)$/i,
    maybe: /\.(?:ya?ml|json)$/i,
    load: async () => (await import('./kubernetes/index.ts')).kubernetes,
  },
];
