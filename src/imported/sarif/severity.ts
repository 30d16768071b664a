import type { SeverityLevel } from '../../model/index.ts';
import { type Fields, fields } from '../../util/fields.ts';
import type { Rule } from './rules.ts';

/**
 * By `security-severity`, a number like CVSS's of the result or its rule, cut as GitHub cuts it (9.0 critical, 7.0 high, 4.0 medium, above
 * 0 low, 0 says nothing); else by the level, whose default is the rule's, then CodeQL's `problem.severity`, then `warning` (SARIF 3.27.10). What is of
 * another kind than `fail` has no level of its own, and takes the rule's too.
 */
export function severityOf(result: Fields, rule: Rule): SeverityLevel {
  const score = numeric(fields(result.properties)['security-severity']) ?? numeric(rule.properties['security-severity']);
  if (score !== undefined) return score >= 9 ? 'critical' : score >= 7 ? 'high' : score >= 4 ? 'medium' : 'low';
  const own = result.kind === undefined || result.kind === 'fail' ? result.level : undefined;
  const level = own ?? rule.level ?? rule.properties['problem.severity'];
  return (typeof level === 'string' ? LEVELS.get(level) : undefined) ?? 'medium';
}

const LEVELS: ReadonlyMap<string, SeverityLevel> = new Map([
  ['error', 'high'],
  ['warning', 'medium'],
  ['note', 'low'],
  ['recommendation', 'low'],
  ['none', 'negligible'],
]);

function numeric(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && number > 0 && number <= 10 ? number : undefined;
}
