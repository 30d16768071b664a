import type { LintKind } from '../../checks/index.ts';
import type { CheckContext, SourceText } from '../../checks/types.ts';
import type { CheckFinding } from '../../model/index.ts';

/** A text to be checked. */
export interface LintSource extends SourceText {
  /** Undefined: to be recognised by its content. */
  readonly kind?: LintKind;
  /** Where it is on disk; absent for standard input and for what a tool rendered. */
  readonly absolute?: string;
  readonly context: Pick<CheckContext, 'beside' | 'read'>;
  /** True where the user named this very file. */
  readonly asked: boolean;
  /** Of what a tool rendered: puts a finding where somebody can mend it. */
  readonly relocate?: (finding: CheckFinding) => CheckFinding;
}
