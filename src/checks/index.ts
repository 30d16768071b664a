import { DOCKERFILE_NAME } from './dockerfile/name.ts';
import type { Checker } from './types.ts';

export const LINT_KINDS = ['dockerfile', 'kubernetes', 'compose', 'run'] as const;
export type LintKind = (typeof LINT_KINDS)[number];

/** A kind of document that `plimsoll lint` knows, its checker loaded when the first such document is met. */
export interface CheckerEntry {
  readonly id: LintKind;
  /** Files of this name (last path component) are of this kind, whatever they hold. */
  readonly named?: RegExp;
  /** Files of this name may be of this kind: the checker's `recognises` decides by their content. */
  readonly maybe?: RegExp;
  load(): Promise<Checker>;
}

/** In the order in which they are asked. */
export const CHECKERS: readonly CheckerEntry[] = [
  {
    id: 'compose',
    named: /^(?:docker-|podman-)?compose(?:[.-][\w.-]+)?\.ya?ml$/i,
    maybe: /\.ya?ml$/i,
    load: async () => (await import('./compose/index.ts')).compose,
  },
  {
    id: 'dockerfile',
    named: DOCKERFILE_NAME,
    load: async () => (await import('./dockerfile/index.ts')).dockerfileChecker,
  },
  {
    id: 'kubernetes',
    named: /\.(?:k8s|kubernetes)\.(?:ya?ml|json)$/i,
    maybe: /\.(?:ya?ml|json)$/i,
    load: async () => (await import('./kubernetes/index.ts')).kubernetes,
  },
  { id: 'run', maybe: /\.(?:sh|bash|zsh)$/i, load: async () => (await import('./run/index.ts')).run },
];
