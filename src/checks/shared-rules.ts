import type { RuleFacts } from './types.ts';

/** Rules that hold for every kind of document. */
export const IGNORE_WITHOUT_REASON: RuleFacts = {
  id: 'lint/ignore-without-reason',
  aliases: [],
  severity: 'medium',
  references: ['docs/lint.md#ignoring-a-finding'],
};

export const SHARED_RULES: readonly RuleFacts[] = [IGNORE_WITHOUT_REASON];
