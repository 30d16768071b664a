import type { CheckFinding } from '../../model/index.ts';
import type { Scope } from '../pragmas.ts';
import { openRun } from '../run-rules.ts';
import type { CheckContext, SourceText } from '../types.ts';
import { type CustomRule, CustomRuleError, type Item } from './types.ts';

export interface CustomFindings {
  readonly findings: readonly CheckFinding[];
  /** Rules that could not be evaluated, each once, with the reason in English. */
  readonly failed: readonly { readonly rule: string; readonly detail: string }[];
}

/** Custom rules over one text. `scope`: the lines that its ignores cover, as the checker of the kind says it. */
export function checkCustom(
  source: SourceText,
  rules: readonly CustomRule[],
  items: readonly Item[],
  context: CheckContext,
  scope?: Scope,
): CustomFindings {
  // That an ignore lacks its reason is said by the checker of the kind; here it only does not count.
  const run = openRun(source, { domain: 'custom', context, ...(scope ? { scope } : {}) });
  const failed = new Map<string, string>();
  for (const rule of rules) {
    for (const item of items) {
      if (item.subject !== rule.subject) continue;
      try {
        if (!rule.holds(item)) continue;
        const params = rule.params(item);
        run.report(rule, item.at, { params, ...(item.resource === undefined ? {} : { resource: item.resource }) });
      } catch (error) {
        if (!(error instanceof CustomRuleError)) throw error;
        failed.set(rule.id, error.message);
      }
    }
  }
  return {
    findings: run.findings().filter(({ id }) => !id.startsWith('lint/')),
    failed: [...failed].map(([rule, detail]) => ({ rule, detail })),
  };
}
