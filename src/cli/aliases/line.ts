import { EXIT, PlimsollError } from '../../util/errors.ts';
import type { AliasLine, AliasOption } from './types.ts';

/** An option that takes a value. */
export const value = (here: string, ...flags: string[]): AliasOption => ({ flags, value: true, here });

/** An option that takes none. */
export const flag = (here: string, ...flags: string[]): AliasOption => ({ flags, value: false, here });

/** Other tools look among the images of this machine before they ask a registry. */
export const LOCAL_FIRST: readonly string[] = ['--image-source', 'docker,containerd,podman,registry'];

/** Options that are called alike here, as they were given. */
export function same(line: AliasLine, ...flags: readonly string[]): readonly string[] {
  return flags.flatMap((each) => renamed(line, each, each));
}

/** An option with its value under our name. */
export function renamed(line: AliasLine, theirs: string, ours: string): readonly string[] {
  const given = line.value(theirs);
  return given === undefined ? [] : [ours, given];
}

/** Switches that are called alike here. */
export function switches(line: AliasLine, ...flags: readonly string[]): readonly string[] {
  return flags.filter((each) => line.has(each));
}

/** The one operand that there must be. */
export function one({ help, operands: [first, second] }: AliasLine, argument: string): string {
  if (first === undefined) throw new PlimsollError('argument-missing', { argument, help }, { exitCode: EXIT.usage });
  if (second !== undefined) throw new PlimsollError('argument-extra', { help }, { exitCode: EXIT.usage });
  return first;
}

/** A local path that is never taken for a reference spelt alike. */
export function pathOf(line: AliasLine): string {
  const given = one(line, 'PATH');
  return /^(?:\.{0,2}\/|[A-Za-z]:)/.test(given) ? given : `./${given}`;
}

const LEVELS = ['negligible', 'low', 'medium', 'high', 'critical'];

/** The mildest severity of a list, those above it being in it, as everybody writes it; `any` of no list, and of one that has the unknown. */
export function mildest(severities: string | undefined): string {
  const named = (severities ?? '').toLowerCase().split(/[,\s]+/);
  if (named.includes('unknown')) return 'any';
  return LEVELS.find((level) => named.includes(level)) ?? 'any';
}

/** The gate that counts flaws of packages only where an update mends them. */
export function fixable(level: string): string {
  return level === 'any' ? 'fixable' : `fixable:${level}`;
}
