import { describe, expect, it } from 'vitest';
import type { Finding, SeverityLevel } from '../model/index.ts';
import { type Edit, effectOf, planSteps } from './plan.ts';

const SEVERITY: Readonly<Record<string, SeverityLevel>> = { c: 'critical', h: 'high', m: 'medium', l: 'low', n: 'negligible' };
const known = new Map<string, Finding>();

/** `h1`: a finding of high severity; the same object each time. */
function finding(name: string): Finding {
  const made = known.get(name) ?? ({ id: name, severity: SEVERITY[name[0] ?? ''] } as Finding);
  known.set(name, made);
  return made;
}

function update(name: string, removes: string): Edit {
  return { kind: 'os', code: 'os-update', params: { package: name }, removes: removes.split(' ').map(finding) };
}

function base(name: string, removes: string, adds: readonly SeverityLevel[] = []): Edit {
  return { kind: 'base', code: 'base', params: { to: name }, removes: removes.split(' ').map(finding), adds };
}

/** Names of the steps, each with what it removes beyond those before. */
function steps(bases: readonly Edit[], updates: readonly Edit[]): readonly string[] {
  return planSteps({ bases, updates }).steps.map(({ params, more }) => `${params.to ?? params.package} ${more}`);
}

describe('the steps', () => {
  it('are as few as can be, the one that removes most first', () => {
    expect(steps([], [update('a', 'h1'), update('b', 'c2 h3'), update('c', 'h1 m4')])).toEqual(['b 2', 'c 2']);
    // The base removes most and is not needed: both packages have something left that it does not remove.
    expect(steps([base('new', 'h1 h2 h3')], [update('a', 'h1 h2 m4'), update('b', 'h3 m5')])).toEqual(['a 3', 'b 2']);
    expect(steps([base('new', 'h1 h2 h3')], [update('a', 'h1 h2'), update('b', 'h3 m5')])).toEqual(['new 3', 'b 1']);
  });

  it('have one base image at most: the one with which most is gone for least', () => {
    const bases = [base('one', 'h1 h2'), base('two', 'h1 h2 m3')];
    expect(steps(bases, [])).toEqual(['two 3']);
    expect(steps(bases, [update('a', 'm3 m4')])).toEqual(['one 2', 'a 2']);
  });

  it('leave out a base image that brings along more than it removes or saves', () => {
    const updates = ['h1', 'h2', 'h3'].map((each, i) => update(`p${i}`, each));
    expect(steps([base('new', 'h1 h2 h3', ['low'])], updates)).toEqual(['new 3']);
    expect(steps([base('new', 'h1 h2 h3', ['medium'])], updates)).toEqual(['p0 1', 'p1 1', 'p2 1']);
    expect(steps([base('new', 'n1')], [])).toEqual([]);
    expect(steps([base('new', 'l1')], [])).toEqual(['new 1']);
    expect(steps([], [])).toEqual([]);
  });

  it('remove all that updates can remove, for the least, on random edits', () => {
    let state = 42;
    const next = (below: number): number => {
      state = (state * 48271) % 2147483647;
      return state % below;
    };
    const names = ['c1', 'h2', 'h3', 'm4', 'm5', 'l6', 'l7', 'n8', 'n9'];
    const some = (): string => names.filter(() => next(3) === 0).join(' ') || 'h2';
    for (let round = 0; round < 300; round++) {
      const updates = Array.from({ length: next(7) }, (_, i) => update(`p${i}`, some()));
      const adds = (): SeverityLevel[] => (['low', 'medium', 'high'] as const).filter(() => next(4) === 0);
      const bases = Array.from({ length: next(4) }, (_, i) => base(`b${i}`, some(), adds()));
      const planned = planSteps({ bases, updates });
      const chosen = [...bases, ...updates].filter(({ params }) => planned.steps.some((step) => step.params === params));
      expect([round, chosen.length, planned.smallest, worth(chosen)]).toEqual([round, planned.steps.length, true, best(bases, updates)]);
      expect(planned.steps.every(({ more }) => more > 0)).toBe(true);
      expect(planned.steps.at(-1)?.total ?? 0).toBe(new Set(chosen.flatMap(({ removes }) => removes)).size);
    }
  });
});

/** As the documentation says it: what is removed, less what comes along, less as much as a low finding for each step. */
function worth(edits: readonly Edit[]): number {
  const removed = [...new Set(edits.flatMap(({ removes }) => removes))].map(({ severity }) => severity);
  const value = effectOf(removed, edits.flatMap(({ adds = [] }) => adds)) - edits.length * effectOf(['low']); // biome-ignore format: short
  return Number(value.toFixed(6));
}

/** The greatest worth of all sets with one base image at most that remove what updates can remove. */
function best(bases: readonly Edit[], updates: readonly Edit[]): number {
  const can = [...new Set(updates.flatMap(({ removes }) => removes))];
  let greatest = Number.NEGATIVE_INFINITY;
  for (const first of [[], ...bases.map((one) => [one])])
    for (let mask = 0; mask < 1 << updates.length; mask++) {
      const edits = [...first, ...updates.filter((_, i) => mask & (1 << i))];
      const gone = new Set(edits.flatMap(({ removes }) => removes));
      if (can.every((each) => gone.has(each))) greatest = Math.max(greatest, worth(edits));
    }
  return greatest;
}
