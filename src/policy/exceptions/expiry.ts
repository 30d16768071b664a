import { EXIT, PlimsollError } from '../../util/errors.ts';
import type { Demands, ExceptionRule } from './types.ts';
import { type Placed, wrongValue } from './yaml.ts';

const DAY = 86_400_000;

/** A full-date of RFC 3339 that the calendar has; throws exceptions-value. */
export function checkedDate(key: string, each: Placed): string {
  // A YAML timestamp may carry a time of day; the day is what counts.
  const text = (each.text as string).replace(/[T ]00:00:00(\.0+)?(Z|\+00:00)?$/, '');
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text) throw wrongValue(key, each, 'YYYY-MM-DD');
  return text;
}

/** The day before, for those whose date is the first day that does not count. */
export function dayBefore(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - DAY).toISOString().slice(0, 10);
}

/** It counts until the end of its last day, UTC. */
export function isExpired({ expires }: Pick<ExceptionRule, 'expires'>, now: Date): boolean {
  return expires !== undefined && now.getTime() >= endOf(expires);
}

/** Whole days until it ends, today's being 0; undefined where it never does. */
export function daysLeft({ expires }: Pick<ExceptionRule, 'expires'>, now: Date): number | undefined {
  return expires === undefined ? undefined : Math.ceil((endOf(expires) - now.getTime()) / DAY) - 1;
}

/** Throws exceptions-missing or exceptions-too-long for a rule that is not what a team asks of its exceptions. */
export function demand(rule: ExceptionRule, { require = [], longestDays, now }: Demands): void {
  const where = `${rule.file}:${rule.line}`;
  const wanted = longestDays === undefined ? require : [...require, 'expires' as const];
  const missing = wanted.find((key) => rule[key] === undefined);
  if (missing !== undefined) throw new PlimsollError('exceptions-missing', { where, key: missing }, { exitCode: EXIT.usage });
  if (longestDays === undefined || rule.expires === undefined) return;
  const last = new Date(now.getTime() + longestDays * DAY).toISOString().slice(0, 10);
  if (rule.expires > last) {
    throw new PlimsollError('exceptions-too-long', { where, expires: rule.expires, days: longestDays, last }, { exitCode: EXIT.usage });
  }
}

function endOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) + DAY;
}
